import { addDays, type Day, kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { exitClosed, exitStates } from "../rules/exit";
import type { ExitMarkKind } from "../schema/exit";
import { exitChannelsOf } from "./exit-channels";

export type OpenExit = {
  contractId: string;
  number: string;
  dealer: string;
  endsOn: Day;
  /** Needed items that somebody can do now. */
  open: number;
};

/** More ended contracts than this are old ones. */
const most = 200;

type Ended = Omit<OpenExit, "open"> & { endingId: string; service: boolean };

/** Contracts with an agreed end up to `ahead` days from today whose way out is not closed, the latest end first. A handful of queries. */
export async function listOpenExits(tx: Tx, now: Date, ahead: number): Promise<OpenExit[]> {
  const today = kstDay(now);
  const ended = await tx.$queryRaw<Ended[]>`
    SELECT d.contract_id AS "contractId", d.ending_id AS "endingId", d.ends_on::text AS "endsOn", n.number, n.dealer, n.service
    FROM contract_ends d JOIN contracts n ON n.id = d.contract_id
    WHERE d.kind = 'end' AND d.ends_on <= ${addDays(today, ahead)}::date ORDER BY d.ends_on DESC, d.contract_id LIMIT ${most}`;
  if (ended.length === 0) return [];
  const ids = ended.map(({ contractId }) => contractId);
  const channels = await exitChannelsOf(tx, ended);
  const marks = await tx.exitMark.findMany({ where: { endingId: { in: ended.map(({ endingId }) => endingId) } } });
  const approvals = await tx.$queryRaw<{ contractId: string; count: number }[]>`
    SELECT contract_id AS "contractId", count(*)::int AS count FROM reconsignments WHERE contract_id = ANY (${ids}::uuid[])
      AND (withdrawn_on IS NULL OR withdrawn_on > ${today}::date) AND (valid_until IS NULL OR valid_until >= ${today}::date)
    GROUP BY contract_id`;
  const registers = await tx.auditEvent.groupBy({
    by: ["targetId"],
    where: { targetId: { in: ids }, action: "contract.register-exported", result: "ok" },
    _max: { at: true },
  });
  return ended.flatMap(({ contractId, endingId, endsOn, number, dealer, service }) => {
    const facts = {
      ...{ endsOn, service, channels: channels.get(contractId) ?? [] },
      reconsignments: approvals.find((one) => one.contractId === contractId)?.count ?? 0,
      registerAt: registers.find((one) => one.targetId === contractId)?._max.at ?? null,
    };
    const own = marks
      .filter((mark) => mark.endingId === endingId)
      .map((mark) => ({ ...mark, kind: mark.kind as ExitMarkKind }));
    const states = exitStates(facts, own, now);
    const open = states.filter(({ needed, standing }) => needed && standing === "open").length;
    return exitClosed(states) || open === 0 ? [] : [{ contractId, number, dealer, endsOn, open }];
  });
}
