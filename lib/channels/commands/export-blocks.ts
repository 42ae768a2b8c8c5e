import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { change, read } from "@/lib/auth/door";
import { can } from "@/lib/auth/permissions";
import type { Day } from "@/lib/clock";
import { NotFound } from "@/lib/errors";
import { Prisma } from "@/prisma/generated/client";
import { blockEntries } from "../queries/block-states";
import { type BlockState, blockStates } from "../schema/blocks";
import { openBlock } from "./seal-block";

export type BlockLine = {
  label: string;
  reason: string;
  blockedOn: Day | null;
  state: BlockState;
  returnedAt: Date | null;
  /** Empty where it is not known, and for those who may not block. */
  userKey: string;
};

type Found = {
  id: string;
  created_at: Date;
  label_sealed: Uint8Array;
  user_sealed: Uint8Array | null;
  reason: string;
  blocked_on: string | null;
  place: number;
  consult_at: Date | null;
};

/** Entries read at once. */
const step = 500;

/** Records that the list was handed out, and hands it out by pages, in the order in which it was made. @throws NotFound */
export async function exportBlocks(
  actor: Actor,
  channelId: string,
): Promise<{ searchId: string; pages: AsyncGenerator<BlockLine[]> }> {
  if (!z.uuid().safeParse(channelId).success) throw new NotFound();
  const searchId = await change(actor, "block:read", async (tx, record) => {
    const channel = await tx.channel.findUnique({ where: { id: channelId }, select: { searchId: true } });
    if (!channel) throw new NotFound();
    const count = await tx.blockedUser.count({ where: { channelId } });
    const body = { count, userKeys: can(actor, "block:edit") };
    await record({ action: "block.exported", target: { kind: "channel", id: channelId }, body });
    return channel.searchId;
  });
  return { searchId, pages: pages(actor, channelId) };
}

async function* pages(actor: Actor, channelId: string): AsyncGenerator<BlockLine[]> {
  const mayBlock = can(actor, "block:edit");
  let last: Found | undefined;
  do {
    const below = last
      ? Prisma.sql`(b.created_at, b.id) < (${last.created_at}::timestamptz, ${last.id}::uuid)`
      : Prisma.sql`TRUE`;
    const which = Prisma.sql`b.id IN (SELECT b.id FROM blocked_users b WHERE b.channel_id = ${channelId}::uuid AND ${below}
      ORDER BY b.created_at DESC, b.id DESC LIMIT ${step})`;
    const found = await read(
      actor,
      "block:read",
      (tx) => tx.$queryRaw<Found[]>`
        SELECT e.id, e.created_at, b.label_sealed, b.user_sealed, b.reason, b.blocked_on::text, e.place, e.consult_at
        FROM (${blockEntries(which)}) e JOIN blocked_users b ON b.id = e.id ORDER BY e.created_at DESC, e.id DESC`,
    );
    if (found.length > 0) yield found.map((row) => lineOf(row, mayBlock));
    last = found.length === step ? found.at(-1) : undefined;
  } while (last);
}

function lineOf(row: Found, mayBlock: boolean): BlockLine {
  const state = blockStates[blockStates.length - 1 - row.place] ?? "waiting";
  return {
    label: openBlock("label", row.label_sealed),
    reason: row.reason,
    blockedOn: row.blocked_on,
    state,
    returnedAt: state === "due" ? row.consult_at : null,
    userKey: mayBlock && row.user_sealed ? openBlock("user", row.user_sealed) : "",
  };
}
