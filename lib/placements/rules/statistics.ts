// Which days are counted, and what the counts say. Pure.
import { addDays, addMonths, type Day, daysBetween, kstDay } from "@/lib/clock";
import type { Counts, GroupCounts, PlacementStatisticsFilter, StatisticsSort } from "../schema/statistics";

export type Period = { from: Day; to: Day };
const usualDays = 28;
/** The longest line that is drawn: two years of days. */
export const mostStatisticsDays = 731;

/**
 * The days that are asked for, both ends included, never later than today: from–to, a month, or the last 7, 28 or 90 finished days
 * (today is not over, so that a line never seems to fall at its end).
 */
export function placementStatisticsPeriod(
  { days, month, from, to }: Pick<PlacementStatisticsFilter, "days" | "month" | "from" | "to">,
  now: Date,
): Period {
  const today = kstDay(now);
  const within = (period: Period): Period => {
    const end = period.to > today ? today : period.to;
    const begin = period.from > end ? end : period.from;
    const first = addDays(end, 1 - mostStatisticsDays);
    return { from: begin < first ? first : begin, to: end };
  };
  if (from !== "" || to !== "") {
    const [low, high] = [from || to, to || today].sort() as [Day, Day];
    return within({ from: low, to: high });
  }
  if (month !== "") return within({ from: `${month}-01`, to: addDays(addMonths(`${month}-01`, 1), -1) });
  return { from: addDays(today, -Number(days || usualDays)), to: addDays(today, -1) };
}

/** As many days just before, or the same days a year before (29 February: the 28th). */
export function comparedPeriod(period: Period, compare: PlacementStatisticsFilter["compare"]): Period | null {
  if (compare === "") return null;
  const length = daysBetween(period.from, period.to);
  if (compare === "before") return { from: addDays(period.from, -length - 1), to: addDays(period.from, -1) };
  const from = addMonths(period.from, -12);
  return { from, to: addDays(from, length) };
}

/** Every day of the period in order. */
export function daysOf({ from, to }: Period): Day[] {
  return Array.from({ length: daysBetween(from, to) + 1 }, (_, at) => addDays(from, at));
}

/** People who pressed or scanned. */
export const peopleOf = ({ presses, scans }: Pick<Counts, "presses" | "scans">): number => presses + scans;

/**
 * Consultations started ÷ presses and scans together, as a share (0.25 is one in four); null where nobody pressed. A press and the consultation it
 * leads to are not tied to one person: more than 1 is possible, where a code is also used without our address.
 */
export function conversionOf(counts: Counts): number | null {
  const people = peopleOf(counts);
  return people === 0 ? null : counts.consults / people;
}

/** Change against another count, as a share; null where there was nothing before. */
export function changeOf(now: number, before: number): number | null {
  return before === 0 ? null : now / before - 1;
}

export function sumOfCounts(rows: readonly Counts[]): Counts {
  const sum: Counts = { presses: 0, scans: 0, others: 0, consults: 0, returning: 0 };
  for (const row of rows) for (const key of Object.keys(sum) as (keyof Counts)[]) sum[key] += row[key];
  return sum;
}

/** The largest first; what is equal goes by name, then key, so that the order is always the same. */
export function sortGroups(groups: readonly GroupCounts[], sort: StatisticsSort): GroupCounts[] {
  const value = (row: GroupCounts) =>
    sort === "people" ? peopleOf(row) : sort === "conversion" ? (conversionOf(row) ?? -1) : row[sort];
  const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
  return [...groups].sort((a, b) => value(b) - value(a) || order(a.name, b.name) || order(a.key, b.key));
}
