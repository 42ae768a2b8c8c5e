// What a machine saw of a channel, and which onboarding items it speaks to. Yes, no, or it cannot tell: unknown is never a failure.
import { z } from "zod";
import { type OnboardingKey, onboardingKeys } from "../schema";

export const checkKinds = ["sender-profile", "channel-home", "privacy-policy"] as const;
export type CheckKind = (typeof checkKinds)[number];

/** What the portal itself knows of an item: a policy, a notice or a consent form that stands here. */
export const portalKinds = ["retention-policy", "notice", "consent-form"] as const;
export type PortalKind = (typeof portalKinds)[number];

export type Verdict = "yes" | "no" | "unknown";

/** What a check says of an item: `value` is what was seen, in words of the source or "" where there is nothing to show. */
export type ItemAnswer = { item: OnboardingKey; answer: Verdict; value: string };

/** The newest answer of one kind of check about one item, or of the portal itself; `checkId` is the check's, or the record's. */
export type CheckAnswer = ItemAnswer & { kind: CheckKind | PortalKind; at: Date; checkId: string };

/** The last answer that was not unknown, and the check that gave it (ISO instant). */
export type KnownAnswer = { answer: "yes" | "no"; value: string; at: string; checkId: string };

/** An answer as it is kept: with the last known one, and since when a yes has been a no (ISO instant). */
export type KeptAnswer = ItemAnswer & { known: KnownAnswer | null; turnedAt: string | null };

/**
 * Ties new answers to the check before. An unknown changes nothing; a no after a yes has turned, and stays turned until the next yes.
 * @param check the new one
 */
export function keptAnswers(
  answers: readonly ItemAnswer[],
  before: readonly KeptAnswer[],
  check: { id: string; at: Date },
): KeptAnswer[] {
  const at = check.at.toISOString();
  return answers.map((one) => {
    const last = before.find((other) => other.item === one.item);
    const { answer, value } = one;
    if (answer === "unknown") return { ...one, known: last?.known ?? null, turnedAt: last?.turnedAt ?? null };
    const turned = last?.known?.answer === "yes" ? at : (last?.turnedAt ?? null);
    return { ...one, known: { answer, value, at, checkId: check.id }, turnedAt: answer === "yes" ? null : turned };
  });
}

/** Days for which a known answer speaks while later checks could not tell. */
const knownForDays = 30;

/** What counts of a check: where it could not tell, the last known answer of the thirty days before. Not telling is no failure. */
export function countingAnswers(check: {
  id: string;
  kind: CheckKind;
  at: Date;
  answers: readonly KeptAnswer[];
}): CheckAnswer[] {
  const { kind, at } = check;
  return check.answers.map(({ item, answer, value, known }) => {
    const since = known ? new Date(known.at) : at;
    if (answer !== "unknown" || !known || at.getTime() - since.getTime() > knownForDays * 86_400_000) {
      return { item, answer, value, kind, at, checkId: check.id };
    }
    return { item, answer: known.answer, value: known.value, kind, at: since, checkId: known.checkId };
  });
}

const verdict = z.enum(["yes", "no"]);
const keptSchema = z.object({
  item: z.enum(onboardingKeys),
  answer: z.enum(["yes", "no", "unknown"]),
  value: z.string(),
  known: z
    .object({ answer: verdict, value: z.string(), at: z.iso.datetime(), checkId: z.uuid() })
    .nullable()
    .default(null),
  turnedAt: z.iso.datetime().nullable().default(null),
});

/** Answers out of a kept row; what is none of ours is left out. */
export function readAnswers(json: unknown): KeptAnswer[] {
  if (!Array.isArray(json)) return [];
  return json.flatMap((one: unknown) => keptSchema.safeParse(one).data ?? []);
}
