import { clockTime, kstDay } from "@/lib/clock";

/** How often a job runs, and how many minutes after the beginning of its day or hour in Korea. */
export type Schedule = { every: "day" | "hour"; afterMinutes?: number };

/**
 * The newest period whose time has come: a KST day "2026-11-22" or hour "2026-11-22T09". Earlier ones that were missed are not made up for.
 * The clock may jump: what is due depends on it alone, and the ledger runs a period once.
 */
export function duePeriod({ every, afterMinutes = 0 }: Schedule, now: Date): string {
  const begun = new Date(now.getTime() - afterMinutes * 60_000);
  const day = kstDay(begun);
  return every === "day" ? day : `${day}T${clockTime(begun).slice(0, 2)}`;
}

/** Minutes until a failed run is tried again: 1, 2, 4 … 60. */
export function backOffMinutes(tries: number): number {
  return Math.min(2 ** Math.max(0, tries - 1), 60);
}
