import { type Day, kstDay, weekday } from "@/lib/clock";
import { holidayNames } from "@/lib/holidays";
import type { ConsultHoursTable } from "../schema/scenario";

/** Whether people are there at an instant: by the table, and never on a public holiday unless it says so. */
export function isOpenAt({ days, holidays }: ConsultHoursTable, now: Date): boolean {
  const day: Day = kstDay(now);
  if (!holidays && holidayNames(day).length > 0) return false;
  const minute = Math.floor((now.getTime() + 9 * 3_600_000) / 60_000) % 1_440;
  return days.some((one) => one.day === weekday(day) && one.from <= minute && minute < one.to);
}
