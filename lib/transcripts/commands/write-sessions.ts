// The rows of a batch: sessions and their keys, sealed messages, the counters of each day, and the word that something came.
import { randomUUID } from "node:crypto";
import { openRing } from "@/lib/archive/rings";
import { externalHash, makeSessionKey, openSessionKey, sealMessage, sealUserKey } from "@/lib/archive/seal";
import type { DealerActor } from "@/lib/auth/actor";
import { kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { consultNotification } from "../queries/watch-consults";
import { type DayCount, dayCounts, mergeEvents, type SessionState } from "../rules";
import type { ConsultEvent, Refusal } from "../schema";
import { type Bringing, bringing, numberMessages, writeAttachments } from "./write-attachments";

/** An event on its way in. `at` is its place in the caller's list; hashes and handle in hex. */
export type Arrival = {
  at: number;
  event: ConsultEvent;
  key: string;
  digest: string;
  handle: string;
  externalId: string | null;
};

type Intake = {
  actor: Pick<DealerActor, "connectionId" | "organizationId" | "rehearsalId">;
  channelId: string;
  receivedAt: Date;
};

type LockedSession = SessionState & {
  id: string;
  externalId: string;
  handle: string;
  shelf: string;
  ring: string | null;
  wrapped: Uint8Array | null;
};

/** A session with what this batch makes of it. `before` is null for a new one. */
type Draft = {
  id: string;
  externalId: string;
  handle: string;
  shelf: string;
  before: SessionState | null;
  after: SessionState;
  key: Buffer;
  ring: string;
  wrapped: Uint8Array;
  arrivals: Arrival[];
};

const idsPerNotification = 150;

/** Writes the events of one connection; what cannot be kept is put into `taken` with its reason. */
export async function writeSessions(
  tx: Tx,
  intake: Intake,
  arrivals: readonly Arrival[],
  taken: Map<number, Refusal>,
): Promise<void> {
  const groups = new Map<string, Arrival[]>();
  for (const arrival of arrivals) {
    const name = arrival.externalId ?? "";
    groups.set(name, [...(groups.get(name) ?? []), arrival]);
  }
  const names = [...groups.keys()].sort();
  const known = await lockSessions(tx, intake.channelId, names);
  const missing = names.filter((name) => !known.has(name));
  const made = await openSessions(
    tx,
    intake,
    missing.map((name) => newDraft(intake, name, groups.get(name) ?? [], taken)),
  );
  // Another transaction was quicker to open these: they are there now.
  const lost = missing.filter((name) => !made.some((draft) => draft.externalId === name));
  for (const [name, session] of lost.length > 0 ? await lockSessions(tx, intake.channelId, lost) : [])
    known.set(name, session);
  // Or it was destroyed: what comes late does not bring it back.
  for (const name of lost)
    if (!known.has(name)) for (const { at } of groups.get(name) ?? []) taken.set(at, "destroyed");

  const drafts = [...made];
  for (const [name, session] of known) {
    const draft = knownDraft(intake, session, groups.get(name) ?? [], taken);
    if (draft) drafts.push(draft);
  }
  if (drafts.length === 0) return;
  await writeRows(tx, intake, drafts);
  await markReturning(tx, intake.channelId, drafts);
  await announce(tx, intake.actor.organizationId, drafts);
}

async function lockSessions(tx: Tx, channelId: string, names: string[]): Promise<Map<string, LockedSession>> {
  const rows = await tx.$queryRaw<LockedSession[]>`
    SELECT s.id, s.external_id AS "externalId", encode(s.user_handle, 'hex') AS handle, s.shelf, s.opened_by AS "openedBy", s.opened_at AS "openedAt",
      s.extra, s.entry, s.last_user_message_at AS "lastUserMessageAt", s.last_message_at AS "lastMessageAt", s.message_count AS "messageCount",
      s.ended_at AS "endedAt", s.end_reason AS "endReason", k.ring, k.wrapped
    FROM consult_sessions s LEFT JOIN session_keys k ON k.session_id = s.id
    WHERE s.channel_id = ${channelId}::uuid AND s.external_id = ANY(${names}::text[]) ORDER BY s.id FOR UPDATE OF s`;
  return new Map(rows.map((row) => [row.externalId, row]));
}

function newDraft(intake: Intake, externalId: string, arrivals: Arrival[], taken: Map<number, Refusal>): Draft {
  const handle = arrivals[0]?.handle ?? "";
  const own = ofOneUser(arrivals, handle, taken);
  const after = mergeEvents(
    null,
    own.map(({ event }) => event),
  );
  const id = randomUUID();
  const { key, ring, wrapped } = makeSessionKey(intake.actor.organizationId, id, openRing(kstDay(intake.receivedAt)));
  return { id, externalId, handle, shelf: "open", before: null, after, key, ring, wrapped, arrivals: own };
}

function knownDraft(
  intake: Intake,
  session: LockedSession,
  arrivals: Arrival[],
  taken: Map<number, Refusal>,
): Draft | null {
  const { id, externalId, handle, shelf, ring, wrapped } = session;
  const own = ofOneUser(arrivals, handle, taken);
  const key = ring && wrapped ? openSessionKey(intake.actor.organizationId, id, { ring, wrapped }) : null;
  if (!key || !ring || !wrapped) {
    for (const { at } of own) taken.set(at, "destroyed");
    return null;
  }
  if (own.length === 0) return null;
  const after = mergeEvents(
    session,
    own.map(({ event }) => event),
  );
  return { id, externalId, handle, shelf, before: session, after, key, ring, wrapped, arrivals: own };
}

/** A session is one user's: what names another under the same session id is not put among his messages. */
function ofOneUser(arrivals: Arrival[], handle: string, taken: Map<number, Refusal>): Arrival[] {
  return arrivals.filter((arrival) => {
    if (arrival.handle === handle) return true;
    taken.set(arrival.at, "other_user");
    return false;
  });
}

/** Inserts new sessions with their keys. @returns those that nobody else had opened meanwhile and that were not destroyed before */
async function openSessions(tx: Tx, intake: Intake, drafts: Draft[]): Promise<Draft[]> {
  if (drafts.length === 0) return [];
  // One at a time per user, so that of two first consults at the same moment one is the returning one.
  const locks = [...new Set(drafts.map(({ handle }) => `${intake.channelId}:${handle}`))].sort();
  await tx.$executeRaw`SELECT count(pg_advisory_xact_lock(hashtextextended(name, 0))) FROM unnest(${locks}::text[]) AS name`;
  const { organizationId } = intake.actor;
  const hashes = drafts.map(({ externalId }) => hex(externalHash(organizationId, intake.channelId, externalId)));
  const made = await tx.$queryRaw<{ id: string }[]>`
    WITH given AS (
      SELECT * FROM unnest(${drafts.map(({ id }) => id)}::uuid[], ${drafts.map(({ externalId }) => externalId)}::text[],
        ${drafts.map(({ handle }) => handle)}::text[], ${drafts.map(sealedUser)}::text[], ${drafts.map(({ after }) => after.openedBy)}::text[],
        ${drafts.map(({ after }) => after.openedAt)}::timestamptz[], ${drafts.map(({ ring }) => ring)}::text[],
        ${drafts.map(({ wrapped }) => hex(wrapped))}::text[], ${hashes}::text[])
        AS g (id, external_id, handle, user_sealed, opened_by, opened_at, ring, wrapped, external_hash)
    ), hung AS (
      INSERT INTO ring_keys (organization_id, name) SELECT DISTINCT ${intake.actor.organizationId}::uuid, ring FROM given ON CONFLICT DO NOTHING
    ), made AS (
      INSERT INTO consult_sessions (id, organization_id, channel_id, connection_id, external_id, user_handle, user_sealed, opened_by, opened_at, received_at, rehearsal_id)
      SELECT id, ${intake.actor.organizationId}::uuid, ${intake.channelId}::uuid, ${intake.actor.connectionId}::uuid, external_id,
        decode(handle, 'hex'), decode(user_sealed, 'hex'), opened_by, opened_at, ${intake.receivedAt}, ${intake.actor.rehearsalId ?? null}::uuid
      FROM given WHERE NOT EXISTS (SELECT 1 FROM tombstones t WHERE t.channel_id = ${intake.channelId}::uuid AND t.external_hash = decode(given.external_hash, 'hex'))
      ORDER BY external_id
      ON CONFLICT (channel_id, external_id) DO NOTHING RETURNING id
    ), kept AS (
      INSERT INTO session_keys (session_id, organization_id, ring, wrapped)
      SELECT given.id, ${intake.actor.organizationId}::uuid, ring, decode(wrapped, 'hex') FROM given JOIN made ON made.id = given.id
    )
    SELECT id FROM made`;
  const ids = new Set(made.map(({ id }) => id));
  return drafts.filter(({ id }) => ids.has(id));
}

/** Sessions, messages and counters in one statement. */
async function writeRows(tx: Tx, intake: Intake, drafts: Draft[]): Promise<void> {
  const { organizationId, connectionId, rehearsalId = null } = intake.actor;
  const rows = drafts.flatMap((draft) => draft.arrivals.flatMap(({ event }) => sealedRow(draft, event)));
  // A rehearsal is never counted, and nobody keeps its files.
  const brought = rows.map((row) => (rehearsalId === null ? row.brings : null));
  const ids = await numberMessages(tx, brought);
  const days = rehearsalId === null ? sumDays(drafts) : [];
  const taken = drafts.reduce((sum, { arrivals }) => sum + arrivals.length, 0);
  const after = drafts.map((draft) => draft.after);
  await tx.$executeRaw`
    WITH given AS (
      SELECT g.*, p.id AS placement_id FROM unnest(${drafts.map(({ id }) => id)}::uuid[], ${after.map((s) => s.openedBy)}::text[],
        ${after.map((s) => s.openedAt)}::timestamptz[], ${after.map((s) => s.extra)}::text[], ${after.map((s) => s.entry)}::text[],
        ${after.map((s) => s.lastUserMessageAt)}::timestamptz[], ${after.map((s) => s.lastMessageAt)}::timestamptz[],
        ${after.map((s) => s.messageCount)}::int[], ${after.map((s) => s.endedAt)}::timestamptz[], ${after.map((s) => s.endReason)}::text[])
        AS g (id, opened_by, opened_at, extra, entry, last_user_message_at, last_message_at, message_count, ended_at, end_reason)
      LEFT JOIN placements p ON p.code = g.extra
    ), changed AS (
      UPDATE consult_sessions s SET opened_by = g.opened_by, opened_at = g.opened_at, extra = g.extra, placement_id = coalesce(s.placement_id, g.placement_id),
        entry = g.entry, last_user_message_at = g.last_user_message_at, last_message_at = g.last_message_at, message_count = g.message_count,
        ended_at = g.ended_at, end_reason = g.end_reason, reckoned = 0
      FROM given g WHERE s.id = g.id
    ), said AS (
      INSERT INTO messages (id, shelf, organization_id, session_id, direction, kind, at, received_at, sealed)
      SELECT coalesce(id, nextval('messages_id_seq')), shelf, ${organizationId}::uuid, session_id, direction, kind, at, ${intake.receivedAt}, decode(sealed, 'hex')
      FROM unnest(${ids}::bigint[], ${rows.map((r) => r.shelf)}::text[], ${rows.map((r) => r.sessionId)}::uuid[], ${rows.map((r) => r.direction)}::text[],
        ${rows.map((r) => r.kind)}::text[], ${rows.map((r) => r.at)}::timestamptz[], ${rows.map((r) => r.sealed)}::text[])
        AS r (id, shelf, session_id, direction, kind, at, sealed)
    ), counted AS (
      INSERT INTO consult_days AS c (organization_id, channel_id, day, sessions, messages)
      SELECT ${organizationId}::uuid, ${intake.channelId}::uuid, day, sessions, messages
      FROM unnest(${days.map((d) => d.day)}::date[], ${days.map((d) => d.sessions)}::int[], ${days.map((d) => d.messages)}::int[]) AS d (day, sessions, messages)
      ORDER BY day
      ON CONFLICT (organization_id, channel_id, day) DO UPDATE SET sessions = c.sessions + excluded.sessions, messages = c.messages + excluded.messages
    )
    INSERT INTO connection_days AS c (organization_id, connection_id, day, events, last_at)
    SELECT ${organizationId}::uuid, ${connectionId}::uuid, (${intake.receivedAt}::timestamptz AT TIME ZONE 'Asia/Seoul')::date, ${taken}::int, ${intake.receivedAt}::timestamptz
    WHERE ${rehearsalId}::uuid IS NULL
    ON CONFLICT (organization_id, connection_id, day) DO UPDATE SET events = c.events + excluded.events, last_at = greatest(c.last_at, excluded.last_at)`;
  await writeAttachments(tx, organizationId, brought, ids, intake.receivedAt);
}

type Row = { shelf: string; sessionId: string; direction: string; kind: string; at: Date; sealed: string } & {
  brings: Bringing | null;
};

function sealedRow({ id, shelf, key }: Draft, event: ConsultEvent): Row[] {
  const { direction, row, at, content } = event;
  if (row === null || content === null) return [];
  const place = { sessionId: id, direction, kind: row, at };
  return [{ ...place, shelf, sealed: hex(sealMessage(key, place, content)), brings: bringing(id, key, event) }];
}

function sealedUser({ key, id, arrivals }: Draft): string {
  return hex(sealUserKey(key, id, arrivals[0]?.event.userKey ?? ""));
}

function sumDays(drafts: Draft[]): DayCount[] {
  const days = new Map<string, DayCount>();
  for (const { before, after, arrivals } of drafts) {
    for (const count of dayCounts(
      before,
      after,
      arrivals.map(({ event }) => event),
    )) {
      const sum = days.get(count.day) ?? { day: count.day, sessions: 0, messages: 0 };
      days.set(count.day, { ...sum, sessions: sum.sessions + count.sessions, messages: sum.messages + count.messages });
    }
  }
  return [...days.values()];
}

/** The same user again (guide 2 STEP 5): marks what has an earlier session of the same handle, also one that arrives late. */
async function markReturning(tx: Tx, channelId: string, drafts: Draft[]): Promise<void> {
  const moved = drafts.filter(({ before, after }) => !before || before.openedAt.getTime() !== after.openedAt.getTime());
  if (moved.length === 0) return;
  await tx.$executeRaw`
    UPDATE consult_sessions s SET "returning" = true
    WHERE s.channel_id = ${channelId}::uuid AND NOT s."returning"
      AND s.user_handle IN (SELECT decode(h, 'hex') FROM unnest(${moved.map(({ handle }) => handle)}::text[]) AS h)
      AND EXISTS (SELECT 1 FROM consult_sessions e WHERE e.channel_id = s.channel_id AND e.user_handle = s.user_handle
        AND (e.opened_at, e.id) < (s.opened_at, s.id))`;
}

/** Tells every monitor which sessions changed, once committed. Ids only. */
async function announce(tx: Tx, organizationId: string, drafts: Draft[]): Promise<void> {
  const payloads: string[] = [];
  for (let at = 0; at < drafts.length; at += idsPerNotification) {
    payloads.push([organizationId, ...drafts.slice(at, at + idsPerNotification).map(({ id }) => id)].join(" "));
  }
  await tx.$executeRaw`SELECT count(pg_notify(${consultNotification}, payload)) FROM unnest(${payloads}::text[]) AS payload`;
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("hex");
}
