// What waits for somebody: one list, fed by each module's facts, ordered by day. Pure.
import type { OnboardingKey } from "@/lib/channels/schema";
import type { Day } from "@/lib/clock";
import { daysBetween } from "@/lib/clock";
import type { Role } from "@/prisma/generated/enums";

/** Headings of the list, in the order in which they are shown. */
export const waitingGroups = [
  "end",
  "contracts",
  "goLive",
  "checks",
  "blocks",
  "consignees",
  "destruction",
  "requests",
  "holds",
  "policies",
  "privacy",
  "reviews",
  "hooks",
  "codes",
  "presses",
  "templates",
  "scenarios",
  "rights",
  "audit",
] as const;
export type WaitingGroup = (typeof waitingGroups)[number];

/** Entries of the sidebar that carry a count. */
export type WaitingEntry =
  | "channels"
  | "dealers"
  | "placements"
  | "templates"
  | "rehearsal"
  | "monitor"
  | "people"
  | "audit"
  | "retention"
  | "requests"
  | "notices"
  | "consents"
  | "consignees";

/** What it is: each has title, detail and act in messages/<locale>/today.json. */
export type WaitingKind =
  | "consigneeDiffers"
  | "blockReturned"
  | "gaps"
  | "moreChannels"
  | "ready"
  | "agree"
  | "itemDue"
  | "checkFailed"
  | "ending"
  | "ended"
  | "setAsides"
  | "attachmentHost"
  | "codes"
  | "pressesLost"
  | "buttonLeft"
  | "buttonMissing"
  | "expiry"
  | "invite"
  | "broken"
  | "fileChanged"
  | "endAsked"
  | "reinstateAsked"
  | "exitOpen"
  | "decide"
  | "notify"
  | "termEnd"
  | "renewing"
  | "training"
  | "inspection"
  | "reconsignment"
  | "noticeAsked"
  | "consentAsked"
  | "noticeDiffers"
  | "consentDiffers"
  | "listDiffers"
  | "pageDiffers"
  | "notApplied"
  | "notVerified"
  | "policyAsked"
  | "standingAsked"
  | "channelUnkept"
  | "unverified"
  | "holdReview"
  | "releaseAsked"
  | "requestDue"
  | "accessReview"
  | "accessFinding"
  | "destroyDue"
  | "destroyOverdue"
  | "destroyApprove"
  | "destroyRun"
  | "destroyStopped"
  | "destroyReturned"
  | "takeDown"
  | "takeDownDone"
  | "templateAsked"
  | "templateReturned"
  | "scenarioAsked"
  | "scenarioReturned";

/** Something that a person should do or decide. */
export type Waiting = {
  id: string;
  group: WaitingGroup;
  entry: WaitingEntry;
  /** Who may do it. */
  roles: readonly Role[];
  kind: WaitingKind;
  values: Record<string, string | number>;
  /** The onboarding item that it is about. */
  item?: OnboardingKey;
  /** What it is about: a channel's search id, a connection, a person. */
  subject: string;
  /** Last day, KST; null where none is set. */
  dueOn: Day | null;
  href: string;
};

/** Earliest day first, without a day last; the same day by group. */
export function inOrder(things: readonly Waiting[]): Waiting[] {
  return [...things].sort(
    (a, b) =>
      (a.dueOn ?? "9999").localeCompare(b.dueOn ?? "9999") ||
      waitingGroups.indexOf(a.group) - waitingGroups.indexOf(b.group) ||
      a.id.localeCompare(b.id),
  );
}

/** Groups that hold anything, each with its things in order. */
export function byGroup(things: readonly Waiting[]): { group: WaitingGroup; things: Waiting[] }[] {
  return waitingGroups
    .map((group) => ({ group, things: inOrder(things.filter((thing) => thing.group === group)) }))
    .filter(({ things: held }) => held.length > 0);
}

/** Things a role is asked to do. */
export function forRole(things: readonly Waiting[], role: Role): Waiting[] {
  return things.filter((thing) => thing.roles.includes(role));
}

export type WaitingCounts = Partial<Record<WaitingEntry | "today", { count: number; late: boolean }>>;

/** Numbers for the sidebar; `late` only when a date has passed. */
export function waitingCountsOf(things: readonly Waiting[], today: Day): WaitingCounts {
  const counts: WaitingCounts = {};
  const add = (entry: WaitingEntry | "today", late: boolean) => {
    const before = counts[entry];
    counts[entry] = { count: (before?.count ?? 0) + 1, late: late || (before?.late ?? false) };
  };
  for (const thing of things) {
    const late = isLate(thing, today);
    add("today", late);
    add(thing.entry, late);
  }
  return counts;
}

export function isLate(thing: Pick<Waiting, "dueOn">, today: Day): boolean {
  return thing.dueOn !== null && daysBetween(today, thing.dueOn) < 0;
}

/** A day of the strip on which something is due. */
export type StripMark = {
  /** Days from the strip's first. */
  offset: number;
  things: Waiting[];
  /** Row of its words, from the top; null where there is no room for them. */
  lane: number | null;
};

/**
 * Days with something due inside the strip, in order, each in the first lane whose words have ended by then.
 * @param width how many days the words of a mark take, its own day included
 */
export function onStrip(
  things: readonly Waiting[],
  from: Day,
  days: number,
  lanes: number,
  width: (things: readonly Waiting[]) => number,
): StripMark[] {
  const byDay = new Map<number, Waiting[]>();
  for (const thing of inOrder(things)) {
    const offset = thing.dueOn === null ? -1 : daysBetween(from, thing.dueOn);
    if (offset >= 0 && offset < days) byDay.set(offset, [...(byDay.get(offset) ?? []), thing]);
  }
  const free = Array.from({ length: lanes }, () => 0);
  return [...byDay].map(([offset, due]) => {
    const wide = width(due);
    // Near the right edge words stand before their day.
    const start = offset + wide > days ? offset - wide + 1 : offset;
    const lane = free.findIndex((until) => until <= start);
    if (lane === -1) return { offset, things: due, lane: null };
    free[lane] = start + wide;
    return { offset, things: due, lane };
  });
}
