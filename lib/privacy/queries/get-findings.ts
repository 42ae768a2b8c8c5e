import { z } from "zod";
import { loadTerms } from "@/lib/archive/reckoning";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { keptFactsSchema } from "@/lib/channels/schema/check";
import { kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import type { PolicyTerm } from "@/lib/retention/rules/reckon";
import { type ConsentKind, consentCode, consentMessage, consentWords, ownPeriod } from "../rules/consent";
import { consigneeChanges } from "../rules/consignee-list";
import { type ChannelFacts, channelFindings, consentFindings, type Finding, listFindings } from "../rules/findings";
import { noticePeriods } from "../rules/notice-facts";
import { noticeFindings, waitingDays } from "../rules/notice-findings";
import { seenAt } from "../rules/notice-life";
import { periodText } from "../rules/period-words";
import { generatedEntries, listOn } from "./consignee-lists";
import { standingVersions } from "./list-notices";
import { noticeFactsOf, withHours } from "./notice-facts";

/** Channels whose notices and pages are compared; further ones are compared on their own pages. */
const most = 1_000;

/** Everything that says otherwise than what is decided, in the order in which it is mended. @throws Forbidden */
export function getFindings(actor: Actor, now: Date): Promise<Finding[]> {
  return read(actor, "consignee-list:read", (tx) => findingsIn(tx, now));
}

/** The same inside a transaction: about ten queries, however many channels there are. */
export async function findingsIn(tx: Tx, now: Date): Promise<Finding[]> {
  const terms = await loadTerms(tx);
  const channels = await channelFacts(tx, now);
  const forms = await formFacts(tx, terms, now);
  const newest = await listOn(tx, null);
  const generated = await generatedEntries(tx, newest?.entries ?? [], now);
  const periods = channels.flatMap(({ periods: { main, exceptions } }) => [
    ...(main ? [main.period] : []),
    ...exceptions.map(({ period }) => period),
  ]);
  return [
    ...channels.flatMap(channelFindings),
    ...consentFindings(forms),
    ...listFindings({
      ...{ newest, generated, changes: newest ? consigneeChanges(newest.entries, generated) : [], periods },
      over: await overApprovals(tx, kstDay(now)),
    }),
  ];
}

type ChannelRow = {
  id: string;
  name: string;
  live: boolean;
  noticeId: string | null;
  privacyUrl: boolean;
  pageAt: Date | null;
  pageFacts: unknown;
  pageAnswers: unknown;
};

const answersSchema = z.array(z.object({ item: z.string(), answer: z.string() }));

async function channelFacts(tx: Tx, now: Date): Promise<ChannelFacts[]> {
  const rows = await tx.$queryRaw<ChannelRow[]>`
    SELECT c.id, c.name, g.channel_id IS NOT NULL AND e.channel_id IS NULL AS live, n.id AS "noticeId", c.privacy_url IS NOT NULL AS "privacyUrl",
      k.at AS "pageAt", k.facts AS "pageFacts", k.answers AS "pageAnswers"
    FROM channels c LEFT JOIN notices n ON n.channel_id = c.id LEFT JOIN channel_go_lives g ON g.channel_id = c.id LEFT JOIN channel_ends e ON e.channel_id = c.id
    LEFT JOIN LATERAL (SELECT at, facts, answers FROM channel_checks k WHERE k.channel_id = c.id AND k.kind = 'privacy-policy'
      ORDER BY (k.sha256 IS NULL), k.at DESC, k.id DESC LIMIT 1) k ON true
    WHERE g.channel_id IS NOT NULL OR n.id IS NOT NULL ORDER BY c.name, c.id LIMIT ${most}`;
  const versions = await standingVersions(
    tx,
    rows.flatMap(({ noticeId }) => noticeId ?? []),
  );
  const known = await noticeFactsOf(
    tx,
    rows.map(({ id }) => id),
    now,
  );
  return rows.map(({ pageAt, pageFacts, pageAnswers, ...row }): ChannelFacts => {
    const own = versions.filter(({ noticeId }) => noticeId === row.noticeId);
    const facts = known.get(row.id);
    const seen = seenAt(own, now);
    const hours = own.find(({ id }) => id === seen?.versionId)?.hours ?? own.at(-1)?.hours ?? "";
    const waiting = waitingDays(own, kstDay(now));
    return {
      ...row,
      findings: facts ? noticeFindings(own, withHours(facts, hours), now) : [],
      waiting: waiting && { version: waiting.version.number, state: waiting.state, days: waiting.days },
      periods: facts?.periods ?? { main: null, exceptions: [] },
      page: pageAt === null ? null : pageOf(pageAt, pageFacts, pageAnswers),
    };
  });
}

function pageOf(at: Date, facts: unknown, answers: unknown): NonNullable<ChannelFacts["page"]> {
  const kept = keptFactsSchema.safeParse(facts).data ?? { facts: [], names: [] };
  const said = answersSchema.safeParse(answers).data ?? [];
  const periods = kept.facts.find(({ name }) => name === "periods")?.value;
  return {
    on: kstDay(at),
    certain: said.some(({ item, answer }) => item === "privacy-policy" && answer !== "unknown"),
    missing: kept.names.filter(({ found }) => !found).map(({ name }) => name),
    periods: periods === undefined ? null : periods.split(", ").filter((words) => words !== ""),
  };
}

async function formFacts(tx: Tx, terms: readonly PolicyTerm[], now: Date) {
  const forms = await tx.consentForm.findMany({
    where: { retiredAt: null },
    include: {
      versions: true,
      steps: { where: { kind: "approved" }, orderBy: [{ at: "desc" }, { id: "desc" }], take: 1 },
    },
  });
  return forms.map(({ id, number, name, kind, channelId, versions, steps }) => {
    const [approval] = steps;
    const row = versions.find((version) => version.number === approval?.number);
    const words = row && consentWords(row);
    const period = noticePeriods(terms, channelId ?? "", now).main?.period ?? null;
    const message = words && consentMessage(kind as ConsentKind, words, period);
    const moved = words && !ownPeriod(words) && approval?.sent !== message;
    const sent = /보유 및 이용 기간: (.*)/.exec(approval?.sent ?? "")?.[1] ?? "";
    return {
      ...{ id, code: consentCode(number), name },
      moved: moved ? { sent, now: period ? periodText(period) : "" } : null,
    };
  });
}

/** Approvals of re-consignment whose last day is past, without another that stands, under contracts that go on. */
function overApprovals(
  tx: Tx,
  today: string,
): Promise<{ contractId: string; number: string; subConsignee: string; on: string }[]> {
  return tx.$queryRaw`
    SELECT n.id AS "contractId", n.number, r.sub_consignee AS "subConsignee", max(r.valid_until)::text AS on
    FROM reconsignments r JOIN contracts n ON n.id = r.contract_id
    WHERE r.withdrawn_on IS NULL AND NOT EXISTS (SELECT FROM contract_ends e WHERE e.contract_id = n.id AND e.kind = 'end' AND e.ends_on < ${today}::date)
      AND (n.ends_on IS NULL OR n.renewal <> 'none' OR n.ends_on >= ${today}::date)
    GROUP BY n.id, n.number, r.sub_consignee HAVING bool_and(r.valid_until IS NOT NULL AND r.valid_until < ${today}::date)`;
}
