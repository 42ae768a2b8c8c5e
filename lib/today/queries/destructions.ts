import { addDays, type Day, kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { destructionState } from "@/lib/retention/rules/destruction";
import { destroyBy, graceDays } from "@/lib/retention/rules/period";
import type { Waiting } from "../rules";

type Due = { due: number; overdue: number; first: Day | null };
type Run = { id: string; number: string; sessions: number; files: number; validUntil: Date; had: string[] };

/** At most so many runs: what was frozen last comes first. */
const most = 50;

/** What is due for destruction and overdue (by the counters of each day), runs that wait for a second person or their runner, and the stopped. */
export async function waitingDestructions(tx: Tx, now: Date): Promise<Waiting[]> {
  const today = kstDay(now);
  const [counts] = await tx.$queryRaw<Due[]>`
    SELECT coalesce(sum(sessions - held), 0)::int AS due, coalesce(sum(sessions - held) FILTER (WHERE due_on < ${addDays(today, -graceDays)}::date), 0)::int AS overdue,
      min(due_on) FILTER (WHERE sessions > held)::text AS first
    FROM due_days WHERE organization_id = damso_organization() AND due_on < ${today}::date`;
  const runs = await tx.$queryRaw<Run[]>`
    SELECT d.id, d.number, d.sessions, d.files, d.valid_until AS "validUntil",
      array(SELECT s.kind FROM destruction_steps s WHERE s.organization_id = d.organization_id AND s.destruction_id = d.id) AS had
    FROM destructions d WHERE d.organization_id = damso_organization() AND d.prepared_at > ${new Date(now.getTime() - 7 * 86_400_000)}
    ORDER BY d.prepared_at DESC, d.id DESC LIMIT ${most}`;
  return [...dueOf(counts), ...runs.flatMap((run) => runOf(run, today, now))];
}

const place = { group: "destruction", entry: "retention" } as const;

function dueOf(counts: Due | undefined): Waiting[] {
  if (!counts || counts.due <= 0 || !counts.first) return [];
  const late = counts.overdue > 0;
  return [
    {
      ...{
        ...place,
        id: "destruction:due",
        kind: late ? "destroyOverdue" : "destroyDue",
        roles: ["COMPLIANCE_OFFICER"],
      },
      ...{ values: { count: late ? counts.overdue : counts.due }, subject: "", href: "/retention/destructions" },
      dueOn: destroyBy(counts.first),
    },
  ];
}

function runOf({ id, number, sessions, files, validUntil, had }: Run, today: Day, now: Date): Waiting[] {
  const state = destructionState(
    had.map((kind) => ({ kind })),
    validUntil,
    now,
  );
  const run = { ...place, subject: number, href: `/retention/destructions/${id}` };
  const values = { number, count: sessions + files };
  if (state === "requested")
    return [{ ...run, id: `destruction:${id}`, kind: "destroyApprove", roles: ["CLIENT_ADMIN"], values, dueOn: today }];
  if (state === "approved")
    return [
      { ...run, id: `destruction:${id}`, kind: "destroyRun", roles: ["COMPLIANCE_OFFICER"], values, dueOn: today },
    ];
  if (state === "stopped")
    return [
      {
        ...run,
        id: `destruction:${id}`,
        kind: "destroyStopped",
        roles: ["COMPLIANCE_OFFICER"],
        values: { number },
        dueOn: null,
      },
    ];
  return [];
}
