// A policy as the pages read it.
import type { Category, PolicyScope } from "./categories";
import type { PolicyState, PolicyStepKind, StandingState } from "./policy-approval";
import type { PolicyContent } from "./policy-content";

export type PolicyVersionView = {
  id: string;
  number: number;
  hash: string;
  at: Date;
  /** Name of who saved it. */
  by: string;
  content: PolicyContent;
};

export type PolicyStepView = {
  id: string;
  kind: PolicyStepKind;
  number: number;
  hash: string;
  note: string;
  personId: string;
  at: Date;
  by: string;
};

export type StandingView = {
  id: string;
  hash: string;
  /** Number of the version that it is about. */
  number: number;
  state: StandingState;
  requestedBy: string;
  by: string;
  at: Date;
  closedBy: string | null;
  closedAt: Date | null;
  endedBy: string | null;
  endedAt: Date | null;
};

export type PolicyView = {
  id: string;
  number: number;
  name: string;
  channelId: string | null;
  channelName: string | null;
  category: Category | null;
  scope: PolicyScope;
  /** Where the newest version stands; its number, hash and words. */
  state: PolicyState;
  version: number;
  hash: string;
  content: PolicyContent;
  /** What is in force since when; null before the first approval. */
  inForce: (PolicyVersionView & { fromAt: Date; approvedBy: string }) | null;
  /** Newest first. */
  versions: PolicyVersionView[];
  steps: PolicyStepView[];
  standing: StandingView[];
  /** Who saved versions since the last approval: none of them decides. */
  authorIds: string[];
};
