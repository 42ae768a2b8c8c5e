// What a machine saw of a channel, and which onboarding items it speaks to. Yes, no, or it cannot tell: unknown is never a failure.
import type { OnboardingKey } from "../schema";

export const checkKinds = ["sender-profile", "channel-home", "privacy-policy"] as const;
export type CheckKind = (typeof checkKinds)[number];

/** What a check says of an item: `value` is what was seen, in words of the source or "" where there is nothing to show. */
export type ItemAnswer = { item: OnboardingKey; answer: "yes" | "no" | "unknown"; value: string };

/** The newest answer of one kind of check about one item. */
export type CheckAnswer = ItemAnswer & { kind: CheckKind; at: Date; checkId: string };
