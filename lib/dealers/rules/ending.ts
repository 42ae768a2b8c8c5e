// The end of a contract and its reinstating: asked by one person, agreed to by another, bound to what was shown.
import { createHash } from "node:crypto";
import { addDays, type Day, kstDay } from "@/lib/clock";
import { Conflict, Refused } from "@/lib/errors";
import type { ExitChannel } from "./exit";

export type EndingKind = "end" | "reinstate";
export type EndingOutcome = "approved" | "declined" | "withdrawn";

/** A turn of a contract: what was asked, by whom, and what came of it. */
export type EndingFact = {
  id: string;
  kind: EndingKind;
  endsOn: Day | null;
  reason: string;
  personId: string;
  outcome: EndingOutcome | null;
  closedAt: Date | null;
};

/** The agreed end that counts: the newest agreed turn, where that is an end. The same as the view contract_ends. */
export function standingEnd<E extends EndingFact>(endings: readonly E[]): (E & { endsOn: Day }) | null {
  const newest = endings
    .filter((one) => one.outcome === "approved")
    .reduce<E | null>((last, one) => (last === null || after(one, last) ? one : last), null);
  return newest?.kind === "end" && newest.endsOn !== null ? { ...newest, endsOn: newest.endsOn } : null;
}

function after(one: EndingFact, other: EndingFact): boolean {
  const [a, b] = [one.closedAt?.getTime() ?? 0, other.closedAt?.getTime() ?? 0];
  return a === b ? one.id > other.id : a > b;
}

/** What is asked and not answered yet. */
export function pendingEnding<E extends EndingFact>(endings: readonly E[]): E | null {
  return endings.find((one) => one.outcome === null) ?? null;
}

/** Ten years: what lies beyond is a slip of the keyboard. */
const farthestEnd = 3_653;

/** @throws Refused for a contract never approved, asked already or over, or a last day before today or beyond ten years (KST) */
export function assertMayAskEnd(
  contract: { approvedOnce: boolean; endings: readonly EndingFact[] },
  endsOn: Day,
  now: Date,
): void {
  if (!contract.approvedOnce) throw new Refused("dealers.exit.refused.draft");
  if (pendingEnding(contract.endings)) throw new Refused("dealers.exit.refused.pending");
  const today = kstDay(now);
  const standing = standingEnd(contract.endings);
  if (standing && standing.endsOn < today) throw new Refused("dealers.exit.refused.over");
  if (standing && standing.endsOn === endsOn) throw new Refused("dealers.exit.refused.sameDay", "endsOn");
  if (endsOn < today) throw new Refused("dealers.exit.refused.dayPast", "endsOn", { today });
  const last = addDays(today, farthestEnd);
  if (endsOn > last) throw new Refused("dealers.exit.refused.dayFar", "endsOn", { last });
}

/** @throws Refused when nothing has been ended, something is asked already, or a channel has another dealer by now */
export function assertMayAskReinstatement(
  contract: { dealer: string; service: boolean; endings: readonly EndingFact[] },
  channels: readonly ExitChannel[],
): void {
  if (!standingEnd(contract.endings)) throw new Refused("dealers.exit.refused.noEnd");
  if (pendingEnding(contract.endings)) throw new Refused("dealers.exit.refused.pending");
  assertSameDealer(contract, channels);
}

/** One dealer per channel at a time (dealer error 4060). @throws Refused naming the channels that moved on */
export function assertSameDealer(
  contract: { dealer: string; service: boolean },
  channels: readonly ExitChannel[],
): void {
  if (!contract.service) return;
  const moved = channels.filter(({ dealer }) => dealer !== null && dealer !== contract.dealer);
  if (moved.length === 0) return;
  throw new Refused("dealers.exit.refused.dealerChanged", undefined, {
    channels: moved.map(({ name }) => name).join(", "),
    count: moved.length,
  });
}

/**
 * @param digest what the person agreed to, `endingDigest` of what stands now
 * @throws Refused for the same person or a day that has passed; Conflict when it was answered or is no longer what was shown
 */
export function assertMayAgree(
  ending: EndingFact,
  actor: { personId: string },
  digest: { seen: string; now: string },
  now: Date,
): void {
  if (ending.personId === actor.personId) throw new Refused("dealers.exit.refused.samePerson");
  assertUnanswered(ending);
  if (digest.seen !== digest.now) throw new Conflict("dealers.exit.refused.changed");
  if (ending.kind === "end" && ending.endsOn !== null && ending.endsOn < kstDay(now))
    throw new Refused("dealers.exit.refused.agreedLate");
}

/** @throws Conflict when somebody answered before, or it was withdrawn */
export function assertUnanswered(ending: EndingFact): void {
  if (ending.outcome !== null) throw new Conflict("dealers.exit.refused.answered");
}

/** SHA-256 (hex) of everything that somebody who agrees has before the eyes: the turn, its day and reason, each channel and what keeps it. */
export function endingDigest(
  ending: Pick<EndingFact, "id" | "kind" | "endsOn" | "reason">,
  channels: readonly Pick<ExitChannel, "id" | "staysBy">[],
): string {
  const covered = channels.map(({ id, staysBy }) => [id, staysBy?.id ?? null, staysBy?.until ?? null]);
  const shown = [ending.id, ending.kind, ending.endsOn, ending.reason, covered];
  return createHash("sha256").update(JSON.stringify(shown)).digest("hex");
}

/** SHA-256 (hex) of a reason: what an audit entry may hold of it. */
export function reasonHash(reason: string): string {
  return createHash("sha256").update(reason).digest("hex");
}
