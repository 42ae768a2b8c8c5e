// The rehearsal's own time, and what is due in it. Pure.
import { type Day, daysBetween, kstDay } from "@/lib/clock";
import type { leaps, RehearsedSession } from "../schema/rehearsal";
import type { Scenario } from "../schema/scenario";
import { isOpenAt } from "./hours";

const day = 86_400_000;
const quarter = 900_000;

/** Thirty days of silence end at the next full hour (field-facts 1.3). */
const month = 30 * day + 3_600_000;

/** The last of the last days, or null while one of them is not known. */
export function lastDue(sessions: readonly Pick<RehearsedSession, "dueOn">[]): Day | null {
  const days = sessions.map(({ dueOn }) => dueOn);
  return days.includes(null) ? null : (days.toSorted().at(-1) ?? null);
}

/** Milliseconds to move on. Null: nothing is due, or people are there already. @param scenario its hours; null: none is in use */
export function leapMs(
  leap: (typeof leaps)[number],
  { sessions, scenario }: { sessions: readonly Pick<RehearsedSession, "dueOn">[]; scenario: Scenario | null },
  now: Date,
): number | null {
  if (leap === "day") return day;
  if (leap === "month") return month;
  if (leap === "open") return scenario && untilOpen(scenario, now);
  const due = lastDue(sessions);
  if (due === null) return null;
  return Math.max(1, daysBetween(kstDay(now), due) + 1) * day;
}

/** Until the next quarter of an hour in which people are there, within a month of holidays; null when they are there now, or never. */
function untilOpen({ hours }: Scenario, now: Date): number | null {
  if (isOpenAt(hours, now)) return null;
  const first = Math.ceil(now.getTime() / quarter) * quarter;
  for (let at = first; at < first + 30 * day; at += quarter)
    if (isOpenAt(hours, new Date(at))) return at + 60_000 - now.getTime();
  return null;
}

/** Whether everything kept may be destroyed: no room is open, and every last day is over. */
export function isDestructible(sessions: readonly Pick<RehearsedSession, "dueOn" | "status">[], now: Date): boolean {
  const due = lastDue(sessions);
  return due !== null && due < kstDay(now) && sessions.every(({ status }) => status !== "open");
}
