// The act of destruction: keys first of all, then every row that names or holds somebody. What it destroys is for its caller to have decided.
import type { JobActor } from "@/lib/auth/actor";
import { ingest, read } from "@/lib/auth/door";
import { kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { organizationsWithRemovals } from "@/lib/db/crossings";
import { rehearsing } from "@/lib/db/rehearsing";
import { fileStore } from "@/lib/storage";
import { externalHash } from "./seal";

export type Destroyed = {
  sessions: number;
  messages: number;
  files: number;
  /** Names of the ring keys on which the destroyed keys hung. */
  rings: string[];
};

type Doomed = { id: string; channelId: string; externalId: string; shelf: string };

/**
 * Destroys sessions in the caller's transaction: keys, marks, looks, files, exports that hold one of them, the sessions themselves. Leaves a
 * tombstone each and the counts that statistics keep. Ciphertext on a shelf whose month is over goes with the shelf; elsewhere at once.
 * Ids without a session are passed over.
 */
export async function destroySessions(
  tx: Tx,
  organizationId: string,
  destructionId: string,
  sessionIds: readonly string[],
  now: Date,
): Promise<Destroyed> {
  // They are named one by one: what was rehearsed may be among them.
  await rehearsing(tx);
  const wanted = [...sessionIds];
  const doomed = await tx.$queryRaw<Doomed[]>`
    SELECT id, channel_id AS "channelId", external_id AS "externalId", shelf FROM consult_sessions
    WHERE organization_id = ${organizationId}::uuid AND id = ANY(${wanted}::uuid[]) ORDER BY id FOR UPDATE`;
  if (doomed.length === 0) return { sessions: 0, messages: 0, files: 0, rings: [] };
  const ids = doomed.map(({ id }) => id);
  const rings = await tx.$queryRaw<{ ring: string }[]>`
    WITH files AS (
      DELETE FROM file_keys k USING attachments a WHERE a.id = k.attachment_id AND a.organization_id = ${organizationId}::uuid AND a.session_id = ANY(${ids}::uuid[])
      RETURNING k.ring
    ), sessions AS (DELETE FROM session_keys WHERE session_id = ANY(${ids}::uuid[]) RETURNING ring)
    SELECT ring FROM files UNION SELECT ring FROM sessions ORDER BY ring`;
  const files = await removeAttachments(tx, organizationId, ids, now);
  await revokeExports(tx, organizationId, ids, now);
  await tx.$executeRaw`DELETE FROM looks WHERE organization_id = ${organizationId}::uuid AND session_id = ANY(${ids}::uuid[])`;
  await tx.$executeRaw`DELETE FROM session_marks WHERE organization_id = ${organizationId}::uuid AND session_id = ANY(${ids}::uuid[])`;
  await removeMessages(tx, doomed, now);
  await leaveTombstones(tx, organizationId, destructionId, doomed);
  const messages = await removeSessions(tx, organizationId, ids);
  return { sessions: ids.length, messages, files, rings: rings.map(({ ring }) => ring) };
}

async function removeAttachments(tx: Tx, organizationId: string, ids: string[], now: Date): Promise<number> {
  const [count] = await tx.$queryRaw<{ files: number }[]>`
    WITH gone AS (
      DELETE FROM attachments WHERE organization_id = ${organizationId}::uuid AND session_id = ANY(${ids}::uuid[]) RETURNING file_id
    ), queued AS (
      INSERT INTO file_removals (file_id, organization_id, at) SELECT file_id, ${organizationId}::uuid, ${now} FROM gone WHERE file_id IS NOT NULL
      ON CONFLICT DO NOTHING
    )
    SELECT count(file_id)::int AS files FROM gone`;
  return count?.files ?? 0;
}

/** A file that holds one of them goes as a whole: what else was in it can be asked for again. */
async function revokeExports(tx: Tx, organizationId: string, ids: string[], now: Date): Promise<void> {
  await tx.$executeRaw`
    WITH holding AS (
      DELETE FROM export_sessions WHERE organization_id = ${organizationId}::uuid AND session_id = ANY(${ids}::uuid[]) RETURNING export_id
    ), gone AS (
      UPDATE transcript_exports SET gone_at = ${now}, gone_why = 'destroyed', password_sealed = NULL
      WHERE organization_id = ${organizationId}::uuid AND id IN (SELECT export_id FROM holding) AND gone_at IS NULL AND file_id IS NOT NULL RETURNING file_id
    )
    INSERT INTO file_removals (file_id, organization_id, at) SELECT file_id, ${organizationId}::uuid, ${now} FROM gone ON CONFLICT DO NOTHING`;
}

async function removeMessages(tx: Tx, doomed: readonly Doomed[], now: Date): Promise<void> {
  const month = kstDay(now).slice(0, 7);
  const atOnce = (shelf: string) => shelf === "open" || shelf === "held" || shelf.slice(-7) >= month;
  for (const shelf of [...new Set(doomed.map((one) => one.shelf))].filter(atOnce)) {
    const ids = doomed.filter((one) => one.shelf === shelf).map(({ id }) => id);
    await tx.$executeRaw`DELETE FROM messages WHERE shelf = ${shelf} AND session_id = ANY(${ids}::uuid[])`;
  }
}

async function leaveTombstones(
  tx: Tx,
  organizationId: string,
  destructionId: string,
  doomed: readonly Doomed[],
): Promise<void> {
  const hashes = doomed.map((one) => externalHash(organizationId, one.channelId, one.externalId).toString("hex"));
  await tx.$executeRaw`
    INSERT INTO tombstones (channel_id, external_hash, organization_id, session_id, destruction_id, at)
    SELECT channel_id, decode(hash, 'hex'), ${organizationId}::uuid, id, ${destructionId}::uuid, clock_timestamp()
    FROM unnest(${doomed.map(({ id }) => id)}::uuid[], ${doomed.map(({ channelId }) => channelId)}::uuid[], ${hashes}::text[]) AS t (id, channel_id, hash)
    ON CONFLICT DO NOTHING`;
}

/** @returns how many messages they had counted */
async function removeSessions(tx: Tx, organizationId: string, ids: string[]): Promise<number> {
  const [count] = await tx.$queryRaw<{ messages: number }[]>`
    WITH gone AS (
      DELETE FROM consult_sessions WHERE organization_id = ${organizationId}::uuid AND id = ANY(${ids}::uuid[])
      RETURNING channel_id, opened_at, category, extra, "returning", message_count, rehearsal_id
    ), counted AS (
      INSERT INTO destroyed_days AS d (organization_id, channel_id, day, category, extra, sessions, "returning", messages)
      SELECT ${organizationId}::uuid, channel_id, (opened_at AT TIME ZONE 'Asia/Seoul')::date, category, coalesce(extra, ''), count(*),
        count(*) FILTER (WHERE "returning"), sum(message_count)
      FROM gone WHERE rehearsal_id IS NULL GROUP BY channel_id, 3, category, coalesce(extra, '') ORDER BY 2, 3, 4, 5
      ON CONFLICT (organization_id, channel_id, day, category, extra) DO UPDATE SET sessions = d.sessions + excluded.sessions,
        "returning" = d."returning" + excluded."returning", messages = d.messages + excluded.messages
    )
    SELECT coalesce(sum(message_count), 0)::int AS messages FROM gone`;
  return count?.messages ?? 0;
}

/** Destroys files whose last day came before their session's; what stays says that there was one. @returns how many, and their rings */
export async function destroyFiles(
  tx: Tx,
  organizationId: string,
  attachmentIds: readonly string[],
  now: Date,
): Promise<{ files: number; rings: string[] }> {
  const ids = [...attachmentIds];
  const rows = await tx.$queryRaw<{ ring: string | null; files: number }[]>`
    WITH doomed AS (
      SELECT id, file_id FROM attachments WHERE organization_id = ${organizationId}::uuid AND id = ANY(${ids}::uuid[]) AND state <> 'destroyed' ORDER BY id FOR UPDATE
    ), keys AS (DELETE FROM file_keys WHERE attachment_id IN (SELECT id FROM doomed) RETURNING ring
    ), queued AS (
      INSERT INTO file_removals (file_id, organization_id, at) SELECT file_id, ${organizationId}::uuid, ${now} FROM doomed WHERE file_id IS NOT NULL
      ON CONFLICT DO NOTHING
    ), gone AS (
      UPDATE attachments SET state = 'destroyed', reason = '', file_id = NULL, sealed = ''::bytea, bytes = NULL, sha256 = NULL, mime = '', next_try_at = NULL
      WHERE id IN (SELECT id FROM doomed) RETURNING 1
    )
    SELECT (SELECT count(*)::int FROM gone) AS files, k.ring FROM (SELECT 1) one LEFT JOIN (SELECT DISTINCT ring FROM keys) k ON true`;
  return { files: rows[0]?.files ?? 0, rings: rows.flatMap(({ ring }) => ring ?? []).sort() };
}

const most = 500;

/** Removes from the store what was destroyed; a file whose row could not be deleted is removed again, which does nothing. @returns how many */
export async function removeFiles(): Promise<number> {
  let removed = 0;
  for (const organizationId of await organizationsWithRemovals()) {
    const actor: JobActor = { kind: "job", name: "file-removals", organizationId };
    const files = await read(actor, "retention:reckon", (tx) =>
      tx.fileRemoval.findMany({ select: { fileId: true }, orderBy: { at: "asc" }, take: most }),
    );
    const ids = files.map(({ fileId }) => fileId);
    for (const id of ids) await fileStore().remove(id);
    await ingest(actor, "retention:reckon", (tx) => tx.fileRemoval.deleteMany({ where: { fileId: { in: ids } } }));
    removed += ids.length;
  }
  return removed;
}
