import type { Day } from "@/lib/clock";
import { toDay } from "@/lib/day-column";
import type { Tx } from "@/lib/db/client";
import type { ContractFields } from "../rules/contract-content";
import { termRuleOf } from "../rules/contract-term";
import type { WatchedContract } from "../rules/reminders";

/** Last day by the end that stands agreed for a contract, or null. */
export async function endedOnOf(tx: Tx, contractId: string): Promise<Day | null> {
  const rows = await tx.$queryRaw<{ endsOn: string }[]>`
    SELECT ends_on::text AS "endsOn" FROM contract_ends WHERE contract_id = ${contractId}::uuid AND kind = 'end'`;
  return rows[0]?.endsOn ?? null;
}

/** What decides whether a contract's deadlines still ask for somebody. */
export async function watchedContract(tx: Tx, contractId: string, fields: ContractFields): Promise<WatchedContract> {
  const newest = { where: { contractId }, orderBy: [{ at: "desc" as const }, { id: "desc" as const }], take: 200 };
  const choices = await tx.contractChoice.findMany(newest);
  const snoozes = await tx.deadlineSnooze.findMany(newest);
  return {
    rule: termRuleOf(fields),
    endedOn: await endedOnOf(tx, contractId),
    choices: choices.map((one) => ({ ...one, termEndsOn: toDay(one.termEndsOn), noticeHadOn: toDay(one.noticeHadOn) })),
    snoozes: snoozes.map((one) => ({ ...one, deadlineOn: toDay(one.deadlineOn), untilOn: toDay(one.untilOn) })),
  };
}
