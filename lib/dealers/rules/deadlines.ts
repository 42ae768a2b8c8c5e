// Terms of a contract and the days on which somebody has to act, each with the calculation behind it (민법 제155–161조). KST days.
import { addDays, addMonths, type Day } from "@/lib/clock";
import { holidayNames, holidaysKnown, holidayYears, isBusinessDay, previousBusinessDay } from "@/lib/holidays";

export type Notice = { count: number; unit: "days" | "months" };

/** What a contract says about its term. `fixed`: renewed by a new agreement only, which is written into the contract when it is made. */
export type TermRule = {
  startsOn: Day;
  /** Last day of the first term as written; null without a term. */
  endsOn: Day | null;
  renewal: "none" | "tacit" | "fixed";
  renewalMonths: number | null;
  /** How long before the end of a term our notice must have reached the dealer. */
  notice: Notice | null;
  /** The same for the dealer's notice to us. */
  dealerNotice: Notice | null;
  /** Business days that we keep free before the last safe day. */
  marginDays: number;
};

/** `index` 0 is the first term. Both days belong to it. */
export type Term = { index: number; startsOn: Day; endsOn: Day | null };

export const deadlineKinds = ["decision", "notice", "dealer-notice", "term-end", "renewal"] as const;
export type DeadlineKind = (typeof deadlineKinds)[number];

/** One line of a calculation. Months are clipped: a day that a month does not have becomes its last one. */
export type DeadlineStep =
  | { kind: "written"; day: Day }
  | { kind: "renewed"; from: Day; months: number; clipped: boolean; day: Day }
  | { kind: "count-back"; from: Day; count: number; unit: Notice["unit"]; clipped: boolean; day: Day }
  /** `from` is no business day: Saturday or Sunday where `names` is empty. */
  | { kind: "day-off"; from: Day; names: string[]; day: Day }
  /** `off` are the holidays on weekdays that were jumped over. */
  | { kind: "business-days"; from: Day; count: number; off: { day: Day; names: string[] }[]; day: Day }
  | { kind: "next-term"; from: Day; months: number; until: Day; day: Day }
  /** Public holidays of that year are not known yet: weekends alone were counted out. */
  | { kind: "unknown-holidays"; last: number; day: Day };

export type Deadline = { kind: DeadlineKind; on: Day; steps: DeadlineStep[] };

/**
 * The term that runs on `today`: the first before its start; the last once a contract without tacit renewal is over.
 * Renewed terms are reckoned from the first start, so that no month end drifts.
 */
export function termOn(rule: TermRule, today: Day): Term {
  const months = tacitMonths(rule);
  if (rule.endsOn === null || months === null || rule.endsOn >= today) return termAt(rule, 0);
  const anchor = anchorOf(rule, rule.endsOn);
  let index = Math.max(0, Math.floor((monthsBetween(anchor.day, today) - anchor.months) / months) - 1);
  while ((termAt(rule, index).endsOn ?? today) < today) index += 1;
  return termAt(rule, index);
}

/** A term by its number. @throws RangeError for a renewal of a contract that does not renew itself */
export function termAt(rule: TermRule, index: number): Term {
  const { startsOn, endsOn } = rule;
  if (index === 0 || endsOn === null) return { index: 0, startsOn, endsOn };
  const months = tacitMonths(rule);
  if (months === null) throw new RangeError("A contract without tacit renewal has one term");
  const anchor = anchorOf(rule, endsOn);
  const end = (at: number) => lastDayOf(anchor.day, anchor.months + at * months);
  return { index, startsOn: addDays(end(index - 1), 1), endsOn: end(index) };
}

/**
 * The deadlines of the running term in the order of their days; none for a contract without a term. The notice day is the last safe one:
 * a notice has to be there on a business day, so we go back to the business day on or before the counted day (our reading, on the safe side).
 */
export function deadlinesOf(rule: TermRule, today: Day): Deadline[] {
  const term = termOn(rule, today);
  if (term.endsOn === null) return [];
  const end = endStep(rule, term, term.endsOn);
  const found: Deadline[] = [{ kind: "term-end", on: term.endsOn, steps: [end] }];
  const notice = rule.notice && withBusinessDay([end, countBack(term.endsOn, rule.notice)]);
  if (notice) found.push({ kind: "notice", ...notice });
  found.push({ kind: "decision", ...marginBefore(notice ?? withBusinessDay([end]), rule.marginDays) });
  if (rule.dealerNotice) {
    const counted = countBack(term.endsOn, rule.dealerNotice);
    found.push({ kind: "dealer-notice", on: counted.day, steps: [end, counted] });
  }
  const months = tacitMonths(rule);
  if (months !== null) {
    const next = termAt(rule, term.index + 1);
    const until = next.endsOn ?? next.startsOn;
    const step: DeadlineStep = { kind: "next-term", from: term.endsOn, months, until, day: next.startsOn };
    found.push({ kind: "renewal", on: next.startsOn, steps: [end, step] });
  }
  return found.sort(
    (a, b) => a.on.localeCompare(b.on) || deadlineKinds.indexOf(a.kind) - deadlineKinds.indexOf(b.kind),
  );
}

/** What happens at the end of the running term if nobody says anything. `until`: last day then, null without a term. */
export type Outlook = {
  outcome: "open-ended" | "ends" | "renews";
  noticeOn: Day | null;
  late: boolean;
  until: Day | null;
};

/**
 * Whether the contract renews or ends by itself, and whether it is too late to say so: `late` once the day counted by the contract
 * (not only our safe one) has passed in the running term.
 */
export function outlookOf(rule: TermRule, today: Day): Outlook {
  const term = termOn(rule, today);
  if (term.endsOn === null) return { outcome: "open-ended", noticeOn: null, late: false, until: null };
  const noticeOn = rule.notice && countBack(term.endsOn, rule.notice).day;
  const late = (noticeOn ?? term.endsOn) < today;
  if (tacitMonths(rule) === null) return { outcome: "ends", noticeOn, late, until: term.endsOn };
  return { outcome: "renews", noticeOn, late, until: termAt(rule, term.index + 1).endsOn };
}

/** Months of a tacit renewal, null for a contract that does not renew itself. */
function tacitMonths({ renewal, renewalMonths }: TermRule): number | null {
  return renewal === "tacit" && renewalMonths !== null && renewalMonths > 0 ? renewalMonths : null;
}

/** Where renewed terms are reckoned from: the first start if the first term is whole months, else the day after its end. */
function anchorOf({ startsOn }: TermRule, endsOn: Day): { day: Day; months: number } {
  const months = wholeMonths(startsOn, endsOn);
  return months === null ? { day: addDays(endsOn, 1), months: 0 } : { day: startsOn, months };
}

/** How many months a period is, both days included; null when it is no whole number of them. */
export function wholeMonths(startsOn: Day, endsOn: Day): number | null {
  const near = monthsBetween(startsOn, endsOn);
  return [near, near + 1].find((count) => count > 0 && lastDayOf(startsOn, count) === endsOn) ?? null;
}

/** Last day of a period of months (민법 제160조): the day before the same day, or the month's last day where it has no such day. */
function lastDayOf(anchor: Day, months: number): Day {
  const same = addMonths(anchor, months);
  return isClipped(anchor, same) ? same : addDays(same, -1);
}

const isClipped = (from: Day, to: Day) => from.slice(8) !== to.slice(8);

/** Calendar months from one day's month to another's. */
function monthsBetween(from: Day, to: Day): number {
  return (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));
}

function endStep(rule: TermRule, term: Term, endsOn: Day): DeadlineStep {
  if (term.index === 0) return { kind: "written", day: endsOn };
  const anchor = anchorOf(rule, rule.endsOn ?? endsOn);
  const months = anchor.months + term.index * (rule.renewalMonths ?? 0);
  const clipped = isClipped(anchor.day, addMonths(anchor.day, months));
  return { kind: "renewed", from: anchor.day, months, clipped, day: endsOn };
}

function countBack(from: Day, { count, unit }: Notice): DeadlineStep & { kind: "count-back" } {
  const day = unit === "days" ? addDays(from, -count) : addMonths(from, -count);
  return { kind: "count-back", from, count, unit, clipped: unit === "months" && isClipped(from, day), day };
}

type Reckoned = { on: Day; steps: DeadlineStep[] };

/** Goes back to a business day where the last step's day is none. */
function withBusinessDay(steps: DeadlineStep[]): Reckoned {
  const from = steps.at(-1)?.day ?? "";
  const day = previousBusinessDay(from, 0);
  if (day !== from) steps = [...steps, { kind: "day-off", from, names: holidayNames(from), day }];
  return { on: day, steps: [...steps, ...doubt(day)] };
}

function marginBefore({ on, steps }: Reckoned, count: number): Reckoned {
  const day = previousBusinessDay(on, count);
  const off: { day: Day; names: string[] }[] = [];
  for (let at = addDays(on, -1); at > day; at = addDays(at, -1))
    if (!isBusinessDay(at) && holidayNames(at).length > 0) off.push({ day: at, names: holidayNames(at) });
  const known = steps.filter((step) => step.kind !== "unknown-holidays");
  return { on: day, steps: [...known, { kind: "business-days", from: on, count, off, day }, ...doubt(day)] };
}

function doubt(day: Day): DeadlineStep[] {
  return holidaysKnown(day) ? [] : [{ kind: "unknown-holidays", last: holidayYears.last, day }];
}
