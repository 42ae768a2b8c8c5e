import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import type { Day } from "@/lib/clock";
import { cutPage, type Page, pageLength, placeCursor, readPlace } from "@/lib/keyset";
import { Prisma } from "@/prisma/generated/client";
import { labelHandle, openBlock } from "../commands/seal-block";
import type { BlockCounts } from "../rules/blocks";
import { type BlockState, blockStates, type ListBlocks } from "../schema/blocks";
import { blockEntries, countBlocks, placeOf } from "./block-states";

export type BlockEntry = {
  id: string;
  label: string;
  reason: string;
  blockedOn: Day | null;
  state: BlockState;
  /** When the consultation began that asks for the block; null where nobody came. */
  returnedAt: Date | null;
  /** When the newest mark was made. */
  markedAt: Date | null;
};

type Found = {
  id: string;
  label_sealed: Uint8Array;
  reason: string;
  blocked_on: string | null;
  place: number;
  sort_at: Date;
  consult_at: Date | null;
  marked_at: Date | null;
};

/** Where a page begins: place, instant and id of a row. */
const cursorSchema = z.tuple([z.number().int().min(0).max(3), z.iso.datetime(), z.uuid()]);

/**
 * Fifty entries of a channel's block list: who came back first, newest return first; then the others, newest first.
 * `q` finds the exact name (see labelHandle). Three queries, whatever the length of the list.
 */
export async function listBlocks(
  actor: Actor,
  channelId: string,
  filter: ListBlocks,
): Promise<Page<BlockEntry> & { counts: BlockCounts }> {
  const backwards = filter.before !== undefined;
  const cursor = readPlace(filter.before ?? filter.after, cursorSchema);
  const which = [Prisma.sql`b.channel_id = ${channelId}::uuid`];
  if (filter.q) which.push(Prisma.sql`b.label_handle = ${labelHandle(actor.organizationId, channelId, filter.q)}`);
  const shown = [Prisma.sql`TRUE`];
  if (filter.state) shown.push(Prisma.sql`e.place = ${placeOf(filter.state)}`);
  if (cursor) {
    const place = Prisma.sql`(${cursor[0]}::int, ${cursor[1]}::timestamptz, ${cursor[2]}::uuid)`;
    shown.push(
      backwards ? Prisma.sql`(e.place, e.sort_at, e.id) > ${place}` : Prisma.sql`(e.place, e.sort_at, e.id) < ${place}`,
    );
  }
  const way = backwards ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const { found, counts } = await read(actor, "block:read", async (tx) => ({
    found: await tx.$queryRaw<Found[]>`
      SELECT e.id, b.label_sealed, b.reason, b.blocked_on::text, e.place, e.sort_at, e.consult_at, e.marked_at
      FROM (${blockEntries(Prisma.join(which, " AND "))}) e JOIN blocked_users b ON b.id = e.id
      WHERE ${Prisma.join(shown, " AND ")}
      ORDER BY e.place ${way}, e.sort_at ${way}, e.id ${way} LIMIT ${pageLength + 1}`,
    counts: await countBlocks(tx, channelId),
  }));
  const page = cutPage(found, { back: backwards, cursor }, (row) =>
    placeCursor([row.place, row.sort_at.toISOString(), row.id]),
  );
  return { ...page, items: page.items.map(entryOf), counts };
}

function entryOf(row: Found): BlockEntry {
  const state = blockStates[blockStates.length - 1 - row.place] ?? "waiting";
  return {
    id: row.id,
    label: openBlock("label", row.label_sealed),
    reason: row.reason,
    blockedOn: row.blocked_on,
    state,
    returnedAt: state === "due" ? row.consult_at : null,
    markedAt: row.marked_at,
  };
}

/** How the list stands, for the channel's page. */
export function getBlockProgress(actor: Actor, channelId: string): Promise<BlockCounts> {
  return read(actor, "block:read", (tx) => countBlocks(tx, channelId));
}
