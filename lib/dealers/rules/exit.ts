// Where the way out of a contract stands: derived from data and from what people said, never stored.
import { addDays, type Day, kstDayStart } from "@/lib/clock";
import { Refused } from "@/lib/errors";
import type { ExitMarkKind } from "../schema/exit";
import { type ExitItem, type ExitKey, exitItem, exitItems } from "./exit-items";

/** A channel that the contract covered on its last day. */
export type ExitChannel = {
  id: string;
  name: string;
  searchId: string;
  dealer: string | null;
  /** Last day of use that counts now, by whatever ends it. */
  lastOn: Day | null;
  /** The other service contract that keeps the channel in use beyond this one; `until` where that ends too. */
  staysBy: { id: string; number: string; until: Day | null } | null;
  /** Not retired. */
  placements: number;
  /** Open connections of the contract's dealer. */
  connections: number;
};

export type ExitMarkFact = { id: string; item: string; kind: ExitMarkKind; at: Date };

export type ExitFacts = {
  endsOn: Day;
  service: boolean;
  channels: readonly ExitChannel[];
  /** Approvals of re-consignment under this contract, neither withdrawn nor expired today. */
  reconsignments: number;
  /** When the final register was handed out last. */
  registerAt: Date | null;
};

/** waiting: nobody can do it before its day has come. */
export type ExitStanding = "done" | "open" | "waiting" | "not-applicable" | "told";
export type ExitState = ExitItem & { standing: ExitStanding; count: number };

/** The instant at which the contract's last day is over: 24:00 KST. */
export function endOfContract(endsOn: Day): Date {
  return kstDayStart(addDays(endsOn, 1));
}

/** Channels whose use ends with the contract. */
export function endingChannels(facts: Pick<ExitFacts, "service" | "channels">): ExitChannel[] {
  return facts.service ? facts.channels.filter((channel) => channel.staysBy === null) : [];
}

/** Every item with its standing, in the order of the data. @param marks of the ending that stands, in any order */
export function exitStates(facts: ExitFacts, marks: readonly ExitMarkFact[], now: Date): ExitState[] {
  const before = exitItems
    .filter((item) => item.key !== "register")
    .map((item) => ({ ...item, ...standingOf(item, facts, marks, now) }));
  return [...before, { ...exitItem("register"), ...registerStanding(facts, marks, before, now) }];
}

/** The newest mark of an item. */
export function newestExitMark<M extends ExitMarkFact>(marks: readonly M[], key: ExitKey): M | null {
  return marks.reduce<M | null>(
    (newest, mark) => (mark.item === key && (newest === null || mark.at > newest.at) ? mark : newest),
    null,
  );
}

/** True once every needed item is done or set aside. */
export function exitClosed(states: readonly Pick<ExitState, "needed" | "standing">[]): boolean {
  return states.every(({ needed, standing }) => !needed || standing === "done" || standing === "not-applicable");
}

/** How many of the needed items are done or set aside. */
export function exitProgress(states: readonly ExitState[]): { done: number; of: number } {
  const needed = states.filter((state) => state.needed);
  return { done: needed.filter((state) => exitClosed([state])).length, of: needed.length };
}

function standingOf(
  item: ExitItem,
  facts: ExitFacts,
  marks: readonly ExitMarkFact[],
  now: Date,
): { standing: ExitStanding; count: number } {
  if (item.by === "told") return { standing: "told", count: 0 };
  const mark = newestExitMark(marks, item.key)?.kind;
  if (item.mayNotApply && mark === "not-applicable") return { standing: "not-applicable", count: 0 };
  if (item.by === "marked") return { standing: mark === "done" ? "done" : "open", count: 0 };
  const ending = endingChannels(facts);
  const sum = (list: readonly ExitChannel[], of: "placements" | "connections") =>
    list.reduce((total, channel) => total + channel[of], 0);
  const open = (count: number) => ({ standing: count === 0 ? ("done" as const) : ("open" as const), count });
  switch (item.key) {
    case "placements":
      return open(sum(ending, "placements"));
    case "connections":
      return open(sum(facts.channels, "connections"));
    case "reconsignments":
      return open(facts.reconsignments);
    case "redirects":
      return {
        standing: ending.length === 0 || now >= endOfContract(facts.endsOn) ? "done" : "waiting",
        count: ending.length,
      };
    default:
      return { standing: "open", count: 0 };
  }
}

/** The final register holds all that was said: it comes after the last day, after every other needed item, and after the newest mark. */
function registerStanding(
  { endsOn, registerAt }: ExitFacts,
  marks: readonly ExitMarkFact[],
  before: readonly ExitState[],
  now: Date,
): { standing: ExitStanding; count: number } {
  if (now < endOfContract(endsOn) || !exitClosed(before)) return { standing: "waiting", count: 0 };
  const last = marks.reduce((at, mark) => (mark.at > at ? mark.at : at), endOfContract(endsOn));
  return { standing: registerAt !== null && registerAt >= last ? "done" : "open", count: 0 };
}

/** @throws Refused when the item follows from data, lacks what proves it, or does not stand so that the mark says anything. */
export function assertMayMarkExit(
  key: ExitKey,
  said: { kind: ExitMarkKind; note: string; paper: string | null },
  newest: ExitMarkFact | null,
): void {
  const item = exitItem(key);
  if (said.kind === "not-applicable") {
    if (!item.mayNotApply) throw new Refused("dealers.exit.refused.applies");
    if (said.note === "") throw new Refused("dealers.exit.refused.reasonNeeded", "note");
    return;
  }
  if (said.kind === "reopened") {
    if (newest === null || newest.kind === "reopened") throw new Refused("dealers.exit.refused.notDone");
    if (said.note === "") throw new Refused("dealers.exit.refused.reasonNeeded", "note");
    return;
  }
  if (item.by !== "marked") throw new Refused("dealers.exit.refused.derived");
  if (item.paper && said.paper !== item.paper) throw new Refused("dealers.exit.refused.paperNeeded", "documentId");
  if (said.note === "" && said.paper === null) throw new Refused("dealers.exit.refused.proofNeeded", "note");
}
