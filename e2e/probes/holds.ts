import type { Permission } from "@/lib/auth/permissions";
import { addDays, kstDay } from "@/lib/clock";
import { placeHold } from "@/lib/retention/commands/place-hold";
import { requestRelease } from "@/lib/retention/commands/release-hold";
import type { Company } from "../harness-company";
import { row } from "../harness-database";
import { count, fresh, type Probe, sendForm } from "./probe";

const reviewOn = () => addDays(kstDay(new Date()), 60);

/** A hold on a channel that nobody writes to: nothing else of the company follows it. */
async function hold({ people, marker, draftId }: Company): Promise<string> {
  const { actor, personId } = people.COMPLIANCE_OFFICER;
  const said = { title: `보존 ${marker}`, reason: `사유 ${marker}`, ownerId: personId, reviewOn: reviewOn() };
  return (await placeHold(actor, { scope: "channel", channelId: draftId, ...said })).id;
}

async function asked(company: Company): Promise<{ id: string; releaseId: string; hash: string }> {
  const id = await hold(company);
  const { actor } = company.people.COMPLIANCE_OFFICER;
  const releaseId = await requestRelease(actor, { holdId: id, version: 1, reason: "절차가 끝났습니다" });
  const { hash } = await row<{ hash: string }>("SELECT hash FROM hold_releases WHERE id = $1", [releaseId]);
  return { id, releaseId, hash };
}

/** Holds that forms are taken from, made before anything is measured. */
const pages = new Map<string, Record<"stands" | "waits", string>>();

export async function prepareHolds(company: Company): Promise<void> {
  pages.set(company.id, { stands: await hold(company), waits: (await asked(company)).id });
}

function pageOf(home: Company, which: "stands" | "waits"): string {
  const made = pages.get(home.id);
  if (!made) throw new Error("prepareHolds was not called for this company");
  return `/retention/holds/${made[which]}`;
}

const officer = (home: Company) => home.people.COMPLIANCE_OFFICER.caller;
const admin = (home: Company) => home.people.CLIENT_ADMIN.caller;

export const holdProbes = {
  "hold:read": {
    target: async (company) => ({ id: await hold(company), marker: company.marker }),
    act: (who, { id }) => who.get(`/retention/holds/${id}`),
    effect: async ({ marker = "" }, answer) => answer.status === 200 && answer.text.includes(`보존 ${marker}`),
    ids: ["id"],
    refusal: 403,
  },
  "hold:place": {
    target: async ({ draftId, people }) => ({
      ...{ channelId: draftId, ownerId: people.COMPLIANCE_OFFICER.personId },
      title: fresh(),
    }),
    act: (who, { channelId = "", ownerId = "", title = "" }, home) =>
      sendForm(who, {
        giver: officer(home),
        page: "/retention/holds/new?scope=channel",
        has: { scope: "channel" },
        change: { channelId, ownerId, title, reason: "탐침이 건 보존 조치", reviewOn: reviewOn() },
      }),
    effect: async ({ title }) => (await count("SELECT count(*) n FROM holds WHERE title = $1", title)) === 1,
    ids: ["channelId"],
    refusal: 404,
  },
  "hold:edit": {
    target: async (company) => ({
      ...{ id: await hold(company), ownerId: company.people.COMPLIANCE_OFFICER.personId },
      title: `${company.marker} 고침`,
    }),
    act: (who, { id = "", ownerId = "", title = "" }, home) =>
      sendForm(who, {
        giver: officer(home),
        page: pageOf(home, "stands"),
        has: { holdId: true, title: true },
        change: { holdId: id, version: "1", ownerId, title, reason: "탐침이 고친 보존 조치", reviewOn: reviewOn() },
      }),
    effect: async ({ id }) => (await count("SELECT count(*) n FROM holds WHERE id = $1 AND version = 2", id)) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "hold:request-release": {
    target: async (company) => ({ id: await hold(company) }),
    act: (who, { id = "" }, home) =>
      sendForm(who, {
        giver: officer(home),
        page: pageOf(home, "stands"),
        has: { holdId: true, reason: true },
        words: "해제 요청",
        change: { holdId: id, version: "1", reason: "절차가 끝났습니다" },
      }),
    effect: async ({ id }) => (await count("SELECT count(*) n FROM hold_releases WHERE hold_id = $1", id)) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "hold:approve-release": {
    target: asked,
    act: (who, { releaseId = "", hash = "" }, home) =>
      sendForm(who, {
        giver: admin(home),
        page: pageOf(home, "waits"),
        has: { releaseId: true, hash: true },
        words: "해제 승인",
        change: { releaseId, hash },
      }),
    effect: async ({ releaseId }) =>
      (await count("SELECT count(*) n FROM hold_releases WHERE id = $1 AND outcome = 'approved'", releaseId)) === 1,
    ids: ["id", "releaseId"],
    refusal: 404,
  },
} satisfies Partial<Record<Permission, Probe>>;
