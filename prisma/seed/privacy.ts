// What a company told its users over the past months: notices and published lists of consignees. For the demonstration.
import type { AuditEntry } from "@/lib/audit/record";
import type { PersonActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { addDays, kstDay, kstDayStart } from "@/lib/clock";
import { fromDay } from "@/lib/day-column";
import { generatedEntries } from "@/lib/privacy/queries/consignee-lists";
import { noticeFactsOf, withHours } from "@/lib/privacy/queries/notice-facts";
import { type ConsigneeEntry, consigneeHash, consigneeText } from "@/lib/privacy/rules/consignee-list";
import { frozenFacts, noticeHash, textHash } from "@/lib/privacy/rules/notice-content";
import { suggestedNotice } from "@/lib/privacy/rules/notice-suggestion";
import { renderNotice } from "@/lib/privacy/rules/notice-text";
import type { Prisma } from "@/prisma/generated/client";
import { seededId } from "./channels";
import { recordPastEvent } from "./past-event";

export type PrivacyContext = {
  now: Date;
  channelId: (searchId: string) => string;
  officer: PersonActor;
  /** Approves what the officer wrote. */
  second: PersonActor;
  admin: PersonActor;
};

/** An hour of the working day, some days ago. */
export function ago(now: Date, days: number, hour: number, minute = 0): Date {
  return new Date(kstDayStart(addDays(kstDay(now), -days)).getTime() + (hour * 60 + minute) * 60_000);
}

type Plan = {
  savedDaysAgo: number;
  hours: string;
  summary: string;
  weight: "major" | "minor";
  extra: string;
  /** How far it came: requested alone waits for the dealer. */
  until: "requested" | "verified";
  ticket: string;
};

const plans: readonly Plan[] = [
  {
    ...{ savedDaysAgo: 226, hours: "평일 09:00~18:00", summary: "첫 안내", weight: "major", extra: "" },
    ...{ until: "verified", ticket: "IB-33120" },
  },
  {
    ...{ savedDaysAgo: 131, hours: "평일 09:00~19:00", summary: "상담 시간 문구 수정", weight: "minor", extra: "" },
    ...{ until: "verified", ticket: "IB-41877" },
  },
  {
    ...{ savedDaysAgo: 14, hours: "평일 09:00~18:00", summary: "분쟁 기록 보관 기간 추가", weight: "major" },
    extra: "\n· 관계 법령에 따라 더 오래 보관하는 기록: #{예외보유}",
    ...{ until: "requested", ticket: "IB-48213" },
  },
];

/** The past of a company's notices and lists, once. */
export async function seedPrivacy(context: PrivacyContext): Promise<void> {
  await seedNotice(context);
  await seedLists(context);
}

async function seedNotice({ now, channelId: of, officer, second }: PrivacyContext): Promise<void> {
  const channelId = of("한결생활");
  const { organizationId } = officer;
  const noticeId = seededId(organizationId, "notice", channelId);
  const about = { kind: "notice", id: noticeId };
  await ingest(officer, "notice:edit", async (tx) => {
    if ((await tx.notice.count({ where: { id: noticeId } })) > 0) return;
    const known = (await noticeFactsOf(tx, [channelId], now)).get(channelId);
    if (!known) throw new Error("The channel of the demonstration's notice is not there");
    const createdAt = ago(now, plans[0]?.savedDaysAgo ?? 0, 10);
    await tx.notice.create({ data: { id: noticeId, organizationId, channelId, version: plans.length, createdAt } });
    for (const [index, plan] of plans.entries()) {
      const number = index + 1;
      const versionId = seededId(noticeId, "version", String(number));
      const { hours, summary, weight, extra, savedDaysAgo, ticket } = plan;
      const words = { source: suggestedNotice + extra, hours, summary, weight };
      const hash = noticeHash(words);
      const at = ago(now, savedDaysAgo, 10, 12);
      const by = officer.personId;
      await tx.noticeVersion.create({
        data: { id: versionId, organizationId, noticeId, number, createdBy: by, createdAt: at },
      });
      await tx.noticeSave.create({ data: { ...words, organizationId, versionId, number: 1, hash, personId: by, at } });
      const saved: AuditEntry = {
        action: "notice.saved",
        target: about,
        body: { channel: channelId, version: number, save: 1, hash },
      };
      await recordPastEvent(tx, officer, at, saved);
      const facts = withHours(known, hours);
      const text = renderNotice(words.source, facts.values);
      const frozen = { text, textHash: textHash(text), facts: frozenFacts(facts) as unknown as Prisma.InputJsonValue };
      const step = async (kind: string, who: PersonActor, when: Date, more: object = {}) => {
        const row = { organizationId, noticeId, versionId, kind, hash, personId: who.personId, at: when, ...more };
        await tx.noticeStep.create({ data: row });
        await recordPastEvent(tx, who, when, {
          action: `notice.${kind}`,
          target: about,
          body: { version: number, hash },
        });
      };
      const day = (days: number) => fromDay(addDays(kstDay(now), -days));
      await step("submitted", officer, ago(now, savedDaysAgo, 11, 2), frozen);
      await step("approved", second, ago(now, savedDaysAgo - 1, 14, 20), frozen);
      await step("requested", officer, ago(now, savedDaysAgo - 2, 9, 40), { ticket, doneOn: day(savedDaysAgo - 2) });
      if (plan.until === "requested") continue;
      await step("applied", officer, ago(now, savedDaysAgo - 6, 16, 5), { doneOn: day(savedDaysAgo - 6) });
      const seen = { text, textHash: frozen.textHash, evidence: "pasted", facts: { same: true } };
      await step("verified", officer, ago(now, savedDaysAgo - 7, 10, 31), seen);
    }
  });
}

const worked: Readonly<Record<string, string>> = {
  consignee: "카카오톡 상담톡 시스템 운영과 상담 메시지 송수신",
  sub: "카카오톡 메시지 전송과 수신",
};

async function seedLists({ now, officer }: PrivacyContext): Promise<void> {
  const { organizationId, personId } = officer;
  await ingest(officer, "consignee-list:publish", async (tx) => {
    if ((await tx.consigneeList.count({ where: { organizationId } })) > 0) return;
    const today = await generatedEntries(tx, [], now);
    const entries = today.map(
      ({ consignee, period, subs }): ConsigneeEntry => ({
        ...{ consignee, work: worked.consignee ?? "", period: period || "위탁 계약 종료 시까지" },
        subs: subs.map(({ name, work }) => ({ name, work: work || (worked.sub ?? "") })),
      }),
    );
    const lists = [
      { daysAgo: 208, reason: "상담톡 도입", entries: entries.map((one) => ({ ...one, subs: [] })) },
      { daysAgo: 96, reason: "재수탁자 표시", entries },
    ];
    for (const [index, { daysAgo, reason, entries: said }] of lists.entries()) {
      const number = index + 1;
      const id = seededId(organizationId, "consignee-list", String(number));
      const at = ago(now, daysAgo + 7, 15, 3);
      const text = consigneeText(said);
      const hash = consigneeHash(text);
      const effectiveOn = addDays(kstDay(now), -daysAgo);
      const row = { id, organizationId, number, effectiveOn: fromDay(effectiveOn), text, hash, reason, personId, at };
      await tx.consigneeList.create({ data: row });
      const body = { number, effectiveOn, hash, companies: said.length };
      await recordPastEvent(tx, officer, at, {
        action: "consignees.published",
        target: { kind: "consignee-list", id },
        reason,
        body,
      });
    }
  });
}
