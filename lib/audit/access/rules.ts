// Keeping and reviewing access records (안전성 확보조치 기준 제8조, in force 2026-07-01; the interval is the internal plan's, no longer "monthly"). Pure.
import { addDays, addMonths, type Day } from "@/lib/clock";
import { Refused } from "@/lib/errors";
import type { KeepCondition } from "./schema";

export const sampleRules = ["night", "bulk", "same-subject", "download", "unmask", "random"] as const;
export type SampleRule = (typeof sampleRules)[number];

/** At most so many are drawn by each rule; the list says how many there were. */
export const mostPerRule: Readonly<Record<SampleRule, number>> = {
  night: 20,
  bulk: 20,
  "same-subject": 20,
  download: 30,
  unmask: 20,
  random: 10,
};

export type PlanView = {
  id: string;
  intervalMonths: number;
  clause: string;
  conditions: KeepCondition[];
  keepYears: number;
  nightFrom: number;
  nightTo: number;
  bulk: number;
  sameSubject: number;
  at: Date;
  personName: string;
};

/** Two years where one of the conditions holds, else one. */
export function leastYears(conditions: readonly string[]): 1 | 2 {
  return conditions.length > 0 ? 2 : 1;
}

/** @throws Refused beside the years when they are fewer than the conditions demand */
export function assertYears(keepYears: number, conditions: readonly string[]): void {
  const least = leastYears(conditions);
  if (keepYears < least) throw new Refused("audit.access.plan.tooShort", "keepYears", { least });
}

/** Days after a period's end in which its review is to be done. Our own measure: the notice leaves it to the plan. */
export const reviewWithinDays = 30;

/** The period that is to be reviewed next: it begins after the last one reviewed, or on the day of the first record. */
export function nextPeriod(
  lastTo: Day | null,
  firstOn: Day | null,
  intervalMonths: number,
): { from: Day; to: Day; dueOn: Day } | null {
  const from = lastTo ? addDays(lastTo, 1) : firstOn;
  if (!from) return null;
  const to = addDays(addMonths(from, intervalMonths), -1);
  return { from, to, dueOn: addDays(to, reviewWithinDays) };
}

/** @throws Refused beside a day: the period runs backwards, is not over, or is longer than a year and a day */
export function assertPeriod(from: Day, to: Day, today: Day): void {
  if (to < from) throw new Refused("audit.access.reviews.backwards", "to");
  if (to >= today) throw new Refused("audit.access.reviews.notOver", "to");
  if (to > addDays(addMonths(from, 12), 1)) throw new Refused("audit.access.reviews.tooLong", "to");
}

/** Whether an hour of the day in Korea lies in the night that the plan names; from and to may pass midnight. */
export function isNight(hour: number, { nightFrom, nightTo }: Pick<PlanView, "nightFrom" | "nightTo">): boolean {
  return nightFrom <= nightTo ? hour >= nightFrom && hour < nightTo : hour >= nightFrom || hour < nightTo;
}

/** @throws Refused when samples wait for a word, or a questioned one has no finding */
export function assertMayClose(samples: readonly { verdict: string | null; findings: number }[]): void {
  const open = samples.filter(({ verdict }) => verdict === null).length;
  if (open > 0) throw new Refused("audit.access.reviews.unjudged", undefined, { count: open });
  const bare = samples.filter(({ verdict, findings }) => verdict === "question" && findings === 0).length;
  if (bare > 0) throw new Refused("audit.access.reviews.bare", undefined, { count: bare });
}
