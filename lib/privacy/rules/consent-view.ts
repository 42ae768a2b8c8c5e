// Consent forms and answers as the pages read them.
import type { ConsentKind, ConsentStanding, ConsentState, ConsentWay, ConsentWords } from "./consent";

export type ConsentVersionView = {
  id: string;
  number: number;
  hash: string;
  words: ConsentWords;
  at: Date;
  by: string;
};
export type ConsentStepView = {
  id: string;
  kind: "submitted" | "approved" | "rejected" | "withdrawn";
  number: number;
  note: string;
  at: Date;
  by: string;
};

export type ConsentFormView = {
  id: string;
  number: number;
  name: string;
  kind: ConsentKind;
  channel: { id: string; name: string } | null;
  retiredAt: Date | null;
  /** Where the newest version stands. */
  state: ConsentState;
  version: number;
  /** The message as the newest version would be sent today. */
  message: string;
  /** The version that is asked; its message as it was approved. */
  asked: { version: ConsentVersionView; since: Date; by: string; message: string } | null;
  /** What is asked says another period than the policy in force. */
  periodMoved: { sent: string; now: string } | null;
  /** Newest first. */
  versions: ConsentVersionView[];
  steps: ConsentStepView[];
  /** Who saved versions since the last approval: none of them decides. */
  authorIds: string[];
  submitterId: string | null;
  counts: Record<ConsentStanding, number>;
};

export type ConsentFormRow = Pick<
  ConsentFormView,
  "id" | "number" | "name" | "kind" | "channel" | "retiredAt" | "state" | "version"
> & {
  askedVersion: number | null;
  counts: Record<ConsentStanding, number>;
};

export type ConsentRow = {
  id: string;
  form: { id: string; number: number; name: string };
  version: number;
  channelName: string;
  /** Hex of the keyed handle. */
  handle: string;
  sessionId: string | null;
  how: ConsentWay;
  at: Date;
  standing: ConsentStanding;
  withdrawnAt: Date | null;
};

/** The proof of one answer: what was asked, in which words, and what became of it. */
export type ConsentProof = ConsentRow & {
  kind: ConsentKind;
  guardian: boolean;
  hash: string;
  message: string;
  words: ConsentWords;
  approvedBy: string;
  approvedAt: Date;
  recordedBy: string;
  recordedAt: Date;
  withdrawal: { how: ConsentWay; note: string; at: Date; by: string } | null;
  /** Consultations of this user that are still stored, and how many of them a hold covers. */
  stored: number;
  held: number;
  /** Everything else that the same user answered on this channel, the latest first. */
  others: ConsentRow[];
};
