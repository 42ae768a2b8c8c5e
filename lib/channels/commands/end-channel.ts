import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { fromDay } from "@/lib/day-column";
import { Conflict, Refused } from "@/lib/errors";
import { assertMayEnd, assertMayWithdrawEnd } from "../rules/life";
import type { EndChannel, WithdrawEnd } from "../schema";
import { lockChannel } from "./channel-lock";

/**
 * Sets or moves the last day of use; buttons stop working at its 24:00 KST (guide 3-4).
 * @throws NotFound, Conflict when `version` is stale, Refused beside `endsOn` or when use has ended already
 */
export async function endChannel(actor: Actor, { channelId, version, endsOn, reason }: EndChannel): Promise<void> {
  await change(actor, "channel:end", async (tx, record) => {
    const channel = await lockChannel(tx, channelId);
    if (channel.version !== version) throw new Conflict("channels.refused.stale");
    const now = new Date();
    assertMayEnd(channel, endsOn, now);
    const end = { endsOn: fromDay(endsOn), reason, personId: personOf(actor).personId, at: now };
    await tx.channelEnd.upsert({
      where: { channelId },
      create: { channelId, organizationId: actor.organizationId, ...end },
      update: end,
    });
    await tx.channel.update({ where: { id: channelId }, data: { version: { increment: 1 } } });
    await record({
      action: "channel.end-set",
      target: { kind: "channel", id: channelId },
      body: { endsOn, before: channel.ownEndsOn },
    });
  });
}

/**
 * Takes the channel's own end back before it has come.
 * @throws NotFound, Conflict, Refused when there is none, it has passed, or the end is a contract's
 */
export async function withdrawEnd(actor: Actor, { channelId, version, reason }: WithdrawEnd): Promise<void> {
  await change(actor, "channel:end", async (tx, record) => {
    const channel = await lockChannel(tx, channelId);
    if (channel.version !== version) throw new Conflict("channels.refused.stale");
    assertMayWithdrawEnd(channel, new Date());
    if (channel.ownEndsOn === null) throw new Refused("channels.refused.contractEnd");
    await tx.channelEnd.delete({ where: { channelId } });
    await tx.channel.update({ where: { id: channelId }, data: { version: { increment: 1 } } });
    await record({
      action: "channel.end-withdrawn",
      target: { kind: "channel", id: channelId },
      reason,
      body: { before: channel.ownEndsOn },
    });
  });
}
