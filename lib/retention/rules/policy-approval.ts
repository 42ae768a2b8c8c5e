// Where a policy stands, and who may decide on it: two people, bound to the hash of what was looked at.
import { Refused } from "@/lib/errors";

export const policySteps = ["submitted", "approved", "rejected", "withdrawn"] as const;
export type PolicyStepKind = (typeof policySteps)[number];
export type PolicyStepFact = { kind: string; number: number; hash: string; personId: string; at: Date };

export const policyStates = ["draft", "submitted", "rejected", "approved"] as const;
/** Where the newest version stands. A save after the approval is a draft again; what was approved stays in force. */
export type PolicyState = (typeof policyStates)[number];

/** @param version number of the newest version @param steps of one policy, in any order */
export function policyState(version: number, steps: readonly PolicyStepFact[]): PolicyState {
  const newest = steps
    .filter((step) => step.number === version)
    .reduce<PolicyStepFact | null>((last, step) => (last === null || step.at >= last.at ? step : last), null);
  return policyStates.find((state) => state === newest?.kind && state !== "draft") ?? "draft";
}

/** @throws Refused */
export function assertMaySubmitPolicy(state: PolicyState): void {
  if (state !== "draft" && state !== "rejected") throw new Refused("retention.policies.refused.notDraft");
}

/** @throws Refused when the version is approved already or nobody asked */
export function assertSubmitted(state: PolicyState): void {
  if (state === "approved") throw new Refused("retention.policies.refused.alreadyApproved");
  if (state !== "submitted") throw new Refused("retention.policies.refused.notSubmitted");
}

/**
 * Whoever saved any version since the last approval, and whoever submitted the newest, does not decide on it (trust.md P-23).
 * @throws Refused
 */
export function assertMayDecidePolicy(
  state: PolicyState,
  people: { authorIds: readonly string[]; submitterId: string | null },
  personId: string,
): void {
  assertSubmitted(state);
  if (people.authorIds.includes(personId)) throw new Refused("retention.policies.refused.author");
  if (people.submitterId === personId) throw new Refused("retention.policies.refused.submitter");
}

export type StandingFact = {
  outcome: string | null;
  endedAt: Date | null;
};
export type StandingState = "waiting" | "standing" | "declined" | "withdrawn" | "ended";

/** Where a standing approval (상시 승인) for routine destructions of one version is. */
export function standingState({ outcome, endedAt }: StandingFact): StandingState {
  if (outcome === null) return "waiting";
  if (outcome === "approved") return endedAt === null ? "standing" : "ended";
  return outcome === "declined" ? "declined" : "withdrawn";
}
