// The calendar of destructions to come: six weeks from last Monday, with what is left from before. Pure.
import { addDays, type Day, kstDay, weekday } from "@/lib/clock";
import { dueState } from "./period";

export const weeksShown = 6;

export type DueCell = {
  day: Day;
  /** Sessions whose last day it is and that nothing holds. */
  count: number;
  /** Destroyed on it. */
  done: number;
  today: boolean;
  /** Nothing where nothing is left to do; else whether its last day is over, and for more than five days. */
  late: "due" | "overdue" | null;
  /** 0: none, 1 to 3 by the company's own numbers, so that a busy day is seen in any company. */
  tint: 0 | 1 | 2 | 3;
};

/** The Monday of the week before this one. */
export function calendarStart(now: Date): Day {
  const today = kstDay(now);
  return addDays(today, -((weekday(today) + 6) % 7) - 7);
}

/** Upper ends of the first two steps of tint: a third and two thirds of the busiest day, rounded. */
export function tintSteps(counts: readonly number[]): [number, number] {
  const most = Math.max(0, ...counts);
  const round = (value: number) => (value >= 20 ? Math.round(value / 10) * 10 : Math.max(1, Math.round(value)));
  const first = round(most / 3);
  return [first, Math.max(first + 1, round((most * 2) / 3))];
}

/** Weeks of seven days, Monday first. */
export function dueWeeks(
  due: readonly { day: Day; count: number }[],
  done: readonly { day: Day; count: number }[],
  now: Date,
): { weeks: DueCell[][]; steps: [number, number] } {
  const start = calendarStart(now);
  const today = kstDay(now);
  const days = Array.from({ length: weeksShown * 7 }, (_, index) => addDays(start, index));
  const of = (list: readonly { day: Day; count: number }[]) => new Map(list.map(({ day, count }) => [day, count]));
  const [counts, dones] = [of(due), of(done)];
  const steps = tintSteps(days.map((day) => counts.get(day) ?? 0));
  const cells = days.map((day): DueCell => {
    const count = counts.get(day) ?? 0;
    const state = dueState(day, now);
    const late = count > 0 && (state === "due" || state === "overdue") ? state : null;
    const tint = count === 0 ? 0 : count <= steps[0] ? 1 : count <= steps[1] ? 2 : 3;
    return { day, count, done: dones.get(day) ?? 0, today: day === today, late, tint };
  });
  return {
    weeks: Array.from({ length: weeksShown }, (_, week) => cells.slice(week * 7, week * 7 + 7)),
    steps,
  };
}
