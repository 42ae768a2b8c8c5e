// What a contract needs before it is submitted, and who may decide on it.
import { Refused } from "@/lib/errors";
import { type ClauseKey, clauseGaps, type JudgedClause } from "./clauses";
import type { ApprovalState } from "./contract";

export type SubmitGap =
  | { kind: "clause"; clause: ClauseKey; reason: "unjudged" | "noPlace" | "missing" }
  | { kind: "document"; reason: "document" | "consignmentDocument" };

export type SubmitFacts = {
  service: boolean;
  consignment: boolean;
  clauses: readonly JudgedClause[];
  /** Content papers, the newest file of each. */
  documents: readonly { kind: string }[];
};

/** What keeps a version from being submitted: clauses of a consignment contract, and the paper itself. */
export function submitGaps(facts: SubmitFacts): SubmitGap[] {
  const clauses = facts.consignment ? clauseGaps(facts.clauses) : [];
  const has = (...kinds: string[]) => facts.documents.some(({ kind }) => kinds.includes(kind));
  // One paper may hold both: then it is filed as the consignment contract.
  const papers: SubmitGap[] = [
    ...(facts.consignment && !has("consignment") ? [{ kind: "document", reason: "consignmentDocument" } as const] : []),
    ...(!facts.consignment && !has("contract") ? [{ kind: "document", reason: "document" } as const] : []),
  ];
  return [...clauses.map(({ key, reason }) => ({ kind: "clause" as const, clause: key, reason })), ...papers];
}

/** @throws Refused */
export function assertMaySubmit(approval: ApprovalState, facts: SubmitFacts): void {
  if (approval !== "draft" && approval !== "rejected") throw new Refused("dealers.contracts.refused.notDraft");
  const count = submitGaps(facts).length;
  if (count > 0) throw new Refused("dealers.contracts.refused.gaps", undefined, { count });
}

/**
 * Two people: whoever saved anything since the last approval, and whoever submitted it, does not decide on it (trust.md P-23).
 * @throws Refused
 */
export function assertMayDecide(
  approval: ApprovalState,
  people: { authorIds: readonly string[]; submitterId: string | null },
  personId: string,
): void {
  if (approval === "approved") throw new Refused("dealers.contracts.refused.alreadyApproved");
  if (approval !== "submitted") throw new Refused("dealers.contracts.refused.notSubmitted");
  if (people.authorIds.includes(personId)) throw new Refused("dealers.contracts.refused.author");
  if (people.submitterId === personId) throw new Refused("dealers.contracts.refused.submitter");
}
