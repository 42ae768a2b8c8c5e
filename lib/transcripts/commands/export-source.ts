// What an export holds, read page by page: sessions, then their messages, decrypted on the way, never many at once.
import { openMessage, openSessionKeys, openUserKey } from "@/lib/archive/seal";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import type { Permission } from "@/lib/auth/permissions";
import type { Tx } from "@/lib/db/client";
import { shortHandle } from "../rules";
import type { ExportedMessage, ExportedSession } from "../rules/export-rows";

/** Consultations and messages of one read. */
const sessionsAtOnce = 100;
const messagesAtOnce = 1_000;
const first = "00000000-0000-0000-0000-000000000000";

/** Some of a consultation's messages; a long one comes in several parts, of which the first opens it. */
export type ExportedPart = { session: ExportedSession; messages: ExportedMessage[]; opens: boolean };

/** Where the ids come from: those of an export that are still there, after an id, in their order. */
export type Ids = (tx: Tx, after: string, take: number) => Promise<string[]>;

/** Consultations that were there, and those of them that could be read. */
export type Counts = { seen: number; written: number };

export type ExportReader = { actor: Actor; permission: Permission; masked: boolean; ids: Ids };

/**
 * Parts of consultations in order: a long one comes in several. One that is destroyed or unreadable by now is left out.
 * @param progress told after each page of consultations how many there were so far; what it throws ends it
 */
export async function* exportedParts(
  reader: ExportReader,
  progress: (counts: Counts) => Promise<void>,
): AsyncGenerator<ExportedPart> {
  const counts: Counts = { seen: 0, written: 0 };
  for (let after: string | null = first; after !== null; ) {
    const page: Page = await read(reader.actor, reader.permission, (tx) => openPage(tx, reader, after ?? first));
    yield* partsOf(reader, page.sessions);
    counts.seen += page.seen;
    counts.written += page.sessions.length;
    await progress({ ...counts });
    after = page.last;
  }
}

async function* partsOf(reader: ExportReader, sessions: readonly Opened[]): AsyncGenerator<ExportedPart> {
  let at = 0;
  let opened = false;
  for (let cursor: Cursor | null = { session: first, at: new Date(0), id: 0n }; cursor; ) {
    const from: Cursor = cursor;
    const chunk: Chunk = await read(reader.actor, reader.permission, (tx) => openSome(tx, sessions, from));
    for (const { sessionId, messages } of chunk.groups) {
      for (let session = sessions[at]; session; session = sessions[at]) {
        const own = session.session.id === sessionId;
        if (own || !opened) yield { session: session.session, messages: own ? messages : [], opens: !opened };
        opened = own;
        if (own) break;
        at += 1;
      }
    }
    cursor = chunk.last;
  }
  for (const { session } of sessions.slice(opened ? at + 1 : at)) yield { session, messages: [], opens: true };
}

type Opened = { session: ExportedSession; key: Buffer };
type Page = { sessions: Opened[]; seen: number; last: string | null };
type Cursor = { session: string; at: Date; id: bigint };

type SessionRow = Omit<ExportedSession, "user"> & { userHandle: Uint8Array; userSealed: Uint8Array };

async function openPage(tx: Tx, { actor, masked, ids }: ExportReader, after: string): Promise<Page> {
  const wanted = await ids(tx, after, sessionsAtOnce);
  const rows = await tx.$queryRaw<SessionRow[]>`
    SELECT s.id, s.external_id AS "externalId", c.name AS channel, s.opened_at AS "openedAt", s.ended_at AS "endedAt", s.end_reason AS "endReason",
      s.extra, s.category, to_char(s.due_on, 'YYYY-MM-DD') AS "dueOn", s.user_handle AS "userHandle", s.user_sealed AS "userSealed"
    FROM consult_sessions s JOIN channels c ON c.id = s.channel_id WHERE s.id = ANY(${wanted}::uuid[]) ORDER BY s.id`;
  const keys = await openSessionKeys(
    tx,
    actor.organizationId,
    rows.map(({ id }) => id),
  );
  const sessions = rows.flatMap(({ userHandle, userSealed, ...row }): Opened[] => {
    const key = keys.get(row.id);
    if (!key) return [];
    const user = masked ? shortHandle(userHandle) : openUserKey(key, row.id, userSealed);
    return [{ key, session: { ...row, user } }];
  });
  return { sessions, seen: rows.length, last: wanted.length < sessionsAtOnce ? null : (wanted.at(-1) ?? null) };
}

type MessageRow = { id: bigint; sessionId: string; direction: string; kind: string; at: Date; sealed: Uint8Array };
type Chunk = { groups: { sessionId: string; messages: ExportedMessage[] }[]; last: Cursor | null };

/** The shelf is taken from the session's row in the same read: it may have moved since the last one. */
async function openSome(tx: Tx, sessions: readonly Opened[], after: Cursor): Promise<Chunk> {
  const keys = new Map(sessions.map(({ session, key }) => [session.id, key]));
  const ids = [...keys.keys()].filter((id) => id >= after.session);
  const found = await tx.$queryRaw<MessageRow[]>`
    SELECT m.id, m.session_id AS "sessionId", m.direction, m.kind, m.at, m.sealed
    FROM consult_sessions s JOIN messages m ON m.shelf = s.shelf AND m.session_id = s.id
    WHERE s.id = ANY(${ids}::uuid[]) AND (m.session_id, m.at, m.id) > (${after.session}::uuid, ${after.at}, ${after.id})
    ORDER BY m.session_id, m.at, m.id LIMIT ${messagesAtOnce}`;
  const groups: Chunk["groups"] = [];
  for (const { sessionId, direction, kind, at, sealed } of found) {
    const key = keys.get(sessionId);
    if (!key) continue;
    const message = { at, direction, kind, content: openMessage(key, { sessionId, direction, kind, at }, sealed) };
    const last = groups.at(-1);
    if (last?.sessionId === sessionId) last.messages.push(message);
    else groups.push({ sessionId, messages: [message] });
  }
  const end = found.length === messagesAtOnce ? found.at(-1) : undefined;
  return { groups, last: end ? { session: end.sessionId, at: end.at, id: end.id } : null };
}
