// Where each onboarding item stands. Nothing here is stored: it follows from marks, checks, the register and the channel itself.
import { type Day, daysBetween } from "@/lib/clock";
import { Refused } from "@/lib/errors";
import type { FileFamily } from "@/lib/file-kind";
import type { MarkKind, OnboardingKey } from "../schema";
import { itemByKey, type OnboardingItem, onboardingItems } from "./onboarding-items";
import type { CheckAnswer } from "./profile-check";
import { type ContractFact, type ReconsignmentFact, type RegisterReason, registerAnswer } from "./register-facts";

export type ItemMark = { item: string; kind: string; at: Date };
/** A mark with what its item's state depends on. `renewOn` is the last day on which the proof counts. */
export type MarkFact = ItemMark & { id: string; renewOn: Day | null };

/** All that the items of one channel follow from. */
export type OnboardingFacts = {
  dealer: string | null;
  categoryCode: string | null;
  /** At least the newest of each item. */
  marks: readonly MarkFact[];
  /** The newest answer of each kind of check about each item. */
  answers: readonly CheckAnswer[];
  contracts: readonly ContractFact[];
  reconsignments: readonly ReconsignmentFact[];
  /** Placements that have not been retired. */
  placements: number;
  /** The newest rehearsal that was finished, and whether the channel is still as it was then. */
  rehearsal: { id: string; fresh: boolean } | null;
};

/** unknown: a machine could not tell and nobody has said; it is not a failure. waiting: open, and others come first. */
export type ItemStatus = "done" | "contradicted" | "expired" | "waiting" | "open" | "not-applicable" | "unknown";

export type ItemState = {
  key: OnboardingKey;
  status: ItemStatus;
  /** Done, or does not apply. */
  holds: boolean;
  /** What decided: a person's mark, a machine's answer, or data. */
  by: "mark" | "check" | "data" | null;
  /** The answer that decided, or that could not tell. */
  check: CheckAnswer | null;
  /** Why the register does not make it hold, and the contract that it is about. */
  reason: RegisterReason | "notRehearsed" | "rehearsedBefore" | null;
  contractId: string | null;
  rehearsalId: string | null;
  /** How many clauses are missing, where that is the reason. */
  count: number;
  /** What has to hold first and does not yet. */
  waitsFor: OnboardingKey[];
  renewOn: Day | null;
  /** What makes it hold, in one line of ids and hashes: part of what a second person agrees to. */
  proof: string;
};

/** Newest first: what counts of an item is its newest mark. */
export function newestMark<M extends ItemMark>(marks: readonly M[], key: OnboardingKey): M | null {
  return marks.reduce<M | null>(
    (newest, mark) => (mark.item === key && (newest === null || mark.at > newest.at) ? mark : newest),
    null,
  );
}

/** The state of each item, in the guide's order. @param today KST */
export function itemStates(items: readonly OnboardingItem[], facts: OnboardingFacts, today: Day): ItemState[] {
  const states = items.map((item) => (item.derived ? fromData(item, facts, today) : fromMarks(item, facts, today)));
  const holding = new Set(states.filter((state) => state.holds).map((state) => state.key));
  return states.map((state, place) => {
    const waitsFor = (items[place]?.waitsFor ?? []).filter((key) => !holding.has(key));
    return { ...state, waitsFor, status: state.status === "open" && waitsFor.length > 0 ? "waiting" : state.status };
  });
}

type Blank = Omit<ItemState, "status" | "holds">;

function blank(key: OnboardingKey): Blank {
  return {
    ...{ key, by: null, check: null, reason: null, contractId: null, rehearsalId: null },
    ...{ count: 0, waitsFor: [], renewOn: null, proof: "" },
  };
}

/** Nobody marks these: data hold or do not. A machine's "no" contradicts them until it is asked again. */
function fromData(item: OnboardingItem, facts: OnboardingFacts, today: Day): ItemState {
  const none = blank(item.key);
  const no = newestAnswer(item, facts, "no");
  const answer = dataAnswer(item, facts, today);
  const found = { ...none, ...answer, by: answer.holds ? ("data" as const) : null };
  if (answer.holds && no) return { ...found, status: "contradicted", holds: false, by: "check", check: no };
  return { ...found, status: answer.holds ? "done" : "open" };
}

function dataAnswer(item: OnboardingItem, facts: OnboardingFacts, today: Day) {
  switch (item.key) {
    case "category":
      return { holds: facts.categoryCode !== null, proof: `category:${facts.categoryCode ?? ""}` };
    case "dealer":
      return { holds: facts.dealer !== null, proof: `dealer:${facts.dealer ?? ""}` };
    case "placements":
      return { holds: facts.placements > 0, proof: "placements" };
    case "rehearsed":
      return rehearsalAnswer(facts.rehearsal);
    case "contract":
    case "consignment":
    case "reconsignment":
      return registerAnswer(item.key, facts, today);
    default:
      throw new Error(`Nothing derives the onboarding item ${item.key}`);
  }
}

/** A rehearsal counts for the notice, policies, places and scenario that it was walked with. */
function rehearsalAnswer(rehearsal: OnboardingFacts["rehearsal"]) {
  if (rehearsal === null) return { holds: false, reason: "notRehearsed" as const, proof: "" };
  const found = { rehearsalId: rehearsal.id, proof: `rehearsal:${rehearsal.id}` };
  return rehearsal.fresh ? { ...found, holds: true } : { ...found, holds: false, reason: "rehearsedBefore" as const };
}

/**
 * The newest word wins: a check's "no" after a mark contradicts it; a "yes" ticks what nobody has marked, or what has to be renewed.
 * What a person opened again stays open until a person marks it: a machine does not settle a person's doubt.
 */
function fromMarks(item: OnboardingItem, facts: OnboardingFacts, today: Day): ItemState {
  const none = blank(item.key);
  const mark = newestMark(facts.marks, item.key);
  const no = newestAnswer(item, facts, "no");
  const yes = newestAnswer(item, facts, "yes");
  const own = yes ?? newestAnswer(item, facts, "unknown");
  if (no && (mark === null || no.at > mark.at)) {
    return { ...none, status: "contradicted", holds: false, by: "check", check: no };
  }
  const checked = { ...none, by: "check", check: yes, proof: `check:${yes?.kind}:${yes?.value}` } as const;
  if (mark === null) {
    if (yes) return { ...checked, status: "done", holds: true };
    return { ...none, status: own?.answer === "unknown" ? "unknown" : "open", holds: false, check: own };
  }
  const marked = { ...none, by: "mark", check: own, renewOn: mark.renewOn, proof: `mark:${mark.id}` } as const;
  if (mark.kind === "reopened") return { ...marked, status: "open", holds: false, renewOn: null };
  if (mark.renewOn !== null && daysBetween(today, mark.renewOn) < 0) {
    if (yes && yes.at > mark.at) return { ...checked, status: "done", holds: true };
    return { ...marked, status: "expired", holds: false };
  }
  return { ...marked, status: mark.kind === "not-applicable" ? "not-applicable" : "done", holds: true };
}

/** The newest such answer of any kind of check about the item. */
function newestAnswer(item: OnboardingItem, facts: OnboardingFacts, said: CheckAnswer["answer"]): CheckAnswer | null {
  return facts.answers.reduce<CheckAnswer | null>(
    (newest, one) =>
      one.item === item.key && one.answer === said && (newest === null || one.at > newest.at) ? one : newest,
    null,
  );
}

/** How many of the items needed for going live hold. */
export function onboardingProgress(states: readonly ItemState[]): { done: number; of: number } {
  const needed = states.filter((state) => itemByKey[state.key]?.needed);
  return { done: needed.filter((state) => state.holds).length, of: needed.length };
}

/** The needed items that do not hold yet, in the guide's order: each is a reason why going live is closed. */
export function goLiveGaps(states: readonly ItemState[]): ItemState[] {
  return states.filter((state) => itemByKey[state.key]?.needed && !state.holds);
}

/** States and progress of a channel at once. */
export function onboardingOf(facts: OnboardingFacts, today: Day) {
  const states = itemStates(onboardingItems, facts, today);
  return { states, progress: onboardingProgress(states), gaps: goLiveGaps(states) };
}

/** @throws Refused when the item follows from data, does apply always, or is not done and cannot be opened again. */
export function assertMayMark(item: OnboardingKey, kind: MarkKind, marks: readonly ItemMark[]): void {
  const rule = itemByKey[item];
  if (!rule || rule.derived) throw new Refused("channels.refused.derived", "note");
  if (kind === "not-applicable" && !rule.optional) throw new Refused("channels.refused.applies", "note");
  const newest = newestMark(marks, item)?.kind;
  if (kind === "reopened" && newest !== "done" && newest !== "not-applicable") {
    throw new Refused("channels.refused.notDone", "note");
  }
}

/** Ten years: what lies beyond is a slip of the keyboard. */
const farthestRenewal = 3_653;

/** @throws Refused beside `renewOn` when that day is past or beyond ten years. */
export function assertMayRenewOn(renewOn: Day | null, today: Day): void {
  if (renewOn === null) return;
  const days = daysBetween(today, renewOn);
  if (days < 0) throw new Refused("channels.refused.renewPast", "renewOn", { today });
  if (days > farthestRenewal) throw new Refused("channels.refused.renewFar", "renewOn");
}

/** @throws Refused when the item follows from data or from a word: no file proves it. */
export function assertTakesEvidence(item: OnboardingKey): void {
  const rule = itemByKey[item];
  if (rule?.derived) throw new Refused("channels.refused.derived");
  if (!rule || rule.evidence.length === 0) throw new Refused("channels.refused.noFile");
}

/** @throws Refused when the item takes no such file. */
export function assertEvidenceFits(item: OnboardingKey, family: FileFamily): void {
  assertTakesEvidence(item);
  if (!itemByKey[item]?.evidence.includes(family)) throw new Refused("channels.refused.family");
}
