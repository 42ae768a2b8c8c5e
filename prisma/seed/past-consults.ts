// Consultations of more than sixty days ago: thinned out, but as many as a calendar of what falls due needs.
import { addDays, addMonths, type Day, daysBetween, kstDay, kstDayStart, weekday } from "@/lib/clock";
import type { ConsultEvent } from "@/lib/transcripts/schema";
import { consult, type Traffic } from "./consults";
import { randomOf } from "./random";

/** Since when each channel is live, in days before today (channel-plans). */
const liveFor: Readonly<Record<string, number>> = { 한결생활: 205, 한결멤버십: 395, 두레상사: 0 };
const recentDays = 60;

/** Ended a year before the day in question, so that a year's keeping ends on it; offsets in days from today. */
function dueSoon(today: Day, random: () => number): Map<Day, number> {
  const days = new Map<Day, number>();
  // A week ago: nobody destroyed it within five days. Yesterday: due now. What lies between was destroyed in time.
  const counts: [number, number][] = [
    [-7, 14],
    [-1, 5],
  ];
  for (let offset = 0; offset <= 42; offset += 1) {
    const weekend = weekday(addDays(today, offset)) % 6 === 0;
    counts.push([offset, weekend ? 0 : 1 + Math.floor(random() * (offset % 7 === 2 ? 8 : 5))]);
  }
  for (const [offset, count] of counts) days.set(addMonths(addDays(today, offset), -12), count);
  return days;
}

/** Half a year ago: the pictures of these days fall due now. */
const isHalfYearAgo = (day: Day, today: Day) => Math.abs(daysBetween(addMonths(today, -6), day)) <= 10;

/** Every event of a channel of before the last sixty days; all of them have ended. */
export function pastConsultsOf(traffic: Traffic, now: Date): ConsultEvent[] {
  const random = randomOf(`past consults of ${traffic.channel}`);
  const today = kstDay(now);
  const since = liveFor[traffic.channel] ?? 0;
  const due = since > 365 ? dueSoon(today, random) : new Map<Day, number>();
  const lastDue = [...due.keys()].sort().at(-1);
  const events: ConsultEvent[] = [];
  let number = 121_000_000 + Math.floor(random() * 50_000);
  for (let back = since; back > recentDays; back -= 1) {
    const day = addDays(today, -back);
    const usual = isHalfYearAgo(day, today) ? 3 : random() < traffic.mean / 8 ? 1 : 0;
    // Before the days that are planned everything was destroyed in its time.
    const count = lastDue !== undefined && day <= lastDue ? (due.get(day) ?? 0) : usual;
    for (let n = 0; n < count; n += 1) {
      number += 1 + Math.floor(random() * 900);
      const start = kstDayStart(day).getTime() + Math.floor((9 + 10.5 * random()) * 3_600_000);
      events.push(...consult(traffic, String(number), start, random, now, true));
    }
  }
  return events;
}
