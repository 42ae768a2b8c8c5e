// A hold keeps consultations from destruction until a second person agrees to its release. Pure.
import { createHash } from "node:crypto";
import { addDays, type Day, kstDay } from "@/lib/clock";
import { Conflict, Refused } from "@/lib/errors";

export type ReleaseOutcome = "approved" | "declined" | "withdrawn";
/** A release as far as the rules ask. */
export type ReleaseFact = {
  id: string;
  reason: string;
  requestedBy: string;
  outcome: ReleaseOutcome | null;
};
export type HoldState = "active" | "asked" | "released";

/** `LH-07`. */
export function holdNumber(number: number): string {
  return `LH-${String(number).padStart(2, "0")}`;
}

/** Active until a release is approved; `asked` while one waits. */
export function holdState(releases: readonly Pick<ReleaseFact, "outcome">[]): HoldState {
  if (releases.some(({ outcome }) => outcome === "approved")) return "released";
  return releases.some(({ outcome }) => outcome === null) ? "asked" : "active";
}

/** The review is due from its day on, KST. */
export function reviewIsDue(reviewOn: Day, now: Date): boolean {
  return reviewOn <= kstDay(now);
}

/** Two years: a hold that nobody looks at again keeps data for ever. Our own bound; no law names one. */
const farthestReview = 731;

/** @throws Refused beside `reviewOn` for today, a day that has passed or one beyond two years */
export function assertReviewDay(reviewOn: Day, now: Date): void {
  const today = kstDay(now);
  if (reviewOn <= today) throw new Refused("retention.holds.refused.reviewPast", "reviewOn");
  if (reviewOn > addDays(today, farthestReview)) throw new Refused("retention.holds.refused.reviewFar", "reviewOn");
}

/** SHA-256 (hex) of what is asked for: the hold as it stood, the request and its reason. */
export function releaseHash(hold: { id: string; version: number }, reason: string): string {
  return createHash("sha256")
    .update(JSON.stringify([hold.id, hold.version, reason]))
    .digest("hex");
}

/** SHA-256 (hex) of a text: what an audit entry may hold of it. */
export function textHash(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** @throws Refused when it is released, or a release waits already */
export function assertMayAskRelease(state: HoldState): void {
  if (state === "released") throw new Refused("retention.holds.refused.released");
  if (state === "asked") throw new Refused("retention.holds.refused.asked");
}

/** @throws Refused when it is released: what ended is not written anew */
export function assertMayEdit(state: HoldState): void {
  if (state === "released") throw new Refused("retention.holds.refused.released");
}

/** @throws Conflict when somebody answered before, or it was withdrawn */
export function assertOpen(release: Pick<ReleaseFact, "outcome">): void {
  if (release.outcome !== null) throw new Conflict("retention.holds.refused.answered");
}

/**
 * Whether a person may decide on a release (four eyes).
 * @param hash what the person looked at, and what stands now
 * @throws Refused for the person who asked; Conflict when it was answered or the hold was changed since
 */
export function assertMayDecide(
  release: Pick<ReleaseFact, "outcome" | "requestedBy">,
  personId: string,
  hash: { seen: string; asked: string; now: string },
): void {
  if (release.requestedBy === personId) throw new Refused("retention.holds.refused.samePerson");
  assertOpen(release);
  if (hash.seen !== hash.asked || hash.asked !== hash.now) throw new Conflict("retention.holds.refused.changed");
}
