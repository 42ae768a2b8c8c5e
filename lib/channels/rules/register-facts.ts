// What the contract register says of a channel's onboarding (guide 1-1 ➋, 3-1).
import type { Day } from "@/lib/clock";
import { approvalState, type ContractState, type ContractStepFact, contractState } from "@/lib/dealers/rules/contract";

/** A contract that names the channel, with what its approval and its life follow from. */
export type ContractFact = {
  id: string;
  dealer: string;
  service: boolean;
  consignment: boolean;
  version: number;
  steps: readonly ContractStepFact[];
  startsOn: Day;
  /** Last day of the running term, null without a term. */
  termEndsOn: Day | null;
  /** Last day by an agreed end. */
  endsOn: Day | null;
  /** Days on which it covers the channel. */
  fromOn: Day;
  untilOn: Day | null;
  /** Of the seven clauses: how many are missing or were never looked for. */
  clausesMissing: number;
};

export type ReconsignmentFact = {
  id: string;
  contractId: string;
  dealer: string;
  validFrom: Day;
  validUntil: Day | null;
  withdrawnOn: Day | null;
  fileId: string | null;
};

/** Why the register does not make an item hold; the words of a contract's state where it is about that. */
export type RegisterReason =
  | Exclude<ContractState, "inForce" | "ending">
  | "none"
  | "notCovered"
  | "clauses"
  | "unsigned"
  | "notYet"
  | "over"
  | "withdrawn";

export type RegisterAnswer = {
  holds: boolean;
  reason: RegisterReason | null;
  contractId: string | null;
  count: number;
  proof: string;
};

type Register = {
  dealer: string | null;
  contracts: readonly ContractFact[];
  reconsignments: readonly ReconsignmentFact[];
};

const nothing: RegisterAnswer = { holds: false, reason: "none", contractId: null, count: 0, proof: "" };

/** Nearest to holding first: what is told of several is the nearest. */
const nearness: readonly RegisterReason[] = [
  ...(["clauses", "unsigned", "submitted", "upcoming", "notYet", "draft", "rejected", "notCovered"] as const),
  ...(["expired", "over", "withdrawn", "ended", "none"] as const),
];

/** @param today KST */
export function registerAnswer(
  key: "contract" | "consignment" | "reconsignment",
  register: Register,
  today: Day,
): RegisterAnswer {
  const answers =
    key === "reconsignment"
      ? register.reconsignments.filter((one) => one.dealer === register.dealer).map((one) => letter(one, today))
      : register.contracts
          .filter((one) => one.dealer === register.dealer && (key === "contract" ? one.service : one.consignment))
          .map((one) => contract(one, key, today));
  const rank = (answer: RegisterAnswer) => (answer.reason === null ? -1 : nearness.indexOf(answer.reason));
  return [...answers].sort((a, b) => rank(a) - rank(b) || a.proof.localeCompare(b.proof))[0] ?? nothing;
}

function contract(fact: ContractFact, key: "contract" | "consignment", today: Day): RegisterAnswer {
  const approval = approvalState(fact.version, fact.steps);
  const state = contractState(approval, fact, today);
  const hash = fact.steps.find((step) => step.kind === "approved" && step.number === fact.version)?.hash ?? "";
  const answer = { holds: false, contractId: fact.id, count: 0, proof: `contract:${fact.id}:${hash}` };
  if (state !== "inForce" && state !== "ending") return { ...answer, reason: state };
  const covered = fact.fromOn <= today && (fact.untilOn === null || today <= fact.untilOn);
  if (!covered) return { ...answer, reason: "notCovered" };
  if (key === "consignment" && fact.clausesMissing > 0) {
    return { ...answer, reason: "clauses", count: fact.clausesMissing };
  }
  return { ...answer, holds: true, reason: null };
}

/** A letter counts once it is signed, on its days, until it is withdrawn (개인정보 보호법 제26조 제6항). */
function letter(fact: ReconsignmentFact, today: Day): RegisterAnswer {
  const answer = { holds: false, contractId: fact.contractId, count: 0, proof: `letter:${fact.id}:${fact.fileId}` };
  if (fact.withdrawnOn !== null && fact.withdrawnOn <= today) return { ...answer, reason: "withdrawn" };
  if (fact.validUntil !== null && fact.validUntil < today) return { ...answer, reason: "over" };
  if (fact.fileId === null) return { ...answer, reason: "unsigned" };
  if (today < fact.validFrom) return { ...answer, reason: "notYet" };
  return { ...answer, holds: true, reason: null };
}
