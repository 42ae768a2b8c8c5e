import type { Permission } from "@/lib/auth/permissions";
import { openChannel } from "@/lib/channels/commands/open-channel";
import { openChannelSchema } from "@/lib/channels/schema";
import { kstDay } from "@/lib/clock";
import { approveNotice, submitNotice } from "@/lib/privacy/commands/decide-notice";
import { saveNotice } from "@/lib/privacy/commands/save-notice";
import { suggestedNotice } from "@/lib/privacy/rules/notice-suggestion";
import { saveNoticeSchema } from "@/lib/privacy/schema/notice";
import type { Company } from "../harness-company";
import { owner, row } from "../harness-database";
import { count, fresh, type Probe, say, sendForm } from "./probe";

type Stage = "draft" | "submitted" | "approved";
type Made = { id: string; hash: string; channelId: string };

/** A notice at a stage on a channel of its own, which the company's consignment contract covers. */
async function notice(
  { people, marker, contractId, guardedId, id: organizationId }: Company,
  stage: Stage,
): Promise<Made> {
  // By somebody who is none of the four, so that each of them is a second person.
  const officer = { ...people.COMPLIANCE_OFFICER.actor, personId: guardedId };
  const searchId = `n${fresh().replace(/[^a-z0-9]/gi, "")}`.slice(0, 15);
  const given = { searchId, name: `안내 ${marker}`, dealer: "infobank", contact: "1577-0000" };
  const channelId = await openChannel(people.CLIENT_ADMIN.actor, openChannelSchema.parse(given));
  await (await owner()).query(
    "INSERT INTO contract_channels (organization_id, contract_id, channel_id, from_on) VALUES ($1, $2, $3, '2020-01-01')",
    [organizationId, contractId, channelId],
  );
  const words = { source: suggestedNotice, hours: "평일 09:00~18:00", summary: marker };
  const input = saveNoticeSchema.parse({ channelId, number: 0, save: 0, ...words });
  const { noticeId: id } = await saveNotice(officer, input);
  const { hash } = await row<{ hash: string }>(
    "SELECT s.hash FROM notice_saves s JOIN notice_versions v ON v.id = s.version_id WHERE v.notice_id = $1",
    [id],
  );
  const about = { noticeId: id, number: 1, hash, note: "" };
  if (stage !== "draft") await submitNotice(officer, about, new Date());
  if (stage === "approved") await approveNotice(people.CLIENT_ADMIN.actor, about, new Date());
  return { id, hash, channelId };
}

/** What forms are taken from, made before anything is measured. */
const pages = new Map<string, Record<Stage, string>>();

export async function prepareNotices(company: Company): Promise<void> {
  pages.set(company.id, {
    draft: `/privacy/notices/${(await notice(company, "draft")).channelId}`,
    submitted: `/privacy/notices/${(await notice(company, "submitted")).channelId}`,
    approved: `/privacy/notices/${(await notice(company, "approved")).channelId}`,
  });
}

function pageOf(home: Company, stage: Stage): string {
  const made = pages.get(home.id);
  if (!made) throw new Error("prepareNotices was not called for this company");
  return made[stage];
}

const steps = (id: string, kind: string) =>
  count("SELECT count(*) n FROM notice_steps WHERE notice_id = $1 AND kind = $2", id, kind);
const admin = (home: Company) => home.people.CLIENT_ADMIN.caller;
const officer = (home: Company) => home.people.COMPLIANCE_OFFICER.caller;
const form = { noticeId: true, hash: true } as const;

export const noticeProbes = {
  "notice:read": {
    target: async (company) => ({ channelId: (await notice(company, "approved")).channelId, marker: company.marker }),
    act: (who, { channelId }) => who.get(`/privacy/notices/${channelId}`),
    effect: async ({ marker = "" }, answer) => answer.status === 200 && answer.text.includes(`안내 ${marker}`),
    ids: ["channelId"],
    refusal: 403,
  },
  "notice:edit": {
    target: async (company) => ({ channelId: (await notice(company, "draft")).channelId, summary: fresh() }),
    act: (who, { channelId = "", summary = "" }, home) =>
      sendForm(who, {
        giver: officer(home),
        page: `${pageOf(home, "draft")}/edit`,
        has: { channelId: true, source: true },
        change: { channelId, number: "1", save: "1", summary },
      }),
    effect: async ({ summary }) =>
      (await count("SELECT count(*) n FROM notice_saves WHERE summary = $1", summary)) === 1,
    ids: ["channelId"],
    refusal: 404,
  },
  "notice:submit": {
    target: (company) => notice(company, "draft"),
    act: (who, { id = "", hash = "" }, home) =>
      sendForm(who, {
        giver: officer(home),
        page: pageOf(home, "draft"),
        has: form,
        words: say("privacy.notices.acts.submit"),
        change: { noticeId: id, number: "1", hash },
      }),
    effect: async ({ id = "" }) => (await steps(id, "submitted")) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "notice:approve": {
    target: (company) => notice(company, "submitted"),
    act: (who, { id = "", hash = "" }, home) =>
      sendForm(who, {
        giver: admin(home),
        page: pageOf(home, "submitted"),
        has: form,
        words: say("privacy.notices.acts.approve"),
        change: { noticeId: id, number: "1", hash },
      }),
    effect: async ({ id = "" }) => (await steps(id, "approved")) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "notice:follow": {
    target: (company) => notice(company, "approved"),
    act: (who, { id = "", hash = "" }, home) =>
      sendForm(who, {
        giver: officer(home),
        page: pageOf(home, "approved"),
        has: { ...form, ticket: true },
        change: { noticeId: id, number: "1", hash, ticket: "IB-1", doneOn: kstDay(new Date()) },
      }),
    effect: async ({ id = "" }) => (await steps(id, "requested")) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "notice:withdraw": {
    target: (company) => notice(company, "approved"),
    act: (who, { id = "", hash = "" }, home) =>
      sendForm(who, {
        giver: officer(home),
        page: pageOf(home, "approved"),
        has: form,
        words: say("privacy.notices.acts.withdraw"),
        change: { noticeId: id, number: "1", hash, note: "탐침이 거둡니다." },
      }),
    effect: async ({ id = "" }) => (await steps(id, "withdrawn")) === 1,
    ids: ["id"],
    refusal: 404,
  },
} satisfies Partial<Record<Permission, Probe>>;
