// Entries of block lists with what their state follows from; rules/blocks says the same in TypeScript.
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import type { BlockCounts, BlockFacts } from "../rules/blocks";
import { type BlockMarkKind, type BlockState, blockStates } from "../schema/blocks";

/** One entry with its newest mark and its newest consultation; `which` narrows the entries, as `b`. */
function facts(which: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT b.id, b.channel_id, b.created_at, b.version, b.user_handle, m.kind, m.at AS marked_at, s.consult_at
    FROM blocked_users b
    LEFT JOIN LATERAL (SELECT k.kind, k.at FROM block_marks k
      WHERE k.organization_id = b.organization_id AND k.blocked_user_id = b.id ORDER BY k.at DESC, k.id DESC LIMIT 1) m ON true
    LEFT JOIN LATERAL (SELECT max(c.opened_at) AS consult_at FROM consult_sessions c
      WHERE c.channel_id = b.channel_id AND c.user_handle = b.user_handle) s ON b.user_handle IS NOT NULL
    WHERE ${which}`;
}

/** The same entries with their state, its place in the list (high is first) and the instant that orders them within it. */
export function blockEntries(which: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    SELECT f.*, CASE f.place WHEN 3 THEN coalesce(f.consult_at, f.created_at) ELSE f.created_at END AS sort_at
    FROM (SELECT e.*, CASE
        WHEN e.kind = 'dropped' THEN 0
        WHEN e.kind = 'blocked' AND (e.consult_at IS NULL OR e.consult_at <= e.marked_at) THEN 1
        WHEN e.user_handle IS NULL THEN 2
        ELSE 3 END AS place
      FROM (${facts(which)}) e) f`;
}

/** The state behind a place, first in the list first: due 3, waiting 2, blocked 1, dropped 0. */
export function placeOf(state: BlockState): number {
  return blockStates.length - 1 - blockStates.indexOf(state);
}

export type HeldEntry = BlockFacts & { id: string; version: number; userHandle: Uint8Array | null };

/** Facts of one entry of a channel, or none. */
export async function blockFacts(tx: Tx, channelId: string, blockId: string): Promise<HeldEntry[]> {
  const rows = await tx.$queryRaw<
    {
      id: string;
      version: number;
      user_handle: Uint8Array | null;
      kind: BlockMarkKind | null;
      marked_at: Date;
      consult_at: Date | null;
    }[]
  >(facts(Prisma.sql`b.channel_id = ${channelId}::uuid AND b.id = ${blockId}::uuid`));
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    userHandle: row.user_handle,
    known: row.user_handle !== null,
    mark: row.kind === null ? null : { kind: row.kind, at: row.marked_at },
    consultAt: row.consult_at,
  }));
}

/** How many entries of a channel stand where. */
export async function countBlocks(tx: Tx, channelId: string): Promise<BlockCounts> {
  const rows = await tx.$queryRaw<{ place: number; count: number }[]>`
    SELECT e.place, count(*)::int AS count FROM (${blockEntries(Prisma.sql`b.channel_id = ${channelId}::uuid`)}) e GROUP BY e.place`;
  const counts: BlockCounts = { due: 0, waiting: 0, blocked: 0, dropped: 0 };
  for (const state of blockStates) counts[state] = rows.find(({ place }) => place === placeOf(state))?.count ?? 0;
  return counts;
}

/** Channels of the organization where somebody is to be blocked again, with how many. */
export async function countDueBlocks(tx: Tx): Promise<{ channelId: string; count: number }[]> {
  return tx.$queryRaw<{ channelId: string; count: number }[]>`
    SELECT e.channel_id AS "channelId", count(*)::int AS count FROM (${blockEntries(Prisma.sql`b.user_handle IS NOT NULL`)}) e
    WHERE e.place = ${placeOf("due")} GROUP BY e.channel_id`;
}
