// What a machine saw of a channel, and which onboarding items it speaks to. Yes, no, or it cannot tell: unknown is never a failure.
import type { OnboardingKey } from "../schema";

export const checkKinds = ["sender-profile", "channel-home", "privacy-policy"] as const;
export type CheckKind = (typeof checkKinds)[number];

export type Verdict = "yes" | "no" | "unknown";

/** What a check says of an item: `value` is what was seen, in words of the source or "" where there is nothing to show. */
export type ItemAnswer = { item: OnboardingKey; answer: Verdict; value: string };

/** The newest answer of one kind of check about one item. */
export type CheckAnswer = ItemAnswer & { kind: CheckKind; at: Date; checkId: string };

/** An answer as it is kept: with the last one that was not unknown, and since when yes has been no (ISO instant). */
export type KeptAnswer = ItemAnswer & { known: "yes" | "no" | null; turnedAt: string | null };

/**
 * Ties new answers to the check before. An unknown changes nothing; a no after a yes has turned, and stays turned until the next yes.
 * @param at of the new check
 */
export function keptAnswers(answers: readonly ItemAnswer[], before: readonly KeptAnswer[], at: Date): KeptAnswer[] {
  return answers.map((one) => {
    const last = before.find((other) => other.item === one.item);
    if (one.answer === "unknown") return { ...one, known: last?.known ?? null, turnedAt: last?.turnedAt ?? null };
    if (one.answer === "yes") return { ...one, known: "yes", turnedAt: null };
    return { ...one, known: "no", turnedAt: last?.known === "yes" ? at.toISOString() : (last?.turnedAt ?? null) };
  });
}

/** Answers out of a kept row; what is none of ours is left out. */
export function readAnswers(json: unknown): KeptAnswer[] {
  return Array.isArray(json) ? json.flatMap((one: unknown) => (isKept(one) ? [one] : [])) : [];
}

function isKept(one: unknown): one is KeptAnswer {
  return (
    typeof one === "object" &&
    one !== null &&
    "item" in one &&
    "answer" in one &&
    "value" in one &&
    typeof one.value === "string" &&
    (one.answer === "yes" || one.answer === "no" || one.answer === "unknown")
  );
}
