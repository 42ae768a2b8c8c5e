import { addDays, type Day } from "@/lib/clock";
import { fromDay, toDay } from "@/lib/day-column";
import type { Tx } from "@/lib/db/client";
import { termRuleOf } from "../rules/contract-term";
import type { WatchedContract } from "../rules/reminders";

export type WatchedRow = WatchedContract & { id: string; number: string; title: string; dealer: string; savedAt: Date };

/**
 * Every contract of the organization with what decides about its deadlines, drafts too: a contract on paper does not wait for an approval
 * here. Four queries whatever their number; choices and snoozes of terms that are over are left out.
 */
export async function watchedContracts(tx: Tx, today: Day): Promise<WatchedRow[]> {
  const since = fromDay(addDays(today, -1));
  const rows = await tx.contract.findMany({
    select: {
      ...{ id: true, number: true, title: true, dealer: true, createdAt: true, startsOn: true, endsOn: true },
      ...{ renewal: true, renewalMonths: true, noticeCount: true, noticeUnit: true, marginDays: true },
      ...{ dealerNoticeCount: true, dealerNoticeUnit: true },
      choices: { where: { termEndsOn: { gte: since } } },
      snoozes: { where: { deadlineOn: { gte: since } } },
    },
    orderBy: [{ endsOn: "asc" }, { id: "asc" }],
  });
  const ends = await tx.$queryRaw<{ contractId: string; endsOn: string }[]>`
    SELECT contract_id::text AS "contractId", ends_on::text AS "endsOn" FROM contract_ends WHERE kind = 'end'`;
  const endedOn = new Map(ends.map((end) => [end.contractId, end.endsOn]));
  return rows.map(({ id, number, title, dealer, createdAt, choices, snoozes, ...fields }) => ({
    ...{ id, number, title, dealer, savedAt: createdAt },
    rule: termRuleOf({ ...fields, startsOn: toDay(fields.startsOn), endsOn: toDay(fields.endsOn) }),
    endedOn: endedOn.get(id) ?? null,
    choices: choices.map((one) => ({ ...one, termEndsOn: toDay(one.termEndsOn), noticeHadOn: toDay(one.noticeHadOn) })),
    snoozes: snoozes.map((one) => ({ ...one, deadlineOn: toDay(one.deadlineOn), untilOn: toDay(one.untilOn) })),
  }));
}

export type CareDate = {
  id: string;
  kind: "training" | "inspection" | "reconsignment";
  contractId: string;
  number: string;
  dealer: string;
  /** Of a re-consignment: the channel. */
  channelName: string;
  on: Day;
};

/**
 * When consignees are to be trained or inspected next, and when an approval of re-consignment ends: what the newest entry of each says, of
 * contracts that have not ended. Up to `until`; days that have passed stay.
 */
export async function careDates(tx: Tx, today: Day, until: Day): Promise<CareDate[]> {
  const yesterday = fromDay(addDays(today, -1));
  const ended = await tx.$queryRaw<{ id: string }[]>`
    SELECT contract_id::text AS id FROM contract_ends WHERE kind = 'end' AND ends_on <= ${yesterday}::date`;
  const over = ended.map(({ id }) => id);
  const supervisions = await tx.supervision.findMany({
    distinct: ["contractId", "kind"],
    where: { contractId: { notIn: over } },
    orderBy: [{ contractId: "asc" }, { kind: "asc" }, { heldOn: "desc" }, { at: "desc" }],
    select: {
      id: true,
      kind: true,
      nextOn: true,
      contractId: true,
      contract: { select: { number: true, dealer: true } },
    },
  });
  const approvals = await tx.$queryRaw<Omit<CareDate, "kind">[]>`
    SELECT r.id::text AS id, r.contract_id::text AS "contractId", n.number, n.dealer, c.name AS "channelName", r.valid_until::text AS "on"
    FROM (
      SELECT DISTINCT ON (channel_id) * FROM reconsignments WHERE withdrawn_on IS NULL
      ORDER BY channel_id, valid_until DESC NULLS FIRST, id
    ) r JOIN contracts n ON n.id = r.contract_id JOIN channels c ON c.id = r.channel_id
    WHERE r.valid_until <= ${fromDay(until)}::date AND NOT (r.contract_id = ANY (${over}::uuid[]))`;
  return [
    ...supervisions.flatMap(({ id, kind, nextOn, contractId, contract }): CareDate[] => {
      const on = toDay(nextOn);
      if (on === null || on > until || (kind !== "training" && kind !== "inspection")) return [];
      return [{ id, kind, contractId, number: contract.number, dealer: contract.dealer, channelName: "", on }];
    }),
    ...approvals.map((approval) => ({ ...approval, kind: "reconsignment" as const })),
  ];
}

/** Who is told of deadlines: administrators and compliance officers whose rights are in force. */
export async function deadlineReaders(
  tx: Tx,
  organizationId: string,
  now: Date,
): Promise<{ email: string; name: string }[]> {
  const members = await tx.membership.findMany({
    where: {
      ...{ organizationId, disabledAt: null, role: { in: ["CLIENT_ADMIN", "COMPLIANCE_OFFICER"] } },
      OR: [{ expiresAt: null }, { expiresAt: { gt: now } }],
    },
    select: { person: { select: { email: true, name: true } } },
    orderBy: { person: { email: "asc" } },
  });
  return members.map(({ person }) => person);
}
