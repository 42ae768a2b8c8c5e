// Which deadlines still ask for somebody, and when a reminder goes out. Pure; KST days.
import { addDays, type Day, daysBetween } from "@/lib/clock";
import { type DeadlineKind, deadlinesOf, type Outlook, outlookOf, type TermRule, termOn } from "./deadlines";

/** Kinds that people are reminded of; the dealer's day and the renewal are told with them. */
export const remindedKinds = ["decision", "notice", "term-end"] as const;
export type RemindedKind = (typeof remindedKinds)[number];

/** Days before a deadline on which its reminder goes out. */
export const reminderSteps = [90, 60, 30, 7, 0] as const;

/** What was said about a term's end. */
export type ChoiceFact = { termEndsOn: Day; choice: string; noticeHadOn: Day | null; at: Date };
export type SnoozeFact = { kind: string; deadlineOn: Day; untilOn: Day; at: Date };

export type WatchedContract = {
  rule: TermRule;
  /** Last day by an agreed end; null where none is agreed, or after a reinstatement. */
  endedOn: Day | null;
  choices: readonly ChoiceFact[];
  snoozes: readonly SnoozeFact[];
};

/** A deadline that waits for somebody. `outlook`: what happens if nobody acts. */
export type OpenDeadline = { kind: RemindedKind; on: Day; termEndsOn: Day; outlook: Outlook };

/** The newest choice about the term that ends on a day, or null. */
export function choiceFor<T extends ChoiceFact>(choices: readonly T[], termEndsOn: Day | null): T | null {
  const about = choices.filter((choice) => choice.termEndsOn === termEndsOn);
  return about.reduce<T | null>((last, choice) => (last === null || choice.at > last.at ? choice : last), null);
}

/**
 * Deadlines of the running term that nobody has settled. None once an end is agreed or the choice is recorded; but an end of a contract
 * that renews itself needs a notice that has arrived, so its notice day stays until that day is recorded too. Once the notice can no
 * longer be given in time only the end of the term is left.
 */
export function openDeadlines({ rule, endedOn, choices }: WatchedContract, today: Day): OpenDeadline[] {
  const { endsOn } = termOn(rule, today);
  if (endedOn !== null || endsOn === null || endsOn < today) return [];
  const outlook = outlookOf(rule, today);
  const choice = choiceFor(choices, endsOn);
  const unheard = choice?.choice === "end" && outlook.outcome === "renews" && choice.noticeHadOn === null;
  return deadlinesOf(rule, today).flatMap(({ kind, on }): OpenDeadline[] => {
    if (!isReminded(kind)) return [];
    if (kind !== "term-end" && outlook.late) return [];
    if (choice && !(kind === "notice" && unheard)) return [];
    return [{ kind, on, termEndsOn: endsOn, outlook }];
  });
}

/** Whether somebody put a deadline's reminders off beyond `today`. The newest word counts; on the day itself they are back. */
export function isSnoozed(deadline: { kind: string; on: Day }, snoozes: readonly SnoozeFact[], today: Day): boolean {
  return (snoozeOf(deadline, snoozes)?.untilOn ?? today) > today;
}

/**
 * The step whose reminder is due on `today`, or null: the nearest one that has begun, so that days on which nothing ran are caught up
 * with one reminder and not with five. The end of a snooze is a step of its own.
 */
export function dueStep(
  deadline: { kind: string; on: Day },
  snoozes: readonly SnoozeFact[],
  today: Day,
): number | null {
  const left = daysBetween(today, deadline.on);
  if (left < 0 || isSnoozed(deadline, snoozes, today)) return null;
  const snooze = snoozeOf(deadline, snoozes);
  const steps = [...reminderSteps, ...(snooze ? [daysBetween(snooze.untilOn, deadline.on)] : [])];
  const begun = steps.filter((step) => step >= left);
  return begun.length > 0 ? Math.min(...begun) : null;
}

/** The first and the last day until which a deadline may be put off: from tomorrow to the deadline itself; null when it is too late. */
export function snoozeRange(on: Day, today: Day): { first: Day; last: Day } | null {
  const first = addDays(today, 1);
  return on < first ? null : { first, last: on };
}

function snoozeOf(deadline: { kind: string; on: Day }, snoozes: readonly SnoozeFact[]): SnoozeFact | null {
  const about = snoozes.filter(({ kind, deadlineOn }) => kind === deadline.kind && deadlineOn === deadline.on);
  return about.reduce<SnoozeFact | null>((last, one) => (last === null || one.at > last.at ? one : last), null);
}

function isReminded(kind: DeadlineKind): kind is RemindedKind {
  return remindedKinds.some((one) => one === kind);
}
