import type { Actor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { assertMayMark, type ItemMark, newestMark } from "../rules";
import type { MarkOnboarding, OnboardingKey } from "../schema";
import { lockChannel, newestMarks, personOf } from "./channel-lock";

/** Marks an item done by hand, or opens it again; both with a note. Nothing said before is lost. @throws NotFound, Refused */
export async function markOnboarding(actor: Actor, { channelId, item, kind, note }: MarkOnboarding): Promise<void> {
  await change(actor, "onboarding:mark", async (tx, record) => {
    await lockChannel(tx, channelId);
    const marks = await newestMarks(tx, channelId);
    assertMayMark(item, kind, marks);
    const { id } = await tx.onboardingMark.create({
      data: {
        organizationId: actor.organizationId,
        channelId,
        item,
        kind,
        note,
        personId: personOf(actor).personId,
        at: after(marks, item),
      },
    });
    const action = kind === "done" ? "onboarding.marked" : "onboarding.reopened";
    await record({ action, target: { kind: "channel", id: channelId }, body: { item, mark: id } });
  });
}

/** Now, but later than the item's newest mark, whose clock may have been ahead: the newest counts. */
export function after(marks: readonly ItemMark[], item: OnboardingKey): Date {
  return new Date(Math.max(Date.now(), (newestMark(marks, item)?.at.getTime() ?? 0) + 1));
}
