import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { kstDay } from "@/lib/clock";
import { fromDay } from "@/lib/day-column";
import { newestMarksOf } from "../queries/onboarding-facts";
import { assertMayMark, assertMayRenewOn, type ItemMark, newestMark } from "../rules/onboarding";
import type { MarkOnboarding, OnboardingKey } from "../schema";
import { lockChannel } from "./channel-lock";

const events = {
  done: { action: "onboarding.marked" },
  reopened: { action: "onboarding.reopened" },
  "not-applicable": { action: "onboarding.not-applicable" },
} as const;

/**
 * Marks an item done by hand, opens it again, or says that it does not apply; each with a note. Nothing said before is lost.
 * @throws NotFound, Refused
 */
export async function markOnboarding(actor: Actor, input: MarkOnboarding): Promise<void> {
  const { channelId, item, kind, note } = input;
  await change(actor, "onboarding:mark", async (tx, record) => {
    await lockChannel(tx, channelId);
    const marks = await newestMarksOf(tx, [channelId]);
    assertMayMark(item, kind, marks);
    const renewOn = kind === "done" ? (input.renewOn ?? null) : null;
    assertMayRenewOn(renewOn, kstDay(new Date()));
    const { id } = await tx.onboardingMark.create({
      data: {
        ...{ organizationId: actor.organizationId, channelId, item, kind, note },
        renewOn: fromDay(renewOn),
        personId: personOf(actor).personId,
        at: after(marks, item),
      },
    });
    await record({ ...events[kind], target: { kind: "channel", id: channelId }, body: { item, mark: id, renewOn } });
  });
}

/** Now, but later than the item's newest mark, whose clock may have been ahead: the newest counts. */
export function after(marks: readonly ItemMark[], item: OnboardingKey): Date {
  return new Date(Math.max(Date.now(), (newestMark(marks, item)?.at.getTime() ?? 0) + 1));
}
