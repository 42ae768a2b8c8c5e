import { createHmac, randomUUID } from "node:crypto";
import { type Actor, actorReference } from "@/lib/auth/actor";
import type { Tx } from "@/lib/db/client";
import { auditKey } from "@/lib/keyring";

/** What happened, in ids, counts and hashes. Content, secrets and names of persons never enter. */
export type AuditEntry = {
  /** "<noun>.<past verb>", e.g. "placement.retired". */
  action: `${string}.${string}`;
  target: { kind: string; id: string };
  /** Keyed handle of the data subject, where somebody's data were touched. */
  subject?: string;
  result?: "ok" | "refused";
  /** 조회 목적, where one is required. */
  reason?: string;
  /** Ids, counts, hashes, names of changed fields. */
  body?: { [key: string]: AuditValue };
};
export type AuditValue = string | number | boolean | null | AuditValue[] | { [key: string]: AuditValue };

/** A stored entry, in the order its MAC covers. Times in milliseconds since the epoch. */
export type StoredEvent = {
  id: string;
  organizationId: string;
  at: number;
  actorKind: string;
  actorId: string;
  address: string;
  subject: string;
  action: string;
  targetKind: string;
  targetId: string;
  result: string;
  reason: string;
  body: string;
};

/** Writes one entry into the transaction of the change it belongs to. Only the door calls this. */
export async function recordEvent(tx: Tx, actor: Actor, entry: AuditEntry): Promise<void> {
  const who = actorReference(actor);
  const event: StoredEvent = {
    id: randomUUID(),
    organizationId: actor.organizationId,
    at: Date.now(),
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
    VALUES (${event.id}::uuid, ${event.organizationId}::uuid, ${new Date(event.at)}, ${event.actorKind}, ${event.actorId}, ${event.address},
      ${event.subject}, ${event.action}, ${event.targetKind}, ${event.targetId}, ${event.result}, ${event.reason}, ${event.body}, ${eventMac(event)})`;
}

/** HMAC-SHA256 over the entry's fields: tells our own entries from rows put in by hand. */
export function eventMac(event: StoredEvent): Uint8Array<ArrayBuffer> {
  const text = JSON.stringify([
    event.id,
    event.organizationId,
    event.at,
    event.actorKind,
    event.actorId,
    event.address,
    event.subject,
    event.action,
    event.targetKind,
    event.targetId,
    event.result,
    event.reason,
    event.body,
  ]);
  return Uint8Array.from(createHmac("sha256", auditKey()).update(text).digest());
}

/** JSON with keys in code point order and no spaces, so that equal bodies have equal text. */
export function canonicalJson(value: AuditValue): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const keys = Object.keys(value).sort();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`).join(",")}}`;
  }
  return JSON.stringify(value);
}
