import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { can } from "@/lib/auth/permissions";
import type { Day } from "@/lib/clock";
import { toDay } from "@/lib/day-column";
import { Conflict, NotFound, Refused } from "@/lib/errors";
import { openBlock } from "../commands/seal-block";
import { assertMayMarkBlock, blockState, returnedAt } from "../rules/blocks";
import type { BlockMarkKind, BlockState } from "../schema/blocks";
import { blockFacts } from "./block-states";
import { namesOf } from "./names";

export type BlockView = {
  id: string;
  label: string;
  reason: string;
  blockedOn: Day | null;
  state: BlockState;
  returnedAt: Date | null;
  version: number;
  addedAt: Date;
  addedBy: string;
  /** In clear for those who block; for others that it is known. */
  userKey: { known: boolean; clear: string | null; handle: string };
  /** Newest first. */
  marks: { id: string; kind: BlockMarkKind; note: string; by: string; at: Date }[];
  /** The newest five consultations of the user, by when they began. */
  consults: { id: string; openedAt: Date; endedAt: Date | null }[];
};

/** One entry of a channel's block list, or null. */
export async function getBlock(actor: Actor, channelId: string, blockId: string): Promise<BlockView | null> {
  if (!z.uuid().safeParse(channelId).success || !z.uuid().safeParse(blockId).success) return null;
  return read(actor, "block:read", async (tx) => {
    const entry = await tx.blockedUser.findFirst({
      where: { id: blockId, channelId },
      include: { marks: { orderBy: [{ at: "desc" }, { id: "desc" }] } },
    });
    const [facts] = await blockFacts(tx, channelId, blockId);
    if (!entry || !facts) return null;
    const consults = entry.userHandle
      ? await tx.consultSession.findMany({
          where: { channelId, userHandle: entry.userHandle },
          select: { id: true, openedAt: true, endedAt: true },
          orderBy: { openedAt: "desc" },
          take: 5,
        })
      : [];
    const names = await namesOf(tx, [entry.personId, ...entry.marks.map(({ personId }) => personId)]);
    return {
      id: entry.id,
      label: openBlock("label", entry.labelSealed),
      reason: entry.reason,
      blockedOn: toDay(entry.blockedOn),
      state: blockState(facts),
      returnedAt: returnedAt(facts),
      version: entry.version,
      addedAt: entry.createdAt,
      addedBy: names.get(entry.personId) ?? "",
      userKey: {
        known: facts.known,
        clear: entry.userSealed && can(actor, "block:edit") ? openBlock("user", entry.userSealed) : null,
        handle: entry.userHandle ? Buffer.from(entry.userHandle).toString("hex") : "",
      },
      marks: entry.marks.map(({ id, kind, note, personId, at }) => ({
        ...{ id, note, at },
        kind: kind as BlockMarkKind,
        by: names.get(personId) ?? "",
      })),
      consults,
    };
  });
}

/**
 * The user_key of an entry that is to be blocked, for the dealer's call. @throws NotFound; Conflict when it changed meanwhile; Refused when no
 * user_key is known, or it is not to be blocked
 */
export function blockedUserKey(
  actor: Actor,
  { channelId, blockId, version }: { channelId: string; blockId: string; version: number },
): Promise<string> {
  return read(actor, "block:edit", async (tx) => {
    const entry = await tx.blockedUser.findFirst({ where: { id: blockId, channelId }, select: { userSealed: true } });
    const [facts] = await blockFacts(tx, channelId, blockId);
    if (!entry || !facts) throw new NotFound();
    if (facts.version !== version) throw new Conflict("channels.blocks.refused.stale");
    assertMayMarkBlock(blockState(facts), "blocked");
    if (!entry.userSealed) throw new Refused("channels.blocks.refused.unknown");
    return openBlock("user", entry.userSealed);
  });
}
