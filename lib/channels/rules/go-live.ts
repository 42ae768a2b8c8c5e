// Going live: asked by one person, agreed to by another, and bound to exactly what was asked.
import { createHash } from "node:crypto";
import { kstDay } from "@/lib/clock";
import { Refused } from "@/lib/errors";
import { type ChannelLife, channelStatus } from "./life";
import { type ItemState, type OnboardingFacts, onboardingOf } from "./onboarding";
import { itemByKey } from "./onboarding-items";

/** What has to be typed, by either person: the search id as people know it. */
export function goLivePhrase(searchId: string): string {
  return `@${searchId}`;
}

/** @throws Refused beside `phrase` unless it is typed as it stands; space around it and a decomposed form are forgiven. */
export function assertPhrase(typed: string, searchId: string): void {
  const phrase = goLivePhrase(searchId);
  if (typed.normalize("NFC").trim() !== phrase) throw new Refused("channels.refused.phrase", "phrase", { phrase });
}

/**
 * Hex SHA-256 of the needed items, their states and what makes each hold. Advice is left out: a new button changes nothing
 * that the second person agreed to.
 */
export function goLiveDigest(channelId: string, states: readonly ItemState[]): string {
  const needed = states.filter((state) => itemByKey[state.key]?.needed);
  const text = JSON.stringify([channelId, ...needed.map(({ key, status, proof }) => [key, status, proof])]);
  return createHash("sha256").update(text).digest("hex");
}

/** @throws Refused when the channel went live before, has ended, or a needed item does not hold. */
export function assertMayGoLive(channel: ChannelLife, facts: OnboardingFacts, now: Date): void {
  const state = channelStatus(channel, now);
  if (state === "ended") throw new Refused("channels.refused.ended");
  if (state !== "preparing") throw new Refused("channels.refused.alreadyLive");
  const { gaps } = onboardingOf(facts, kstDay(now));
  if (gaps.length > 0) throw new Refused("channels.refused.gate", undefined, { count: gaps.length });
}

/** The second person is another one. @throws Refused */
export function assertSecondPerson(requestedBy: string, personId: string): void {
  if (requestedBy === personId) throw new Refused("channels.refused.samePerson");
}

/** Only who asked takes it back. @throws Refused */
export function assertRequester(requestedBy: string, personId: string): void {
  if (requestedBy !== personId) throw new Refused("channels.refused.notRequester");
}
