// A notice as the pages read it.
import type { Day } from "@/lib/clock";
import type { NoticeWeight } from "../schema/notice";
import type { TextComparison } from "./notice-comparison";
import type { FrozenFacts, NoticeWords } from "./notice-content";
import type { NoticeState, NoticeStepKind, Seen } from "./notice-life";
import type { NoticeFacts, NoticeVerdict } from "./notice-lint";

export type NoticeStepView = {
  id: string;
  kind: NoticeStepKind;
  /** Of the save that it is about. */
  hash: string;
  at: Date;
  by: string;
  personId: string;
  note: string;
  ticket: string;
  /** KST day on which the dealer did it. */
  doneOn: Day | null;
  text: string | null;
  textHash: string;
  evidence: "" | "pasted" | "screenshot";
  comparison: TextComparison | null;
  file: { id: string; name: string; sha256: string } | null;
};

export type NoticeVersionView = {
  id: string;
  number: number;
  save: number;
  hash: string;
  words: Omit<NoticeWords, "weight"> & { weight: NoticeWeight };
  state: NoticeState;
  savedBy: string;
  savedAt: Date;
  /** Who saved it at any time: none of them decides on it. */
  authorIds: string[];
  /** Oldest first. */
  steps: NoticeStepView[];
  /** What was submitted or approved last: text, its hash and what it agreed with. */
  frozen: { text: string; textHash: string; facts: FrozenFacts } | null;
};

export type NoticeView = {
  /** Null while the channel has no notice. */
  id: string | null;
  channel: { id: string; name: string; searchId: string; live: boolean };
  /** Newest first. */
  versions: NoticeVersionView[];
  /** The version that users see as far as anybody has looked. */
  seen: Seen | null;
  /** What its texts must agree with today, without the hours. */
  facts: NoticeFacts;
};

/** A text that stands, or is about to, and says something that is no longer so. */
export type NoticeFinding = { version: number; where: "seen" | "coming"; verdict: NoticeVerdict };

export type NoticeRow = {
  noticeId: string | null;
  channel: { id: string; name: string; searchId: string; live: boolean };
  newest: { number: number; state: NoticeState; since: Date } | null;
  seen: { number: number; from: Date } | null;
  findings: NoticeFinding[];
};

/** What a user saw at an instant (guide 3-1). */
export type NoticeAt = {
  /** Name of the organization. */
  company: string;
  channel: { id: string; name: string; searchId: string };
  at: Date;
  shown: {
    version: number;
    text: string;
    sha256: string;
    from: Date;
    until: Date | null;
    approvedAt: Date;
    approvedBy: string;
    submittedBy: string;
    requestedAt: Date | null;
    ticket: string;
    appliedOn: Day | null;
    verifiedAt: Date;
    verifiedBy: string;
    evidence: "" | "pasted" | "screenshot";
    file: { id: string; name: string; sha256: string } | null;
    facts: FrozenFacts;
  } | null;
  /** Said to be applied by then, and seen by nobody yet. */
  unseen: { version: number; since: Date } | null;
  /** Every span of time with the version that was then verified, newest first. */
  spans: Seen[];
};
