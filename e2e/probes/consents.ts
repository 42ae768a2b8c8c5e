import type { Permission } from "@/lib/auth/permissions";
import { approveConsent, submitConsent } from "@/lib/privacy/commands/decide-consent-form";
import { recordConsent } from "@/lib/privacy/commands/record-consent";
import { draftConsentForm } from "@/lib/privacy/commands/save-consent-form";
import { draftConsentFormSchema, recordConsentSchema } from "@/lib/privacy/schema/consent";
import type { Company } from "../harness-company";
import { row } from "../harness-database";
import { count, fresh, type Probe, say, sendForm } from "./probe";

type Stage = "draft" | "submitted" | "approved";

/** A consent form at a stage. @returns its id and the hash of its version */
async function form({ people, marker }: Company, stage: Stage): Promise<{ id: string; hash: string }> {
  const { actor: officer } = people.COMPLIANCE_OFFICER;
  const words = { purpose: `목적 ${marker}`, items: "주문번호", refusal: "거부하셔도 됩니다.", periodOf: "policy" };
  const input = draftConsentFormSchema.parse({ name: `동의 ${marker}`, kind: "collection", ...words });
  const id = await draftConsentForm(officer, input, new Date());
  const { hash } = await row<{ hash: string }>("SELECT hash FROM consent_versions WHERE form_id = $1", [id]);
  const about = { formId: id, hash, note: "" };
  if (stage !== "draft") await submitConsent(officer, about, new Date());
  if (stage === "approved") await approveConsent(people.CLIENT_ADMIN.actor, about, new Date());
  return { id, hash };
}

/** Somebody's consent to a form of its own. @returns its id and that of the form */
export async function consent(company: Company): Promise<{ id: string; formId: string }> {
  const { id: formId } = await form(company, "approved");
  const { channelId, people } = company;
  const said = { formId, channelId, userKey: "TrustUser_01", given: "given", how: "chat" };
  const input = recordConsentSchema.parse(said);
  return { id: await recordConsent(people.COMPLIANCE_OFFICER.actor, input, new Date(Date.now() + 1_000)), formId };
}

/** What forms are taken from, made before anything is measured. */
const pages = new Map<string, Record<"draft" | "waits" | "asked" | "record", string>>();

export async function prepareConsents(company: Company): Promise<void> {
  pages.set(company.id, {
    draft: `/privacy/consents/${(await form(company, "draft")).id}`,
    waits: `/privacy/consents/${(await form(company, "submitted")).id}`,
    asked: `/privacy/consents/${(await form(company, "approved")).id}`,
    record: `/privacy/consents/records/${(await consent(company)).id}`,
  });
}

function pageOf(home: Company, which: "draft" | "waits" | "asked" | "record"): string {
  const made = pages.get(home.id);
  if (!made) throw new Error("prepareConsents was not called for this company");
  return made[which];
}

const steps = (id: string, kind: string) =>
  count("SELECT count(*) n FROM consent_steps WHERE form_id = $1 AND kind = $2", id, kind);
const admin = (home: Company) => home.people.CLIENT_ADMIN.caller;
const officer = (home: Company) => home.people.COMPLIANCE_OFFICER.caller;

export const consentProbes = {
  "consent-form:read": {
    target: async (company) => ({ id: (await form(company, "approved")).id, marker: company.marker }),
    act: (who, { id }) => who.get(`/privacy/consents/${id}`),
    effect: async ({ marker = "" }, answer) => answer.status === 200 && answer.text.includes(`동의 ${marker}`),
    ids: ["id"],
    refusal: 403,
  },
  "consent-form:edit": {
    target: async ({ channelId }) => ({ channelId, name: fresh() }),
    act: (who, { channelId = "", name = "" }, home) =>
      sendForm(who, {
        giver: officer(home),
        page: "/privacy/consents/new",
        has: { kind: true, purpose: true },
        change: {
          ...{ name, channelId, kind: "collection", purpose: "탐침", items: "주문번호", refusal: "괜찮습니다." },
          ...{ periodOf: "own", count: "30", unit: "days" },
        },
      }),
    effect: async ({ name }) => (await count("SELECT count(*) n FROM consent_forms WHERE name = $1", name)) === 1,
    ids: ["channelId"],
    refusal: 404,
  },
  "consent-form:submit": {
    target: (company) => form(company, "draft"),
    act: (who, { id = "", hash = "" }, home) =>
      sendForm(who, {
        giver: officer(home),
        page: pageOf(home, "draft"),
        has: { formId: true, hash: true, note: true },
        change: { formId: id, hash },
      }),
    effect: async ({ id = "" }) => (await steps(id, "submitted")) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "consent-form:approve": {
    target: (company) => form(company, "submitted"),
    act: (who, { id = "", hash = "" }, home) =>
      sendForm(who, {
        giver: admin(home),
        page: pageOf(home, "waits"),
        has: { formId: true, hash: true, note: true },
        words: say("privacy.consents.approval.approve"),
        change: { formId: id, hash },
      }),
    effect: async ({ id = "" }) => (await steps(id, "approved")) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "consent-form:retire": {
    target: (company) => form(company, "approved"),
    act: (who, { id = "" }, home) =>
      sendForm(who, {
        giver: officer(home),
        page: pageOf(home, "asked"),
        has: { formId: true },
        words: say("privacy.consents.retire"),
        change: { formId: id },
      }),
    effect: async ({ id }) =>
      (await count("SELECT count(*) n FROM consent_forms WHERE id = $1 AND retired_at IS NOT NULL", id)) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "consent:read": {
    target: async (company) => ({ id: (await consent(company)).id, marker: company.marker }),
    act: (who, { id }) => who.get(`/privacy/consents/records/${id}`),
    effect: async ({ marker = "" }, answer) => answer.status === 200 && answer.text.includes(`목적 ${marker}`),
    ids: ["id"],
    refusal: 403,
  },
  "consent:record": {
    target: async (company) => ({ formId: (await form(company, "approved")).id, channelId: company.channelId }),
    act: (who, { formId = "", channelId = "" }, home) =>
      sendForm(who, {
        giver: officer(home),
        page: "/privacy/consents/records/new",
        has: { formId: true, userKey: true },
        change: { formId, channelId, userKey: "Probe_01", given: "given", how: "chat", at: "" },
      }),
    effect: async ({ formId }) => (await count("SELECT count(*) n FROM consents WHERE form_id = $1", formId)) === 1,
    ids: ["formId"],
    refusal: 404,
  },
  "consent:withdraw": {
    target: async (company) => ({ id: (await consent(company)).id }),
    act: (who, { id = "" }, home) =>
      sendForm(who, {
        giver: officer(home),
        page: pageOf(home, "record"),
        has: { consentId: true, how: true },
        change: { consentId: id, how: "chat" },
      }),
    effect: async ({ id }) =>
      (await count("SELECT count(*) n FROM consent_withdrawals WHERE consent_id = $1", id)) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "consignee-list:read": {
    target: async ({ marker }) => ({ marker }),
    act: (who) => who.get("/privacy/consignees"),
    effect: async (_target, answer) => answer.status === 200 && answer.text.includes(say("privacy.consignees.about")),
    ids: [],
    refusal: 403,
  },
  "consignee-list:publish": {
    target: async () => ({ reason: fresh() }),
    act: (who, { reason = "" }, home) =>
      sendForm(who, {
        giver: officer(home),
        page: "/privacy/consignees",
        has: { effectiveOn: true, hash: true },
        change: { reason, "work.0": `업무 ${reason}`, "period.0": "위탁 계약 종료 시까지", "sub.0.0": "메시지 송수신" },
      }),
    effect: async ({ reason }) =>
      (await count("SELECT count(*) n FROM consignee_lists WHERE reason = $1", reason)) === 1,
    ids: [],
    refusal: 404,
  },
} satisfies Partial<Record<Permission, Probe>>;
