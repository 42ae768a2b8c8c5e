// Audit entries of the demonstration's past: the same row as recordEvent writes, with the instant it is told.
import { randomUUID } from "node:crypto";
import { type AuditEntry, canonicalJson, eventMac, type StoredEvent } from "@/lib/audit/record";
import { type Actor, actorReference } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";

/** Writes one entry as of `at` into the seeding transaction. */
export async function recordPastEvent(tx: Tx, actor: Actor, at: Date, entry: AuditEntry): Promise<void> {
  const who = actorReference(actor);
  const event: StoredEvent = {
    id: randomUUID(),
    organizationId: actor.organizationId,
    at: at.getTime(),
    actorKind: who.kind,
    actorId: who.id,
    address: who.address,
    subject: entry.subject ?? "",
    action: entry.action,
    targetKind: entry.target.kind,
    targetId: entry.target.id,
    result: entry.result ?? "ok",
    reason: entry.reason ?? "",
    body: canonicalJson(entry.body ?? {}),
  };
  await tx.$executeRaw`INSERT INTO audit_events
    (id, organization_id, at, actor_kind, actor_id, address, subject, action, target_kind, target_id, result, reason, body, mac)
    VALUES (${event.id}::uuid, ${event.organizationId}::uuid, ${at}, ${event.actorKind}, ${event.actorId}, ${event.address},
      ${event.subject}, ${event.action}, ${event.targetKind}, ${event.targetId}, ${event.result}, ${event.reason}, ${event.body}, ${eventMac(event)})`;
}
