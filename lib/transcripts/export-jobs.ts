// Exports are made and ended by themselves.
import type { JobActor } from "@/lib/auth/actor";
import { organizationsWithExports } from "@/lib/db/crossings";
import { expireExports, makeNextExport } from "./commands/make-export";

/** Ends exports whose time is over and makes those that wait, each by one process. @returns how many of each */
export async function makeExports(now: Date): Promise<{ made: number; expired: number }> {
  const total = { made: 0, expired: 0 };
  for (const organizationId of await organizationsWithExports()) {
    const actor: JobActor = { kind: "job", name: "transcript-exports", organizationId };
    total.expired += await expireExports(actor, now);
    while (await makeNextExport(actor, now)) total.made += 1;
  }
  return total;
}
