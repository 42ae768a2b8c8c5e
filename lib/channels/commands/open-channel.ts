import type { Actor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { kstDay } from "@/lib/clock";
import { toDay } from "@/lib/day-column";
import type { Tx } from "@/lib/db/client";
import { Conflict, Refused } from "@/lib/errors";
import type { EditChannel, OpenChannel } from "../schema";
import { type LockedChannel, lockChannel } from "./channel-lock";

/** Opens a channel; its search id is fixed from then on. @returns its id. @throws Refused beside `searchId` or `senderKey` when taken */
export async function openChannel(actor: Actor, input: OpenChannel): Promise<string> {
  return change(actor, "channel:open", async (tx, record) => {
    await holdIdentities(tx, actor.organizationId);
    if ((await tx.channel.count({ where: { searchId: input.searchId } })) > 0) {
      throw new Refused("channels.refused.searchIdTaken", "searchId", { searchId: input.searchId });
    }
    await assertSenderKeyFree(tx, input.senderKey, null);
    const { id } = await tx.channel.create({
      data: { organizationId: actor.organizationId, ...input },
      select: { id: true },
    });
    await record({ action: "channel.opened", target: { kind: "channel", id } });
    return id;
  });
}

/** Changes what may change of a channel. @throws NotFound, Conflict when `version` is stale, Refused beside `senderKey` */
export async function editChannel(actor: Actor, { channelId, version, ...profile }: EditChannel): Promise<void> {
  await change(actor, "channel:edit", async (tx, record) => {
    await holdIdentities(tx, actor.organizationId);
    const channel = await lockChannel(tx, channelId);
    if (channel.version !== version) throw new Conflict("channels.refused.stale");
    await assertSenderKeyFree(tx, profile.senderKey, channelId);
    if (channel.dealer !== profile.dealer) await assertDealerFree(tx, channel, profile.dealer);
    const before = await tx.channel.findUniqueOrThrow({ where: { id: channelId } });
    const fields = (Object.keys(profile) as (keyof typeof profile)[]).filter(
      (field) => before[field] !== profile[field],
    );
    await tx.channel.update({ where: { id: channelId }, data: { ...profile, version: { increment: 1 } } });
    await record({ action: "channel.edited", target: { kind: "channel", id: channelId }, body: { fields } });
  });
}

/** One at a time in an organization, so that a taken id is answered beside its field and never by a failed constraint. */
async function holdIdentities(tx: Tx, organizationId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`channels:${organizationId}`}, 0))`;
}

/**
 * A live channel, and one that another dealer's contract covers, changes its dealer by a switch: one at a time (dealer error 4060).
 * @throws Refused beside `dealer`
 */
async function assertDealerFree(tx: Tx, channel: LockedChannel, dealer: string | null): Promise<void> {
  if (channel.wentLiveAt !== null) throw new Refused("channels.refused.dealerLive", "dealer");
  const covers = await tx.contractChannel.findMany({
    where: {
      channelId: channel.id,
      contract: { service: true, ...(dealer === null ? {} : { dealer: { not: dealer } }) },
    },
    include: {
      contract: { include: { endings: { where: { outcome: "approved" }, orderBy: { closedAt: "desc" }, take: 1 } } },
    },
  });
  const today = kstDay(new Date());
  const standing = covers.find(({ contract: { endings }, untilOn }) => {
    const last = endings[0]?.kind === "end" ? endings[0].endsOn : untilOn;
    return last === null || toDay(last) >= today;
  });
  if (standing) throw new Refused("channels.refused.dealerContract", "dealer", { number: standing.contract.number });
}

async function assertSenderKeyFree(tx: Tx, senderKey: string | null, own: string | null): Promise<void> {
  if (senderKey === null) return;
  const holder = await tx.channel.findFirst({ where: { senderKey }, select: { id: true, searchId: true } });
  if (holder && holder.id !== own) {
    throw new Refused("channels.refused.senderKeyTaken", "senderKey", { searchId: holder.searchId });
  }
}
