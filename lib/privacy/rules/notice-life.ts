// Where a version of a notice stands: from draft to having been seen in a real chat room. Derived from its steps. Pure.
import { Refused } from "@/lib/errors";

/**
 * submitted → approved (or rejected) by a second person → requested from the dealer → applied (or declined) by the dealer → verified in a
 * real chat room (or found to differ). withdrawn ends a version at any point.
 */
export const noticeSteps = [
  ...["submitted", "rejected", "approved", "requested", "declined", "applied", "differs", "verified", "withdrawn"],
] as const;
export type NoticeStepKind =
  | ("submitted" | "rejected" | "approved" | "requested" | "declined")
  | ("applied" | "differs" | "verified" | "withdrawn");
export type NoticeStepFact = { kind: string; hash: string; personId: string; at: Date };

export const noticeStates = [
  ...["draft", "submitted", "rejected", "approved", "requested", "declined", "applied", "differs"],
  ...["verified", "superseded", "withdrawn"],
] as const;
export type NoticeState =
  | ("draft" | "submitted" | "rejected" | "approved" | "requested" | "declined" | "applied" | "differs")
  | ("verified" | "superseded" | "withdrawn");

export type NoticeVersionFact = {
  id: string;
  /** 1, 2, …: one version may be saved often while it is a draft. */
  number: number;
  /** Hash of what was saved last. */
  hash: string;
  steps: readonly NoticeStepFact[];
};

/** The newest step of a version, whatever the order in which they come. */
function newest(steps: readonly NoticeStepFact[]): NoticeStepFact | null {
  return steps.reduce<NoticeStepFact | null>((last, step) => (last === null || step.at >= last.at ? step : last), null);
}

const at = (version: NoticeVersionFact, kind: NoticeStepKind) =>
  version.steps
    .filter((step) => step.kind === kind)
    .reduce<Date | null>((last, step) => (last && last >= step.at ? last : step.at), null);

/** @param others every version of the same notice */
export function noticeState(version: NoticeVersionFact, others: readonly NoticeVersionFact[]): NoticeState {
  const last = newest(version.steps);
  if (!last) return "draft";
  if (last.kind === "withdrawn") return "withdrawn";
  // A save after it was sent back is a draft again.
  if (last.kind === "rejected" && last.hash !== version.hash) return "draft";
  const mine = at(version, "verified");
  if (mine && others.some((other) => other.id !== version.id && (at(other, "verified") ?? mine) > mine))
    return "superseded";
  return (noticeStates.find((state) => state === last.kind) as NoticeState | undefined) ?? "draft";
}

/** What may come next, by the state of a version. */
const follows: Readonly<Record<NoticeStepKind, readonly NoticeState[]>> = {
  submitted: ["draft", "rejected"],
  rejected: ["submitted"],
  approved: ["submitted"],
  requested: ["approved", "declined", "differs", "requested"],
  declined: ["requested"],
  applied: ["requested", "declined"],
  differs: ["applied", "verified"],
  verified: ["applied", "differs"],
  withdrawn: ["submitted", "approved", "requested", "declined", "applied", "differs", "verified"],
};

/** @throws Refused when the version is not where this step may follow */
export function assertNoticeStep(state: NoticeState, kind: NoticeStepKind): void {
  if (follows[kind].includes(state)) return;
  if (kind === "approved" && state === "approved") throw new Refused("privacy.notices.refused.alreadyApproved");
  throw new Refused(`privacy.notices.refused.not.${kind}`);
}

/** A version may be saved while nobody has to decide on it and nobody has. @throws Refused */
export function assertMaySave(state: NoticeState): void {
  if (state !== "draft" && state !== "rejected") throw new Refused("privacy.notices.refused.locked");
}

/**
 * Two people: neither who saved the version nor who submitted it decides on it (trust.md P-23).
 * @throws Refused
 */
export function assertMayDecideNotice(
  state: NoticeState,
  people: { authorIds: readonly string[]; submitterId: string | null },
  personId: string,
): void {
  assertNoticeStep(state, "approved");
  if (people.authorIds.includes(personId)) throw new Refused("privacy.notices.refused.author");
  if (people.submitterId === personId) throw new Refused("privacy.notices.refused.submitter");
}

/** What users saw: a version counts from the moment in which somebody saw it in a chat room, until a later one was or it was withdrawn. */
export type Seen = { versionId: string; number: number; from: Date; until: Date | null };

/** Every span of time with the version that was then verified, oldest first. Versions of one notice. */
export function seenSpans(versions: readonly NoticeVersionFact[]): Seen[] {
  const turns = versions
    .flatMap((version) =>
      version.steps
        .filter(({ kind }) => kind === "verified" || kind === "withdrawn" || kind === "differs")
        .map((step) => ({ version, step })),
    )
    .sort((a, b) => a.step.at.getTime() - b.step.at.getTime());
  const spans: Seen[] = [];
  let open: Seen | null = null;
  for (const { version, step } of turns) {
    const here: boolean = open?.versionId === version.id;
    if (step.kind === "verified") {
      if (here) continue;
      if (open) open.until = step.at;
      open = { versionId: version.id, number: version.number, from: step.at, until: null };
      spans.push(open);
    } else if (open && here) {
      open.until = step.at;
      open = null;
    }
  }
  return spans;
}

/** The version that was verified at an instant; null: none was. */
export function seenAt(versions: readonly NoticeVersionFact[], instant: Date): Seen | null {
  return seenSpans(versions).find(({ from, until }) => from <= instant && (until === null || until > instant)) ?? null;
}
