// Channels of the import's drill, each with a connection; the file's sender key belongs to one of them at a time.
import type pg from "pg";
import { connectAsOwner } from "@/lib/db/owner";
import { senderKey } from "@/lib/transcripts/import-samples";

export type Target = { searchId: string; channelId: string; organizationId: string };

/** A channel like @한결생활, without consultations. */
export async function addTarget(url: string, searchId: string): Promise<Target> {
  return withOwner(url, async (owner) => {
    const { rows } = await owner.query<Target>(
      `INSERT INTO channels SELECT (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'search_id', $1::text, 'sender_key', NULL, 'public_id', NULL))).*
       FROM channels c WHERE search_id = '한결생활'
       RETURNING search_id AS "searchId", id::text AS "channelId", organization_id::text AS "organizationId"`,
      [searchId],
    );
    const target = rows[0];
    if (!target) throw new Error("The demonstration has no @한결생활");
    await owner.query(
      "INSERT INTO dealer_connections (organization_id, channel_id, format, created_by) VALUES ($1, $2, 'canonical', 'trust')",
      [target.organizationId, target.channelId],
    );
    return target;
  });
}

export function giveKey(url: string, { channelId }: Target): Promise<void> {
  return withOwner(url, async (owner) => {
    await owner.query("UPDATE channels SET sender_key = NULL WHERE sender_key = $1", [senderKey]);
    await owner.query("UPDATE channels SET sender_key = $2 WHERE id = $1", [channelId, senderKey]);
  });
}

/** Rows of the file that are passed, or -1 before it is begun or while the database is away. */
export async function rowsPassed(url: string, { channelId }: Target): Promise<number> {
  return withOwner(url, async (owner) => {
    const { rows } = await owner.query<{ rows: number }>(
      "SELECT i.rows FROM transcript_imports i JOIN dealer_connections d ON d.id = i.connection_id WHERE d.channel_id = $1 ORDER BY i.started_at DESC LIMIT 1",
      [channelId],
    );
    return rows[0]?.rows ?? -1;
  }).catch(() => -1);
}

/**
 * What auditors see of a channel's consultations and of the file's bad rows, without what differs between any two. Last days are left
 * out: a server's job reckons them, at its own time.
 */
export function endState(url: string, { channelId }: Target): Promise<{ sessions: string; faults: string[] }> {
  return withOwner(url, async (owner) => {
    const { rows } = await owner.query<{ sum: string }>(
      `SELECT md5(string_agg(concat_ws('|', c.session, c.opened, c.ended, c.opened_by, c.messages, c.counted, c.key, c.category), E'\\n' ORDER BY c.session)) AS sum
       FROM check_sessions c JOIN consult_sessions s ON s.id = c.id WHERE s.channel_id = $1`,
      [channelId],
    );
    const faults = await owner.query<{ line: string }>(
      `SELECT concat(f.row, ' ', f.reason) AS line FROM import_faults f JOIN transcript_imports i ON i.id = f.import_id
       JOIN dealer_connections d ON d.id = i.connection_id WHERE d.channel_id = $1 ORDER BY f.row`,
      [channelId],
    );
    return { sessions: rows[0]?.sum ?? "", faults: faults.rows.map(({ line }) => line) };
  });
}

export async function withOwner<T>(url: string, fn: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = await connectAsOwner(url);
  return fn(owner).finally(() => owner.end());
}
