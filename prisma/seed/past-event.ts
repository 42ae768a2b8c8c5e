// Audit entries of the demonstration's past: written like all others, with the instant they tell.
import { type AuditEntry, recordEvent } from "@/lib/audit/record";
import type { Actor, OperatorActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";

type PastEvent = { actor: Actor; at: Date; entry: AuditEntry };

let held: PastEvent[] | undefined;

/** Writes one entry as of `at` into the seeding transaction, or holds it back while past events are collected. */
export async function recordPastEvent(tx: Tx, actor: Actor, at: Date, entry: AuditEntry): Promise<void> {
  if (held) held.push({ actor, at, entry });
  else await recordEvent(tx, actor, entry, at);
}

/**
 * Holds past events back from now on, so that the chain's order is the order of their instants, whichever part of the seed tells them.
 * @returns writes them, oldest first, one transaction per organization
 */
export function collectPastEvents(): () => Promise<void> {
  held = [];
  return async () => {
    const events = (held ?? []).sort((a, b) => a.at.getTime() - b.at.getTime());
    held = undefined;
    for (const organizationId of new Set(events.map(({ actor }) => actor.organizationId))) {
      const operator: OperatorActor = { kind: "operator", name: "seed", organizationId };
      await ingest(operator, "organization:settings", async (tx) => {
        for (const { actor, at, entry } of events)
          if (actor.organizationId === organizationId) await recordEvent(tx, actor, entry, at);
      });
    }
  };
}
