// What is kept of a consultation lies under the session's own key, a file under its own, and those under ring keys outside the database.
import { createHmac } from "node:crypto";
import { canonicalJson } from "@/lib/audit/record";
import type { Tx } from "@/lib/db/client";
import { decrypt, encrypt, newKey } from "@/lib/envelope";
import { handleKey, ringKey } from "@/lib/keyring";
import type { ConsultEvent, Json } from "@/lib/transcripts/schema";
import { provideRing } from "./rings";

export { openStream, sealStream } from "./streams";

export type WrappedKey = { ring: string; wrapped: Uint8Array };

/** A new session's key, wrapped by the ring of that name. The caller writes the ring's row with it (lib/archive/rings.ts). */
export function makeSessionKey(organizationId: string, sessionId: string, ring: string): WrappedKey & { key: Buffer } {
  const key = newKey();
  return { key, ring, wrapped: wrapKey(ringKey(organizationId, ring), "session", sessionId, key) };
}

/** The session's key, or null when its ring key was destroyed. @throws Error when it is not the session's own */
export function openSessionKey(organizationId: string, sessionId: string, wrapped: WrappedKey): Buffer | null {
  return unwrapKey(organizationId, "session", sessionId, wrapped);
}

/** Keys of sessions; null for those whose ring is destroyed, nothing for those without a key. */
export async function openSessionKeys(
  tx: Tx,
  organizationId: string,
  sessionIds: readonly string[],
): Promise<Map<string, Buffer | null>> {
  const rows = await tx.sessionKey.findMany({ where: { organizationId, sessionId: { in: [...sessionIds] } } });
  return new Map(rows.map((row) => [row.sessionId, openSessionKey(organizationId, row.sessionId, row)]));
}

/** A new file's key, wrapped by a ring, with its row. */
export async function makeFileKey(tx: Tx, organizationId: string, attachmentId: string, ring: string): Promise<Buffer> {
  const key = newKey();
  const wrapped = Uint8Array.from(wrapKey(await ringInUse(tx, organizationId, ring), "file", attachmentId, key));
  await tx.fileKey.create({ data: { attachmentId, organizationId, ring, wrapped } });
  return key;
}

/** A file's key, or null when it has none or its ring is destroyed. */
export async function openFileKey(tx: Tx, organizationId: string, attachmentId: string): Promise<Buffer | null> {
  const row = await tx.fileKey.findFirst({ where: { organizationId, attachmentId } });
  return row && unwrapKey(organizationId, "file", attachmentId, row);
}

/** A ring whose day may be over, but on which the session's own key still hangs: it lives as long as that does. */
async function ringInUse(tx: Tx, organizationId: string, ring: string): Promise<Buffer> {
  return ringKey(organizationId, ring, { createIfMissing: false }) ?? (await provideRing(tx, organizationId, ring));
}

/** Wraps a session's or file's key. */
export function wrapKey(ring: Uint8Array, of: "session" | "file", id: string, key: Uint8Array): Buffer {
  return encrypt(ring, keyPlace(of, id), key);
}

/** Unwraps a session's or file's key; null when its ring is destroyed. @throws Error when it is not its own */
export function unwrapKey(
  organizationId: string,
  of: "session" | "file",
  id: string,
  { ring, wrapped }: WrappedKey,
): Buffer | null {
  const bytes = ringKey(organizationId, ring, { createIfMissing: false });
  return bytes && decrypt(bytes, keyPlace(of, id), wrapped);
}

export function sealUserKey(key: Uint8Array, sessionId: string, userKey: string): Buffer {
  return encrypt(key, userPlace(sessionId), userKey);
}

export function openUserKey(key: Uint8Array, sessionId: string, sealed: Uint8Array): string {
  return decrypt(key, userPlace(sessionId), sealed).toString("utf8");
}

/** Where a file lies at Kakao and what it is called, under the session's key. */
export function sealAttachment(key: Uint8Array, attachmentId: string, file: { url: string; name: string }): Buffer {
  return encrypt(key, attachmentPlace(attachmentId), JSON.stringify(file));
}

/** Empty for a file that was destroyed. @throws Error when key or place are not the right ones */
export function openAttachment(
  key: Uint8Array,
  attachmentId: string,
  sealed: Uint8Array,
): { url: string; name: string } {
  if (sealed.length === 0) return { url: "", name: "" };
  return JSON.parse(decrypt(key, attachmentPlace(attachmentId), sealed).toString("utf8")) as {
    url: string;
    name: string;
  };
}

type Place = { sessionId: string; direction: string; kind: string; at: Date };

/** Seals a message's content; its place (session and the columns in clear) is authenticated, so that rows cannot be swapped. */
export function sealMessage(key: Uint8Array, place: Place, content: Json): Buffer {
  return encrypt(key, messagePlace(place), canonicalJson(content));
}

export function openMessage(key: Uint8Array, place: Place, sealed: Uint8Array): Json {
  return JSON.parse(decrypt(key, messagePlace(place), sealed).toString("utf8")) as Json;
}

export type OpenedMessage = { id: bigint; direction: string; kind: string; at: Date; content: Json };

/**
 * A page of a session's messages, oldest first.
 * @param page `after` the id of the last message of the page before
 */
export async function openMessages(
  tx: Tx,
  session: { id: string; organizationId: string },
  key: Uint8Array,
  page: { after?: bigint; take: number },
): Promise<OpenedMessage[]> {
  // Shelf and messages in one statement: they may be moving to another shelf just now.
  const rows = await tx.$queryRaw<(Omit<OpenedMessage, "content"> & { sealed: Uint8Array })[]>`
    SELECT m.id, m.direction, m.kind, m.at, m.sealed FROM messages m
    WHERE m.shelf = (SELECT s.shelf FROM consult_sessions s WHERE s.organization_id = ${session.organizationId}::uuid AND s.id = ${session.id}::uuid)
      AND m.session_id = ${session.id}::uuid
      AND (${page.after === undefined} OR (m.at, m.id) > (SELECT l.at, l.id FROM messages l
        WHERE l.shelf = (SELECT s.shelf FROM consult_sessions s WHERE s.id = ${session.id}::uuid) AND l.session_id = ${session.id}::uuid
          AND l.id = ${page.after ?? 0n}::bigint))
    ORDER BY m.at, m.id LIMIT ${page.take}::int`;
  return rows.map(({ sealed, ...row }) => ({
    ...row,
    content: openMessage(key, { ...row, sessionId: session.id }, sealed),
  }));
}

/** Keyed hashes that know an event again without telling what it said: 16 bytes each, hex. */
export function receiptOf(organizationId: string, event: ConsultEvent): { key: string; digest: string } {
  return {
    key: keyedHash(organizationId, "receipt", event.key).toString("hex"),
    digest: keyedHash(
      organizationId,
      "digest",
      `${event.kind}\n${event.sessionId ?? ""}\n${event.userKey}\n${event.at.getTime()}\n${event.digest}`,
    ).toString("hex"),
  };
}

/** Knows a destroyed session again by the dealer's session id: 16 bytes. */
export function externalHash(organizationId: string, channelId: string, externalId: string): Buffer {
  return keyedHash(organizationId, "session", `${channelId}\n${externalId}`);
}

/** The dealer's session id as records name it, in hex: once the session is destroyed nothing leads from it to anybody. */
export function sessionHandle(organizationId: string, externalId: string): string {
  return keyedHash(organizationId, "session named", externalId).toString("hex");
}

function keyedHash(organizationId: string, what: string, text: string): Buffer {
  return createHmac("sha256", handleKey(organizationId)).update(`${what}\n${text}`).digest().subarray(0, 16);
}

const keyPlace = (of: "session" | "file", id: string) => `${of}:${id}:key`;
const userPlace = (sessionId: string) => `session:${sessionId}:user`;
const attachmentPlace = (attachmentId: string) => `attachment:${attachmentId}:file`;
const messagePlace = ({ sessionId, direction, kind, at }: Place) =>
  `session:${sessionId}:${direction}:${kind}:${at.getTime()}`;
