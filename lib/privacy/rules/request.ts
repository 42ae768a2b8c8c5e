// A data subject's request from its receipt to its answer: state and days follow from its steps. Pure.
import { createHash } from "node:crypto";
import { addDays, type Day, kstDay } from "@/lib/clock";
import { Refused } from "@/lib/errors";
import type { Answer, RequestKind, RequestState } from "../schema/request";
import { clocks, reasonsFor } from "./reasons";

export type StepKind = "identified" | "postponed" | "granted" | "partly" | "refused" | "withdrawn" | "done";
/** A step as far as the rules ask. */
export type StepFact = { kind: string; untilOn: Day | null };

/** `SR-0012`. */
export function requestNumber(number: number): string {
  return `SR-${String(number).padStart(4, "0")}`;
}

/** A deletion is done when it is answered: what is said in the letter has happened by then. Others are done when somebody says so. */
export function requestState(kind: RequestKind, steps: readonly Pick<StepFact, "kind">[]): RequestState {
  const has = (...kinds: StepKind[]) => steps.some((step) => kinds.some((one) => one === step.kind));
  if (has("withdrawn")) return "withdrawn";
  if (has("refused")) return "refused";
  if (has("done")) return "done";
  if (has("granted", "partly")) return kind === "deletion" ? "done" : "granted";
  if (has("postponed")) return "postponed";
  return has("identified") ? "identified" : "received";
}

/** The clock still runs: nobody has answered. */
export function isUnanswered(state: RequestState): boolean {
  return state === "received" || state === "identified" || state === "postponed";
}

/**
 * The last day for an answer: ten days from the day of receipt, which itself is not counted (민법 제157조); a day off moves nothing, so that
 * we are never late. A postponement moves it to its own day (시행령 제41조 제4항·제5항, 제42조 제2항, 제43조 제3항, 제44조 제2항).
 */
export function answerDueOn(kind: RequestKind, receivedOn: Day, steps: readonly StepFact[]): Day {
  const until = steps.find((step) => step.kind === "postponed")?.untilOn;
  return until ?? addDays(receivedOn, clocks[kind].days);
}

/** @throws Refused beside `receivedOn` for a day to come or one more than a year ago */
export function assertReceived(receivedOn: Day, now: Date): void {
  const today = kstDay(now);
  if (receivedOn > today) throw new Refused("privacy.requests.refused.receivedLater", "receivedOn");
  if (receivedOn < addDays(today, -365)) throw new Refused("privacy.requests.refused.receivedLongAgo", "receivedOn");
}

/** @throws Refused when it was answered or withdrawn */
export function assertUnanswered(state: RequestState): void {
  if (!isUnanswered(state)) throw new Refused("privacy.requests.refused.answered");
}

/**
 * An access may be put off once, within its ten days, for a reason that is told (제35조 제3항 후단, 시행령 제42조 제2항).
 * No such rule is known for the other kinds.
 * @throws Refused
 */
export function assertMayPostpone(
  request: { kind: RequestKind; receivedOn: Day; state: RequestState; steps: readonly StepFact[] },
  untilOn: Day,
  now: Date,
): void {
  assertUnanswered(request.state);
  if (request.kind !== "access") throw new Refused("privacy.requests.refused.postponeKind");
  if (request.state === "postponed") throw new Refused("privacy.requests.refused.postponedOnce");
  const dueOn = answerDueOn(request.kind, request.receivedOn, []);
  if (kstDay(now) > dueOn) throw new Refused("privacy.requests.refused.postponeLate", undefined, { day: dueOn });
  if (untilOn <= dueOn) throw new Refused("privacy.requests.refused.untilEarly", "untilOn", { day: dueOn });
  if (untilOn > addDays(dueOn, 365)) throw new Refused("privacy.requests.refused.untilFar", "untilOn");
}

/**
 * @param left sessions of the person that are still kept, opened by the day of receipt
 * @throws Refused for an answer before the person is identified, a reason that does not fit, or a deletion that has not happened
 */
export function assertMayAnswer(
  request: { kind: RequestKind; state: RequestState; steps: readonly Pick<StepFact, "kind">[] },
  answer: Answer,
  reason: string | undefined,
  left: number,
): void {
  assertUnanswered(request.state);
  const identified = request.steps.some(({ kind }) => kind === "identified");
  if (!identified && !(answer === "refused" && reason === "not-identified"))
    throw new Refused("privacy.requests.refused.identifyFirst");
  if (answer !== "granted" && !reasonsFor(request.kind).some(({ key }) => key === reason))
    throw new Refused("privacy.requests.refused.reason", "reason");
  if (answer === "granted" && request.kind === "deletion" && left > 0)
    throw new Refused("privacy.requests.refused.stillKept", undefined, { count: left });
}

/** @throws Refused unless it was granted and is not done */
export function assertMayFinish(state: RequestState): void {
  if (state !== "granted") throw new Refused("privacy.requests.refused.notGranted");
}

/** SHA-256 (hex) of a text: what an audit entry may hold of it. */
export function textHash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
