import type { Permission } from "@/lib/auth/permissions";
import { requestGoLive } from "@/lib/channels/commands/go-live";
import { goLivePhrase } from "@/lib/channels/rules/go-live";
import { addDays, kstDay } from "@/lib/clock";
import { makeReadyChannel } from "@/prisma/seed/ready-channel";
import type { Company } from "../harness-company";
import { row } from "../harness-database";
import { png } from "../harness-file";
import { browserHeaders, multipart } from "../harness-form";
import { count, fresh, type Probe, sendForm } from "./probe";

async function channel(company: Company, wentLiveDaysAgo?: number) {
  const { CLIENT_ADMIN, COMPLIANCE_OFFICER } = company.people;
  const searchId = fresh();
  const id = await makeReadyChannel(
    { now: new Date(), admin: CLIENT_ADMIN.actor, officer: COMPLIANCE_OFFICER.actor },
    {
      ...{ searchId, name: `채널 ${company.marker}`, publicId: null, contact: "", openedDaysAgo: 9 },
      ...(wentLiveDaysAgo === undefined ? {} : { wentLiveDaysAgo }),
    },
  );
  return { id, version: "1", phrase: goLivePhrase(searchId) };
}

/** One that somebody else than the four asks to take live. */
async function requested(company: Company) {
  const { id, phrase } = await channel(company);
  const requester = { ...company.people.CLIENT_ADMIN.actor, personId: company.guardedId };
  return { id, phrase, requestId: await requestGoLive(requester, { channelId: id, phrase }) };
}

/** What a dealer would answer about the channel. */
async function senderProfile(id: string): Promise<string> {
  const { key } = await row<{ key: string }>("SELECT sender_key AS key FROM channels WHERE id = $1", [id]);
  return JSON.stringify({ code: "200", data: { senderKey: key, profileStatus: "A", block: false, dormant: false } });
}

const admin = (home: Company) => home.people.CLIENT_ADMIN.caller;

export const channelProbes = {
  "channel:read": {
    target: async (company) => ({ id: company.channelId, marker: company.marker }),
    act: (who, { id }) => who.get(`/channels/${id}`),
    effect: async ({ marker = "" }, answer) => answer.status === 200 && answer.text.includes(marker),
    ids: ["id"],
    refusal: 403,
  },
  "channel:open": {
    target: async () => ({ searchId: fresh(), name: `채널 ${fresh()}` }),
    act: (who, target, home) =>
      sendForm(who, { giver: admin(home), page: "/channels/new", has: { searchId: true }, change: target }),
    effect: async ({ searchId }) =>
      (await count("SELECT count(*) n FROM channels WHERE search_id = $1", searchId)) === 1,
    ids: [],
    refusal: 404,
  },
  "channel:edit": {
    target: async (company) => ({ ...(await channel(company)), name: fresh() }),
    act: (who, { id = "", version = "", name = "" }, home) =>
      sendForm(who, {
        giver: admin(home),
        page: `/channels/${home.channelId}/edit`,
        has: { channelId: true },
        // Kakao's keys belong to one channel alone.
        change: { channelId: id, version, name, senderKey: null, publicId: null },
      }),
    effect: async ({ id, name }) =>
      (await count("SELECT count(*) n FROM channels WHERE id = $1 AND name = $2", id, name)) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "channel:request-go-live": {
    target: (company) => channel(company),
    act: (who, { id = "", phrase = "" }, home) =>
      sendForm(who, {
        giver: admin(home),
        page: `/channels/${home.draftId}`,
        has: { phrase: true },
        change: { channelId: id, phrase },
      }),
    effect: async ({ id }) => (await count("SELECT count(*) n FROM go_live_requests WHERE channel_id = $1", id)) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "channel:go-live": {
    target: requested,
    act: (who, { id = "", requestId = "", phrase = "" }, home) =>
      sendForm(who, {
        giver: admin(home),
        page: `/channels/${home.requestedId}`,
        has: { requestId: true, phrase: true },
        change: { channelId: id, requestId, phrase },
      }),
    effect: async ({ id }) => (await count("SELECT count(*) n FROM channel_go_lives WHERE channel_id = $1", id)) === 1,
    ids: ["id", "requestId"],
    refusal: 404,
  },
  "onboarding:plan": {
    target: (company) => channel(company),
    act: (who, { id = "" }, home) =>
      sendForm(who, {
        giver: admin(home),
        page: `/channels/${home.draftId}?plan=opened`,
        has: { dueOn: true },
        change: { channelId: id, dueOn: addDays(kstDay(new Date()), 3) },
      }),
    effect: async ({ id }) =>
      (await count("SELECT count(*) n FROM onboarding_plans WHERE channel_id = $1 AND due_on IS NOT NULL", id)) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "channel:end": {
    target: (company) => channel(company, 3),
    act: (who, { id = "", version = "" }, home) =>
      sendForm(who, {
        giver: admin(home),
        page: `/channels/${home.channelId}`,
        has: { endsOn: true },
        change: { channelId: id, version, endsOn: addDays(kstDay(new Date()), 30), reason: "계약이 끝납니다." },
      }),
    effect: async ({ id }) => (await count("SELECT count(*) n FROM channel_ends WHERE channel_id = $1", id)) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "onboarding:mark": {
    target: (company) => channel(company),
    act: (who, { id = "" }, home) =>
      sendForm(who, {
        giver: admin(home),
        page: `/channels/${home.draftId}`,
        has: { kind: "reopened", item: "opened" },
        change: { channelId: id, note: "다시 확인합니다." },
      }),
    effect: async ({ id }) =>
      (await count("SELECT count(*) n FROM onboarding_marks WHERE channel_id = $1 AND kind = 'reopened'", id)) === 1,
    ids: ["id"],
    refusal: 404,
  },
  "check:run": {
    target: async (company) => {
      const { id } = await channel(company);
      return { id, profile: await senderProfile(id) };
    },
    act: (who, { id = "", profile = "" }, home) =>
      sendForm(who, {
        giver: admin(home),
        page: `/channels/${home.draftId}/checks`,
        has: { profile: true },
        change: { channelId: id, profile },
      }),
    effect: async ({ id }) =>
      (await count("SELECT count(*) n FROM channel_checks WHERE channel_id = $1 AND kind = 'sender-profile'", id)) ===
      1,
    ids: ["id"],
    refusal: 404,
  },
  "evidence:attach": {
    target: (company) => channel(company),
    act: (who, { id = "" }) => {
      const file = { name: "화면.png", type: "image/png", bytes: png(40, 30) };
      const { body, type } = multipart([
        ["item", "opened"],
        ["note", ""],
        ["file", file],
      ]);
      const headers = { ...browserHeaders, "content-type": type };
      return who.ask(`/channels/${id}/evidence?item=opened`, { method: "POST", headers, body });
    },
    effect: async ({ id }, answer) =>
      answer.status === 303 &&
      (await count("SELECT count(*) n FROM evidence_files WHERE channel_id = $1 AND name = '화면.png'", id)) === 1,
    ids: ["id"],
    refusal: 403,
  },
  "evidence:download": {
    target: async (company) => ({
      ...{ id: company.channelId, fileId: company.fileId },
      ...(await row<{ sha256: string }>("SELECT sha256 FROM evidence_files WHERE id = $1", [company.fileId])),
    }),
    act: (who, { id, fileId }) => who.get(`/channels/${id}/evidence/${fileId}`),
    effect: async (_target, answer) =>
      answer.status === 200 && String(answer.headers["content-disposition"]).startsWith("attachment"),
    ids: ["id", "fileId"],
    refusal: 404,
  },
} satisfies Partial<Record<Permission, Probe>>;
