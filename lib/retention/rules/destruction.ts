// A destruction (파기): frozen by its preview, asked for, agreed to by a second person, run, finished or stopped. Pure.
import { createHash } from "node:crypto";
import type { Day } from "@/lib/clock";
import { Conflict, Refused } from "@/lib/errors";

export const destructionKinds = ["routine", "request", "early"] as const;
/** routine: what is due · request: a data subject's · early: with a reason of the company's own. */
export type DestructionKind = (typeof destructionKinds)[number];

export const stepKinds = [
  "requested",
  "approved",
  "rejected",
  "cancelled",
  "started",
  "stopped",
  "finished",
  "dealer-asked",
  "dealer-confirmed",
] as const;
export type StepKind = (typeof stepKinds)[number];
export type StepFact = { kind: string; personId: string | null; digest: string; at: Date };

export type DestructionState =
  | "prepared"
  | "requested"
  | "approved"
  | "rejected"
  | "cancelled"
  | "running"
  | "stopped"
  | "finished"
  | "expired";

/** Whether it still waits for somebody, bound to a preview that grows old. */
export function isOpen(state: DestructionState): boolean {
  return state === "prepared" || state === "requested" || state === "approved";
}

/** How long a preview may be acted upon (ms): one working day. */
export const validMs = 8 * 3_600_000;

/** A run that has begun goes on; one that has not is void once its preview is too old. */
export function destructionState(steps: readonly { kind: string }[], validUntil: Date, now: Date): DestructionState {
  const had = new Set(steps.map(({ kind }) => kind));
  if (had.has("finished")) return "finished";
  if (had.has("stopped")) return "stopped";
  if (had.has("started")) return "running";
  if (had.has("cancelled")) return "cancelled";
  if (had.has("rejected")) return "rejected";
  if (now >= validUntil) return "expired";
  if (had.has("approved")) return "approved";
  return had.has("requested") ? "requested" : "prepared";
}

export type Guard = "none" | "share" | "forecast";

/** P-77 of trust.md: what is more than this needs a person's explicit word. */
const mostShare = 0.05;
const mostBeyondForecast = 10_000;

/**
 * Whether a destruction is suspiciously large: more than 5 % of what is stored, or 10,000 sessions more than were forecast for the day.
 * @param forecast null: the day was never forecast
 */
export function guardOf(sessions: number, stored: number, forecast: number | null): Guard {
  if (sessions > stored * mostShare) return "share";
  return sessions > (forecast ?? 0) + mostBeyondForecast ? "forecast" : "none";
}

/** A run may begin by a standing approval alone inside the guard, on a day that was forecast: a clock that jumped has none. */
export function standingSuffices(guard: Guard, forecast: number | null): boolean {
  return guard === "none" && forecast !== null;
}

/** What the officer types: `파기 1204`. */
export function destructionPhrase(sessions: number): string {
  return `파기 ${sessions}`;
}

/** `DR-1123-01`. */
export function destructionNumber(today: Day, serial: number): string {
  return `DR-${today.slice(5, 7)}${today.slice(8, 10)}-${String(serial).padStart(2, "0")}`;
}

export function hex(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Hex SHA-256 of everything that a preview froze. */
export function frozenDigest(frozen: {
  id: string;
  kind: DestructionKind;
  dueThrough: Day;
  policyDigest: string;
  holdDigest: string;
  targetDigest: string;
  sessions: number;
  files: number;
  messages: number;
  held: number;
  keptByLaw: number;
}): string {
  return hex(
    JSON.stringify([
      ...[frozen.id, frozen.kind, frozen.dueThrough, frozen.policyDigest, frozen.holdDigest, frozen.targetDigest],
      ...[frozen.sessions, frozen.files, frozen.messages, frozen.held, frozen.keptByLaw],
    ]),
  );
}

export type DecidedRun = { state: DestructionState; digest: string; guard: string; steps: readonly StepFact[] };
type Looked = { personId: string; digest: string };

/** @throws Conflict when the preview expired or another one is shown */
export function assertFresh(run: DecidedRun, seen: string): void {
  if (run.digest !== seen) throw new Conflict("retention.destructions.refused.changed");
  if (run.state === "expired") throw new Conflict("retention.destructions.refused.expired");
}

/** @throws Conflict, Refused unless it is a preview that nobody asked for yet */
export function assertMayRequest(run: DecidedRun, seen: string): void {
  assertFresh(run, seen);
  if (run.state !== "prepared") throw new Refused("retention.destructions.refused.notPrepared");
}

/**
 * Whether a second person may decide on a run (four eyes).
 * @throws Refused for who prepared or asked, or where an alarm of the guard was not confirmed; Conflict for a changed or expired preview
 */
export function assertMayDecide(
  run: DecidedRun & { preparedBy: string | null },
  { personId, digest }: Looked,
  guardSeen: boolean,
): void {
  assertFresh(run, digest);
  if (run.state !== "requested") throw new Refused("retention.destructions.refused.notRequested");
  const asked = run.steps.find(({ kind }) => kind === "requested")?.personId;
  if (run.preparedBy === personId || asked === personId) throw new Refused("retention.destructions.refused.samePerson");
  if (run.guard !== "none" && !guardSeen) throw new Refused("retention.destructions.refused.guard", "guardSeen");
}

/** @throws Refused for the approver or a wrong phrase; Conflict for a changed or expired preview, or an approval of another digest */
export function assertMayStart(
  run: DecidedRun & { sessions: number; files: number },
  { personId, digest }: Looked,
  phrase: string,
): void {
  assertFresh(run, digest);
  if (run.state !== "approved") throw new Refused("retention.destructions.refused.notApproved");
  const approval = run.steps.findLast(({ kind }) => kind === "approved");
  if (approval?.personId === personId) throw new Refused("retention.destructions.refused.runnerApproved");
  if (approval?.digest !== run.digest) throw new Conflict("retention.destructions.refused.changed");
  const expected = destructionPhrase(run.sessions || run.files);
  if (phrase.normalize("NFC").trim() !== expected)
    throw new Refused("retention.destructions.refused.phrase", "phrase", { phrase: expected });
}

/** @throws Refused when it has begun or is over */
export function assertMayCancel(run: Pick<DecidedRun, "state">): void {
  if (!isOpen(run.state)) throw new Refused("retention.destructions.refused.begun");
}

export const driftKinds = ["policy", "missing", "reckoned", "due", "messages", "files", "category", "early"] as const;
/** Why a run stops: what it found is not what was looked at. */
export type Drift = (typeof driftKinds)[number];

export type FrozenItem = { dueOn: Day | null; messages: number; files: number; category: string };
export type FoundItem = FrozenItem & { reckoned: number };

/**
 * What differs between an item as frozen and as found.
 * @param rules today by the earlier clock, the present epoch, and whether it must be over
 */
export function driftOf(
  item: FrozenItem,
  found: FoundItem | undefined,
  rules: { today: Day; epoch: number; routine: boolean },
): Drift | null {
  if (!found) return "missing";
  if (found.dueOn !== item.dueOn) return "due";
  if (found.category !== item.category) return "category";
  if (found.messages !== item.messages) return "messages";
  if (found.files !== item.files) return "files";
  if (!rules.routine) return null;
  if (found.reckoned !== rules.epoch) return "reckoned";
  return item.dueOn === null || item.dueOn >= rules.today ? "early" : null;
}
