import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { kstDay } from "@/lib/clock";
import { fromDay } from "@/lib/day-column";
import { Refused } from "@/lib/errors";
import type { AddBlock } from "../schema/blocks";
import { lockChannel } from "./channel-lock";
import { labelHandle, sealBlock } from "./seal-block";

/**
 * Puts one person on the channel's block list. @returns the entry's id
 * @throws NotFound, Refused beside `label` when the same name blocked on the same day is there, beside `blockedOn` for a coming day
 */
export async function addBlock(actor: Actor, { channelId, label, reason, blockedOn }: AddBlock): Promise<string> {
  return change(actor, "block:edit", async (tx, record) => {
    await lockChannel(tx, channelId);
    const now = new Date();
    if (blockedOn !== null && blockedOn > kstDay(now)) throw new Refused("channels.blocks.refused.future", "blockedOn");
    const day = fromDay(blockedOn);
    const handle = labelHandle(actor.organizationId, channelId, label);
    if ((await tx.blockedUser.count({ where: { channelId, labelHandle: handle, blockedOn: day } })) > 0) {
      throw new Refused("channels.blocks.refused.there", "label", { label });
    }
    const { id } = await tx.blockedUser.create({
      data: {
        organizationId: actor.organizationId,
        channelId,
        labelSealed: sealBlock("label", label),
        labelHandle: handle,
        reason,
        blockedOn: day,
        personId: personOf(actor).personId,
        createdAt: now,
      },
      select: { id: true },
    });
    await record({ action: "block.added", target: { kind: "channel", id: channelId }, body: { block: id } });
    return id;
  });
}
