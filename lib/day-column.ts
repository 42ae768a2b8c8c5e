// Calendar days between the database's DATE columns and our "YYYY-MM-DD".
import type { Day } from "./clock";

/** The day of a DATE column. */
export function toDay(at: Date): Day;
export function toDay(at: Date | null): Day | null;
export function toDay(at: Date | null): Day | null {
  return at ? at.toISOString().slice(0, 10) : null;
}

/** What a DATE column takes. */
export function fromDay(day: Day): Date;
export function fromDay(day: Day | null): Date | null;
export function fromDay(day: Day | null): Date | null {
  return day ? new Date(`${day}T00:00:00Z`) : null;
}
