import { z } from "zod";
import type { Day } from "@/lib/clock";
import { toDay } from "@/lib/day-column";
import type { Tx } from "@/lib/db/client";
import { NotFound } from "@/lib/errors";
import type { ChannelLife } from "../rules/life";

export type LockedChannel = ChannelLife & {
  id: string;
  searchId: string;
  dealer: string | null;
  version: number;
  /** The end set for the channel itself; `endsOn` may come earlier, from a contract. */
  ownEndsOn: Day | null;
};

/** The channel with everything its rules ask for, held until the change is committed. @throws NotFound */
export async function lockChannel(tx: Tx, id: string): Promise<LockedChannel> {
  if (!z.uuid().safeParse(id).success) throw new NotFound();
  const held = await tx.$queryRaw<{ id: string }[]>`SELECT id FROM channels WHERE id = ${id}::uuid FOR UPDATE`;
  if (held.length === 0) throw new NotFound();
  const channel = await tx.channel.findUniqueOrThrow({ where: { id }, include: { goLive: true, end: true } });
  const last = await tx.channelLastDay.findUnique({ where: { channelId: id } });
  return {
    id: channel.id,
    searchId: channel.searchId,
    dealer: channel.dealer,
    version: channel.version,
    wentLiveAt: channel.goLive?.at ?? null,
    endsOn: toDay(last?.endsOn ?? null),
    ownEndsOn: toDay(channel.end?.endsOn ?? null),
  };
}
