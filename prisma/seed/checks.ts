// Checks of the demonstration's channels: judged by the same rules as real ones, from pages and answers that are made up here.
import { createHash } from "node:crypto";
import type { PersonActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { type PageSeen, readChannelHome, readPrivacyPolicy } from "@/lib/channels/rules/page-answers";
import { profileAnswers, shownFacts } from "@/lib/channels/rules/profile-answers";
import { type CheckKind, type ItemAnswer, keptAnswers, readAnswers } from "@/lib/channels/rules/profile-check";
import { readSenderProfile } from "@/lib/channels/rules/sender-profile";
import type { KeptFacts } from "@/lib/channels/schema/check";
import { addDays, kstDay, kstDayStart } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { dealerBySlug } from "@/lib/dealers/directory";
import { seededId } from "./channels";
import { recordPastEvent } from "./past-event";

export type CheckContext = {
  now: Date;
  /** Takes answers in; of the same organization. */
  actor: PersonActor;
  /** Id of a channel by its search id. */
  channelId: (searchId: string) => string;
};

type Seen = {
  kind: CheckKind;
  /** Null: the daily job. */
  personId: string | null;
  answers: readonly ItemAnswer[];
  facts: Partial<KeptFacts>;
  row: { format?: string; status?: number; address?: string; failure?: string; sha256?: string; bytes?: number };
};

const policyAddress = "https://hangyeol.example/privacy";
const consignor = "주식회사 한결생활";
const policy = `<title>개인정보 처리방침</title><h1>주식회사 한결생활 개인정보 처리방침</h1>
<p>${"회사는 정보주체의 개인정보를 처리 목적에 필요한 범위에서 최소한으로 처리하며 관계 법령을 지킵니다. ".repeat(8)}</p>
<h2>제5조 개인정보 처리업무의 위탁</h2><table><tr><th>수탁자</th><th>위탁하는 업무</th></tr>
<tr><td>인포뱅크㈜</td><td>상담 메시지 송수신과 상담 시스템 운영</td></tr><tr><td>한결물류</td><td>상품 배송</td></tr></table>`;

const kakaoRow = "<table><tr><td>㈜카카오 (재수탁자)</td><td>카카오톡 메시지 전달</td></tr></table>";

const policyPage = (text: string): PageSeen => ({ ok: true, status: 200, address: policyAddress, text });

/** Today's pages for all three channels (the daily job leaves them alone until tomorrow) and what dealers answered before. */
export async function seedChecks(context: CheckContext): Promise<void> {
  const { personId } = context.actor;
  for (const searchId of ["한결생활", "한결멤버십", "한결비투비"]) {
    const id = context.channelId(searchId);
    await ingest(context.actor, "check:run", async (tx) => {
      const channel = await tx.channel.findUniqueOrThrow({ where: { id } });
      if (searchId !== "한결비투비") await keep(tx, context, id, 12, profileOf(personId, channel));
      if (channel.privacyUrl !== null) {
        // Four days ago the page named Kakao, or would not answer; since then Kakao has gone from it.
        const before =
          searchId === "한결비투비" ? ({ ok: false, failure: "timeout" } as const) : policyPage(`${policy}${kakaoRow}`);
        await keep(tx, context, id, 4, pageOf("privacy-policy", before, channel));
        await keep(tx, context, id, 0, pageOf("privacy-policy", policyPage(policy), channel));
      }
      const address = `https://pf.kakao.com/${channel.publicId}`;
      const text = `<meta property="og:title" content="${channel.name}"><title>카카오톡 채널</title>`;
      await keep(tx, context, id, 0, pageOf("channel-home", { ok: true, status: 200, address, text }, channel));
    });
  }
}

type Channel = {
  searchId: string;
  name: string;
  publicId: string | null;
  senderKey: string | null;
  dealer: string | null;
};

/** As Lunasoft and Infobank write it: {code, data}, and {common, data} with everything two levels down. */
function profileOf(personId: string, channel: Channel): Seen {
  const { searchId, name, senderKey } = channel;
  const profile = {
    ...{ senderKey, uuid: `@${searchId}`, name, status: "A", block: false, dormant: false, profileStatus: "A" },
    ...{ createdAt: "2026-03-02 10:12:31", modifiedAt: "2026-10-19 14:02:10", categoryCode: "00100010001" },
    ...{ bizchat: true, businessProfile: true, businessType: "BUSINESS" },
  };
  const text = JSON.stringify(
    channel.dealer === "lunasoft"
      ? { code: "200", data: { ...profile, alimtalk: true, commitalCompanyName: "(주)한결생활" } }
      : {
          common: { authCode: "A000", authResult: "Success" },
          data: { code: "A000", data: { kakao: { senderProfile: { ...profile, committalCompanyName: consignor } } } },
        },
  );
  const { format, facts } = readSenderProfile(text, channel);
  const subject = { consignor, categoryCode: "00100010001", wentLive: true };
  return {
    ...{ kind: "sender-profile", personId, answers: profileAnswers(facts, subject) },
    facts: { facts: shownFacts(facts, subject) },
    row: { format, ...digest(text) },
  };
}

function pageOf(kind: "channel-home" | "privacy-policy", page: PageSeen, channel: Channel): Seen {
  const { answers, names } =
    kind === "privacy-policy"
      ? readPrivacyPolicy(page, dealerBySlug(channel.dealer))
      : readChannelHome(page, { publicId: channel.publicId ?? "", name: channel.name });
  const row = page.ok
    ? { status: page.status, address: page.address, ...digest(page.text) }
    : { failure: page.failure, address: policyAddress };
  return { kind, personId: null, answers, facts: { names }, row };
}

const digest = (text: string) => ({
  sha256: createHash("sha256").update(text).digest("hex"),
  bytes: Buffer.byteLength(text),
});

/** At eight in the morning, Korean time; today's at the latest a minute ago. */
function instant(now: Date, daysAgo: number): Date {
  const midnight = kstDayStart(addDays(kstDay(now), -daysAgo)).getTime();
  return new Date(Math.max(midnight, Math.min(midnight + 8 * 3_600_000, now.getTime() - 60_000)));
}

async function keep(
  tx: Tx,
  { now, actor }: CheckContext,
  channelId: string,
  daysAgo: number,
  seen: Seen,
): Promise<void> {
  const { kind, personId, facts, row } = seen;
  const id = seededId(channelId, "check", kind, String(daysAgo));
  if ((await tx.channelCheck.count({ where: { id } })) > 0) return;
  const at = instant(now, daysAgo);
  const before = await tx.channelCheck.findFirst({
    where: { channelId, kind, at: { lt: at } },
    orderBy: [{ at: "desc" }, { id: "desc" }],
  });
  const answers = keptAnswers(seen.answers, readAnswers(before?.answers), { id, at });
  const { organizationId } = actor;
  await tx.channelCheck.create({ data: { id, organizationId, channelId, kind, at, personId, facts, answers, ...row } });
  const count = (answer: ItemAnswer["answer"]) => answers.filter((one) => one.answer === answer).length;
  const job = { kind: "job", name: "channel-checks", organizationId } as const;
  await recordPastEvent(tx, personId ? actor : job, at, {
    action: "channel.checked",
    target: { kind: "channel", id: channelId },
    body: {
      ...{ check: id, kind, yes: count("yes"), no: count("no"), unknown: count("unknown") },
      ...{ status: row.status ?? null, failure: row.failure ?? null, sha256: row.sha256 ?? null },
    },
  });
}
