// What is counted of consultations by the day on which they were opened: received, and destroyed since. Pure.
import { addDays, addMonths, type Day, kstDay } from "@/lib/clock";
import type { StatisticsFilter } from "../schema/statistics";

export type Tally = { received: number; destroyed: number };
/** A month (2026-11) or a day of it. */
export type PeriodTally = Tally & { period: string };

export type StatisticsPeriod = { from: Day; to: Day; unit: "month" | "day" };

const monthsShown = 12;

/** Twelve months, or the days of one. */
export function statisticsPeriod(
  { month, until }: Pick<StatisticsFilter, "month" | "until">,
  now: Date,
): StatisticsPeriod {
  if (month) return { from: `${month}-01`, to: endOfMonth(month), unit: "day" };
  const last = until ?? kstDay(now).slice(0, 7);
  return { from: addMonths(`${last}-01`, 1 - monthsShown), to: endOfMonth(last), unit: "month" };
}

/** What lies a year before and after; none after the present month. */
export function besides({ from, to, unit }: StatisticsPeriod, now: Date): { before: string; after: string | null } {
  const [first, last] = [from.slice(0, 7), to.slice(0, 7)];
  const step = unit === "month" ? monthsShown : 1;
  const next = addMonths(`${last}-01`, step).slice(0, 7);
  return {
    before: addMonths(`${first}-01`, -1).slice(0, 7),
    after: last >= kstDay(now).slice(0, 7) ? null : next > kstDay(now).slice(0, 7) ? kstDay(now).slice(0, 7) : next,
  };
}

/** Every month or day of the period in order, also those on which nothing came; the newest first. */
export function fillPeriods(period: StatisticsPeriod, found: readonly PeriodTally[]): PeriodTally[] {
  const byPeriod = new Map(found.map((tally) => [tally.period, tally]));
  const all: PeriodTally[] = [];
  for (let at = period.from; at <= period.to; at = period.unit === "month" ? addMonths(at, 1) : addDays(at, 1)) {
    const name = period.unit === "month" ? at.slice(0, 7) : at;
    all.push(byPeriod.get(name) ?? { period: name, received: 0, destroyed: 0 });
  }
  return all.reverse();
}

export function sumOf(tallies: readonly Tally[]): Tally {
  return tallies.reduce<Tally>(
    (sum, { received, destroyed }) => ({ received: sum.received + received, destroyed: sum.destroyed + destroyed }),
    { received: 0, destroyed: 0 },
  );
}

/** A file's line: what was received by day and channel, or what was destroyed, also by category and way in. */
export type StatisticsLine = {
  day: Day;
  channel: string;
  searchId: string;
  kind: "received" | "destroyed";
  category: string;
  code: string;
  place: string;
  sessions: number;
  /** Of users who had consulted before; null where it is not counted. */
  returning: number | null;
  messages: number;
};

function endOfMonth(month: string): Day {
  return addDays(addMonths(`${month}-01`, 1), -1);
}
