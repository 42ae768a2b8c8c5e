import { setTimeout as pause } from "node:timers/promises";

/** Refusals at sign-in take at least this long, so that what was looked up on the way does not show. */
const floorMs = 250;

/** Waits until `floorMs` have gone since `startedMs` (performance.now()). */
export async function evenOut(startedMs: number): Promise<void> {
  const left = startedMs + floorMs - performance.now();
  if (left > 0) await pause(left);
}
