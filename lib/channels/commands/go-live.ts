import type { Actor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { assertMayGoLive, onboardingProgress } from "../rules";
import type { GoLive } from "../schema";
import { lockChannel, newestMarks, personOf } from "./channel-lock";

/**
 * Takes a channel live: from here on the chat of Kakao's channel centre is off and cannot be brought back (guide 3-3).
 * @throws NotFound; Refused while an item is open, when live before, or ended
 */
export async function goLive(actor: Actor, { channelId }: GoLive): Promise<void> {
  await change(actor, "channel:go-live", async (tx, record) => {
    const channel = await lockChannel(tx, channelId);
    const marks = await newestMarks(tx, channelId);
    const now = new Date();
    assertMayGoLive(channel, marks, now);
    await tx.channelGoLive.create({
      data: { channelId, organizationId: actor.organizationId, personId: personOf(actor).personId, at: now },
    });
    await tx.channel.update({ where: { id: channelId }, data: { version: { increment: 1 } } });
    const { of } = onboardingProgress(channel.dealer, marks);
    await record({ action: "channel.went-live", target: { kind: "channel", id: channelId }, body: { items: of } });
  });
}
