// What is kept of a consultation lies under the session's own key, and that key under the ring key of its day, outside the database.
import { createHmac } from "node:crypto";
import { canonicalJson } from "@/lib/audit/record";
import { kstDay } from "@/lib/clock";
import { decrypt, encrypt, newKey } from "@/lib/envelope";
import { handleKey, ringKey } from "@/lib/keyring";
import type { ConsultEvent, Json } from "../schema";

export type WrappedKey = { ring: string; wrapped: Uint8Array };

/** A new session's key, wrapped by the ring key of the KST day on which it opened. */
export function makeSessionKey(
  organizationId: string,
  sessionId: string,
  openedAt: Date,
): WrappedKey & { key: Buffer } {
  const key = newKey();
  const ring = kstDay(openedAt);
  return { key, ring, wrapped: encrypt(ringKey(organizationId, ring), keyPlace(sessionId), key) };
}

/** The session's key, or null when its ring key was destroyed. @throws Error when it is not the session's own */
export function openSessionKey(
  organizationId: string,
  sessionId: string,
  { ring, wrapped }: WrappedKey,
): Buffer | null {
  const ringBytes = ringKey(organizationId, ring, { createIfMissing: false });
  return ringBytes && decrypt(ringBytes, keyPlace(sessionId), wrapped);
}

export function sealUserKey(key: Uint8Array, sessionId: string, userKey: string): Buffer {
  return encrypt(key, userPlace(sessionId), userKey);
}

export function openUserKey(key: Uint8Array, sessionId: string, sealed: Uint8Array): string {
  return decrypt(key, userPlace(sessionId), sealed).toString("utf8");
}

type Place = { sessionId: string; direction: string; kind: string; at: Date };

/** Seals a message's content; its place (session and the columns in clear) is authenticated, so that rows cannot be swapped. */
export function sealMessage(key: Uint8Array, place: Place, content: Json): Buffer {
  return encrypt(key, messagePlace(place), canonicalJson(content));
}

export function openMessage(key: Uint8Array, place: Place, sealed: Uint8Array): Json {
  return JSON.parse(decrypt(key, messagePlace(place), sealed).toString("utf8")) as Json;
}

/** Keyed hashes that know an event again without telling what it said: 16 bytes each, hex. */
export function receiptOf(organizationId: string, event: ConsultEvent): { key: string; digest: string } {
  const hash = (what: string, text: string) =>
    createHmac("sha256", handleKey(organizationId)).update(`${what}\n${text}`).digest().subarray(0, 16).toString("hex");
  return {
    key: hash("receipt", event.key),
    digest: hash(
      "digest",
      `${event.kind}\n${event.sessionId ?? ""}\n${event.userKey}\n${event.at.getTime()}\n${event.digest}`,
    ),
  };
}

const keyPlace = (sessionId: string) => `session:${sessionId}:key`;
const userPlace = (sessionId: string) => `session:${sessionId}:user`;
const messagePlace = ({ sessionId, direction, kind, at }: Place) =>
  `session:${sessionId}:${direction}:${kind}:${at.getTime()}`;
