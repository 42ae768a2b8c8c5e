import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { addDays, type Day, kstDay } from "@/lib/clock";
import { calendarStart, type DueCell, dueWeeks, weeksShown } from "../rules/due-weeks";
import { graceDays } from "../rules/period";

export type DueCalendar = {
  weeks: DueCell[][];
  /** Upper ends of the first two steps of tint. */
  steps: [number, number];
  /** Sessions whose last day lies before the calendar and that are still there and not held. */
  before: number;
  /** Of everything that is over: not yet destroyed, and of these more than five days. */
  due: number;
  overdue: number;
  /** Sessions without a last day: open, waiting for a case to be closed, or without a policy. */
  undated: number;
};

type Counted = { day: Day; count: number };

/** The destructions to come, from the counters that are kept with every change: no session is read. @throws Forbidden */
export async function dueCalendar(actor: Actor, now: Date): Promise<DueCalendar> {
  const start = calendarStart(now);
  const end = addDays(start, weeksShown * 7);
  const today = kstDay(now);
  const [due, done, sums] = await read(actor, "policy:read", async (tx) => [
    await tx.$queryRaw<Counted[]>`SELECT due_on::text AS day, sum(sessions - held)::int AS count FROM due_days
      WHERE due_on >= ${start}::date AND due_on < ${end}::date GROUP BY 1 HAVING sum(sessions - held) > 0`,
    await tx.$queryRaw<Counted[]>`SELECT destroyed_on::text AS day, sum(count)::int AS count FROM ledger_entries
      WHERE destruction_id IS NOT NULL AND destroyed_on >= ${start}::date AND destroyed_on < ${end}::date GROUP BY 1`,
    await tx.$queryRaw<Pick<DueCalendar, "before" | "due" | "overdue" | "undated">[]>`
      SELECT coalesce(sum(sessions - held) FILTER (WHERE due_on < ${start}::date), 0)::int AS before,
        coalesce(sum(sessions - held) FILTER (WHERE due_on < ${today}::date), 0)::int AS due,
        coalesce(sum(sessions - held) FILTER (WHERE due_on < ${addDays(today, -graceDays)}::date), 0)::int AS overdue,
        coalesce(sum(sessions - held) FILTER (WHERE due_on = '9999-12-31'), 0)::int AS undated FROM due_days`,
  ]);
  return { ...dueWeeks(due, done, now), ...(sums[0] ?? { before: 0, due: 0, overdue: 0, undated: 0 }) };
}
