// The last day of a consultation and of its files: every policy that was promised to it, the longest wins. Pure.
import { type Day, kstDay } from "@/lib/clock";
import { sessionExpiry, sessionStatus } from "@/lib/transcripts/rules";
import type { Anchor, PolicyScope } from "./categories";
import { isStatutory } from "./law-table";
import { lastDay, type Period, type PeriodUnit } from "./period";

/** An approved policy version with the time in which it was in force (view policy_terms). */
export type PolicyTerm = {
  versionId: string;
  policyId: string;
  policyNumber: number;
  name: string;
  channelId: string | null;
  category: string | null;
  scope: PolicyScope;
  number: number;
  count: number;
  unit: PeriodUnit;
  anchor: Anchor;
  basis: string;
  fromAt: Date;
  untilAt: Date | null;
};

/** What the reckoning needs to know of a session. */
export type KeptSession = {
  channelId: string;
  openedAt: Date;
  lastUserMessageAt: Date | null;
  lastMessageAt: Date | null;
  endedAt: Date | null;
  /** Every category that it ever had. */
  categories: readonly string[];
  caseClosedOn: Day | null;
  transactionOn: Day | null;
  /** The latest last day that was ever promised. */
  promisedOn: Day | null;
};

export type Wait = "end" | "case" | "transaction" | "policy";
/** A policy's word on a session: its last day, or what it waits for. */
export type Reckoning = {
  term: PolicyTerm;
  anchorOn: Day | null;
  dueOn: Day | null;
  wait: Wait | null;
  statutory: boolean;
};
export type Reckoned = {
  /** Null while something is awaited. */
  dueOn: Day | null;
  /** Last day by policies that no law demands; null without one, or while it is awaited. */
  ordinaryDueOn: Day | null;
  /** The version that gives dueOn, or for which is waited; null when an older promise or nothing gives it. */
  versionId: string | null;
  wait: Wait | null;
  /** An older promise is longer than what the policies say. */
  promised: boolean;
  words: Reckoning[];
};

/** When a session ended: by an event, or by 30 days of silence; null while it is open. */
export function endOf(
  session: Pick<KeptSession, "openedAt" | "lastUserMessageAt" | "endedAt">,
  now: Date,
): Date | null {
  const status = sessionStatus(session, now);
  if (status === "open") return null;
  const silent = sessionExpiry(session.lastUserMessageAt ?? session.openedAt);
  return session.endedAt && session.endedAt <= silent ? session.endedAt : silent;
}

/** Policies that a session may rely on: of its channel and categories, in force at any time from its opening until now. */
export function termsOf(
  session: Pick<KeptSession, "channelId" | "openedAt" | "categories">,
  terms: readonly PolicyTerm[],
  scope: PolicyScope,
  now: Date,
): PolicyTerm[] {
  return terms.filter(
    (term) =>
      term.scope === scope &&
      (term.channelId === null || term.channelId === session.channelId) &&
      (term.category === null || session.categories.includes(term.category)) &&
      term.fromAt <= now &&
      (term.untilAt === null || term.untilAt > session.openedAt),
  );
}

/**
 * The last day of a session. Shortening a policy shortens nothing that relied on it, lengthening applies, the longest wins;
 * while any of them waits (session open, case not closed) there is no last day.
 * @param terms all of the organization's, in force now or earlier
 */
export function reckonSession(session: KeptSession, terms: readonly PolicyTerm[], now: Date): Reckoned {
  const words = termsOf(session, terms, "text", now).map((term) => wordOf(term, anchorOf(session, term, now)));
  const nothing = { dueOn: null, ordinaryDueOn: null, versionId: null, promised: false, words };
  if (words.length === 0) return { ...nothing, wait: "policy" };
  const waiting = words.find(({ wait }) => wait !== null);
  const ordinary = longest(words.filter(({ statutory }) => !statutory));
  const ordinaryDueOn = ordinary?.dueOn ?? null;
  if (waiting) return { ...nothing, ordinaryDueOn, versionId: waiting.term.versionId, wait: waiting.wait };
  const winner = longest(words);
  if (!winner?.dueOn) throw new Error("A policy without a last day waits for nothing");
  const promised = session.promisedOn !== null && session.promisedOn > winner.dueOn;
  return {
    dueOn: promised ? session.promisedOn : winner.dueOn,
    ordinaryDueOn,
    versionId: winner.term.versionId,
    wait: null,
    promised,
    words,
  };
}

/**
 * The last day of a file: that of its session, or an earlier one by the longest file policy.
 * @param sessionDueOn null while the session waits
 */
export function reckonFile(
  session: KeptSession,
  receivedAt: Date,
  sessionDueOn: Day | null,
  terms: readonly PolicyTerm[],
  now: Date,
): Day | null {
  const words = termsOf(session, terms, "file", now).map((term) =>
    wordOf(term, term.anchor === "received" ? { on: kstDay(receivedAt), wait: null } : anchorOf(session, term, now)),
  );
  const winner = longest(words);
  if (!winner?.dueOn || words.some(({ wait }) => wait !== null)) return sessionDueOn;
  return sessionDueOn !== null && sessionDueOn < winner.dueOn ? sessionDueOn : winner.dueOn;
}

/** Kept by a law alone: beyond what the company's own purposes need (제21조 제3항). */
export function isKeptByLaw(ordinaryDueOn: Day | null, dueOn: Day | null, today: Day): boolean {
  return ordinaryDueOn !== null && ordinaryDueOn < today && (dueOn === null || dueOn > ordinaryDueOn);
}

type Anchored = { on: Day | null; wait: Wait | null };

function anchorOf(session: KeptSession, term: PolicyTerm, now: Date): Anchored {
  const end = endOf(session, now);
  if (end === null) return { on: null, wait: "end" };
  switch (term.anchor) {
    case "case-closed":
      return { on: session.caseClosedOn, wait: session.caseClosedOn ? null : "case" };
    case "transaction-ended":
      return { on: session.transactionOn, wait: session.transactionOn ? null : "transaction" };
    case "last-message":
      return { on: kstDay(session.lastMessageAt ?? end), wait: null };
    default:
      return { on: kstDay(end), wait: null };
  }
}

function wordOf(term: PolicyTerm, { on, wait }: Anchored): Reckoning {
  const period: Period = { count: term.count, unit: term.unit };
  return { term, anchorOn: on, dueOn: on && lastDay(on, period), wait, statutory: isStatutory(term.basis) };
}

function longest(words: readonly Reckoning[]): Reckoning | null {
  return words.reduce<Reckoning | null>(
    (best, word) => (best === null || (word.dueOn ?? "") > (best.dueOn ?? "") ? word : best),
    null,
  );
}
