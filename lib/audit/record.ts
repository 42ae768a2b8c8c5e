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

/** A stored entry, in the order its MAC covers. `at` in microseconds since the epoch. */
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

/** UTF-16 units: a longer text is cut, a longer body is a mistake of ours. */
const longest = { address: 100, subject: 200, targetId: 200, reason: 2_000, body: 16_000 };

/**
 * Writes one entry into the transaction of the change it belongs to. Only the door calls this, and the demonstration's seed.
 * @param when the instant it tells; the present but for the demonstration's past
 * @throws Error when the body is longer than 16,000 characters: it holds content, not ids and counts
 */
export async function recordEvent(tx: Tx, actor: Actor, entry: AuditEntry, when?: Date): Promise<void> {
  const who = actorReference(actor);
  const at = when ? when.getTime() * 1_000 : nextMicrosecond(Date.now());
  const event: StoredEvent = {
    id: randomUUID(),
    organizationId: actor.organizationId.toLowerCase(),
    at,
    actorKind: who.kind,
    actorId: storable(who.id, longest.targetId),
    address: storable(who.address, longest.address),
    subject: storable(entry.subject ?? "", longest.subject),
    action: storable(entry.action, longest.subject),
    targetKind: storable(entry.target.kind, longest.subject),
    targetId: storable(entry.target.id, longest.targetId),
    result: entry.result ?? "ok",
    reason: storable(entry.reason ?? "", longest.reason),
    body: canonicalJson(entry.body ?? {}),
  };
  if (event.body.length > longest.body) throw new Error(`The audit body of ${entry.action} is too long`);
  await tx.$executeRaw`INSERT INTO audit_events
    (id, organization_id, at, actor_kind, actor_id, address, subject, action, target_kind, target_id, result, reason, body, mac)
    VALUES (${event.id}::uuid, ${event.organizationId}::uuid, ${instant(at)}::timestamptz, ${event.actorKind}, ${event.actorId}, ${event.address},
      ${event.subject}, ${event.action}, ${event.targetKind}, ${event.targetId}, ${event.result}, ${event.reason}, ${event.body}, ${eventMac(event)})`;
}

/** HMAC-SHA256 over the entry's text: tells our own entries from rows put in by hand. */
export function eventMac(event: StoredEvent): Uint8Array<ArrayBuffer> {
  return textMac(eventText(event));
}

/** The MAC of a text as damso_audit_text() gives it. */
export function textMac(text: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(createHmac("sha256", auditKey()).update(text).digest());
}

/** The text that MAC and chain cover: byte for byte what damso_audit_text() makes of the stored row. */
export function eventText(event: StoredEvent): string {
  const fields = [
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
  ];
  return `[${fields.map((field) => JSON.stringify(field)).join(", ")}]`;
}

/** JSON with keys in UTF-16 order and no spaces (as RFC 8785 sorts them), so that equal bodies have equal text. */
export function canonicalJson(value: AuditValue): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  if (value !== null && typeof value === "object") {
    const keys = Object.keys(value).sort();
    return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson(value[key] ?? null)}`).join(",")}}`;
  }
  return JSON.stringify(value);
}

/** What PostgreSQL would store otherwise than it was given is put right before the MAC is made: NUL, lone surrogates, length. */
function storable(text: string, most: number): string {
  return text.slice(0, most).replaceAll("\u0000", "\ufffd").toWellFormed();
}

let last = 0;

/** Instants of one process are distinct and grow with the millisecond, so that entries of one transaction keep their order. */
function nextMicrosecond(milliseconds: number): number {
  const micros = milliseconds * 1_000;
  last = last >= micros && last < micros + 999 ? last + 1 : micros;
  return last;
}

/** ISO 8601 with microseconds: a Date holds milliseconds only. */
function instant(micros: number): string {
  const milliseconds = Math.floor(micros / 1_000);
  return new Date(milliseconds).toISOString().replace("Z", `${String(micros % 1_000).padStart(3, "0")}Z`);
}
