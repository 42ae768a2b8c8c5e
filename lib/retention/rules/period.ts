// When a period ends: at 24:00 in Korea of the anchor's day plus the period, never earlier (trust.md H). Pure.
import { addDays, addMonths, type Day, kstDay, kstDayStart } from "@/lib/clock";

export const periodUnits = ["days", "months", "years"] as const;
export type PeriodUnit = (typeof periodUnits)[number];
export type Period = { count: number; unit: PeriodUnit };

/** Days after its end within which a record must be gone (표준 개인정보 보호지침 제10조); then it is overdue. */
export const graceDays = 5;

/** The last day on which something is kept: the anchor's day plus the period, or the last day of a month that has no such day. */
export function lastDay(anchor: Day, { count, unit }: Period): Day {
  if (unit === "days") return addDays(anchor, count);
  return addMonths(anchor, unit === "years" ? count * 12 : count);
}

/** The instant from which something may be destroyed: 24:00 KST of its last day. */
export function expiryOf(dueOn: Day): Date {
  return kstDayStart(addDays(dueOn, 1));
}

/** The instant at which the period of what happened at `anchor` is over. */
export function periodEnd(anchor: Date, period: Period): Date {
  return expiryOf(lastDay(kstDay(anchor), period));
}

/** The last day by which it must be destroyed. */
export function destroyBy(dueOn: Day): Day {
  return addDays(dueOn, graceDays);
}

/** `kept` until its last day is over, then `due`, `overdue` once five days have passed as well. */
export function dueState(dueOn: Day | null, now: Date): "undated" | "kept" | "due" | "overdue" {
  if (dueOn === null) return "undated";
  if (now < expiryOf(dueOn)) return "kept";
  return now < expiryOf(destroyBy(dueOn)) ? "due" : "overdue";
}
