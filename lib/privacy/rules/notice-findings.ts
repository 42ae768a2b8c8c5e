// What standing texts say against what is decided today. Pure.
import { type Day, daysBetween, kstDay } from "@/lib/clock";
import { type NoticeVersionFact, noticeState, seenAt } from "./notice-life";
import { type NoticeFacts, noticeFaults } from "./notice-lint";
import type { NoticeFinding } from "./notice-view";

/** A version with the text that was approved. */
export type StandingVersion = NoticeVersionFact & { text: string | null; hours: string };

/** On the way to the chat rooms: agreed to, and seen there by nobody. */
const coming = ["approved", "requested", "declined", "applied", "differs"];

/** Faults of the text that users see, and of one that is agreed to and about to be seen. */
export function noticeFindings(versions: readonly StandingVersion[], facts: NoticeFacts, now: Date): NoticeFinding[] {
  const seen = seenAt(versions, now);
  return versions.flatMap((version) => {
    const where =
      version.id === seen?.versionId ? "seen" : coming.includes(noticeState(version, versions)) ? "coming" : null;
    if (where === null || version.text === null) return [];
    return noticeFaults(version.text, facts, kstDay(now)).map((verdict) => ({
      version: version.number,
      where,
      verdict,
    }));
  });
}

/** Days for which a version has been agreed to without standing in the chat rooms, and without having been seen there; null: neither waits. */
export function waitingDays(
  versions: readonly NoticeVersionFact[],
  today: Day,
): {
  version: NoticeVersionFact;
  state: "approved" | "requested" | "declined" | "applied" | "differs";
  days: number;
} | null {
  const newest = versions
    .toSorted((a, b) => b.number - a.number)
    .find((one) => coming.includes(noticeState(one, versions)));
  if (!newest) return null;
  const approved = newest.steps.filter(({ kind }) => kind === "approved").map(({ at }) => at.getTime());
  const since = new Date(Math.max(...approved));
  const state = noticeState(newest, versions) as "approved" | "requested" | "declined" | "applied" | "differs";
  return { version: newest, state, days: daysBetween(kstDay(since), today) };
}
