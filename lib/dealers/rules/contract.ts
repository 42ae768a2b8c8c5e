import type { Day } from "@/lib/clock";

/** A step in a contract's approval; the newest says where it stands. */
export type ContractStepFact = { kind: string; number: number; hash: string; personId: string; at: Date };

export const approvalStates = ["draft", "submitted", "rejected", "approved"] as const;
/** Where the newest version stands. An edit after the approval is a draft again: an approval is of one hash. */
export type ApprovalState = (typeof approvalStates)[number];

/** @param steps of one contract, in any order @param version number of its newest version */
export function approvalState(version: number, steps: readonly ContractStepFact[]): ApprovalState {
  const newest = steps
    .filter((step) => step.number === version)
    .reduce<ContractStepFact | null>((last, step) => (last === null || step.at >= last.at ? step : last), null);
  switch (newest?.kind) {
    case "submitted":
    case "rejected":
    case "approved":
      return newest.kind;
    default:
      return "draft";
  }
}

export const contractStates = [
  "draft",
  "submitted",
  "rejected",
  "upcoming",
  "inForce",
  "ending",
  "expired",
  "ended",
] as const;
export type ContractState = (typeof contractStates)[number];

/**
 * What a contract is today: its approval until it is approved, then its life.
 * @param termEndsOn last day of the running term (lib/dealers/rules/deadlines), null without a term
 * @param endsOn last day by an agreed end, null where there is none
 */
export function contractState(
  approval: ApprovalState,
  life: { startsOn: Day; termEndsOn: Day | null; endsOn: Day | null },
  today: Day,
): ContractState {
  if (life.endsOn !== null && life.endsOn < today) return "ended";
  if (approval !== "approved") return approval;
  if (life.endsOn !== null) return "ending";
  if (today < life.startsOn) return "upcoming";
  return life.termEndsOn !== null && life.termEndsOn < today ? "expired" : "inForce";
}
