import { addDays, type Day } from "@/lib/clock";

/** The day on which the last copy in backups of what is destroyed on `day` is gone; null: the company has not said how long they are kept. */
export function backupGoneOn(day: Day, backupDays: number | null): Day | null {
  return backupDays === null ? null : addDays(day, backupDays);
}
