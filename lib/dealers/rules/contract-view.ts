// A contract as pages and rules see it: what `getContract` reads, as plain values.
import type { Day } from "@/lib/clock";
import type { DocumentKind, Verdict } from "../schema/contract";
import type { ApprovalState, ContractState } from "./contract";
import type { ContractFields } from "./contract-content";

export type FileView = { id: string; name: string; mime: string; bytes: number; sha256: string };

export type DocumentView = {
  id: string;
  kind: DocumentKind;
  signedOn: Day | null;
  /** The document that this file is a newer version of. */
  replacesId: string | null;
  /** The newer version of it, where there is one. */
  replacedById: string | null;
  /** 1 for the first file of a paper, 2 for the one that replaced it … */
  edition: number;
  by: string;
  at: Date;
  file: FileView;
};

export type CoveredChannel = {
  id: string;
  name: string;
  searchId: string;
  /** Slug of the dealer that the channel has now. */
  dealer: string | null;
  live: boolean;
  fromOn: Day;
  /** Null: as long as the contract. */
  untilOn: Day | null;
};

export type ContractStepView = {
  id: string;
  kind: "submitted" | "approved" | "rejected" | "withdrawn";
  number: number;
  hash: string;
  note: string;
  personId: string;
  by: string;
  at: Date;
};

/** A contract with all its records as plain values; days are KST, lists newest first unless said. */
export type ContractView = ContractFields & {
  id: string;
  dealerName: string;
  dealerPhone: string;
  /** Number and hash of the newest version, and who saved it when. */
  version: number;
  hash: string;
  savedAt: Date;
  savedBy: string;
  createdAt: Date;
  createdBy: string;
  approval: ApprovalState;
  state: ContractState;
  /** Last day of the running term, null without a term. */
  termEndsOn: Day | null;
  /** Last day by an agreed end, null where there is none. */
  endedOn: Day | null;
  /** The newest approved version, also while a newer draft stands. */
  approved: { number: number; hash: string; by: string; at: Date } | null;
  /** Who saved anything since the last approval: none of them may approve. */
  authorIds: string[];
  steps: ContractStepView[];
  /** By name. */
  channels: CoveredChannel[];
  clauses: { clause: string; place: string; page: string; verdict: Verdict; note: string }[];
  /** When and by whom the newest version with other clauses was saved is in `savedAt`; oldest first. */
  documents: DocumentView[];
  endings: {
    id: string;
    kind: "end" | "reinstate";
    endsOn: Day | null;
    reason: string;
    personId: string;
    by: string;
    at: Date;
    outcome: "approved" | "declined" | "withdrawn" | null;
    closedBy: string | null;
    closedAt: Date | null;
    note: string;
  }[];
  exitMarks: {
    id: string;
    endingId: string;
    item: string;
    kind: "done" | "reopened" | "not-applicable";
    note: string;
    file: FileView | null;
    by: string;
    at: Date;
  }[];
  choices: {
    id: string;
    termEndsOn: Day;
    choice: string;
    note: string;
    noticeSentOn: Day | null;
    noticeHadOn: Day | null;
    personId: string;
    by: string;
    at: Date;
  }[];
  reconsignments: {
    id: string;
    channelId: string;
    channelName: string;
    consignor: string;
    consignee: string;
    subConsignee: string;
    scope: string;
    items: string;
    approverName: string;
    approverTitle: string;
    approvedOn: Day;
    validFrom: Day;
    validUntil: Day | null;
    file: FileView | null;
    personId: string;
    by: string;
    at: Date;
    withdrawnOn: Day | null;
    withdrawnBy: string | null;
    withdrawnNote: string;
  }[];
  /** Newest day first. */
  supervisions: {
    id: string;
    kind: "training" | "inspection";
    heldOn: Day;
    subject: string;
    result: string;
    nextOn: Day | null;
    file: FileView | null;
    by: string;
    at: Date;
  }[];
  snoozes: { id: string; kind: string; deadlineOn: Day; untilOn: Day; note: string; by: string; at: Date }[];
};
