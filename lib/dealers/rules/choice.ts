// Whether what is recorded about a term's end can be so. Pure.
import type { Day } from "@/lib/clock";
import { Conflict, Refused } from "@/lib/errors";
import { outlookOf, type TermRule, termOn } from "./deadlines";
import { openDeadlines, type RemindedKind, snoozeRange, type WatchedContract } from "./reminders";

export const choiceKinds = ["renew", "end", "renegotiate"] as const;
export type ChoiceKind = (typeof choiceKinds)[number];

export type Choice = {
  choice: ChoiceKind;
  /** Last day of the term that was looked at. */
  termEndsOn: Day;
  noticeSentOn: Day | null;
  /** The day on which the dealer had the notice: that day counts, not the day of sending (민법 제111조 제1항). */
  noticeHadOn: Day | null;
};

/**
 * @throws Conflict when another term runs by now; Refused when the contract has no term or its end is agreed already, beside a day that
 * cannot be, and for an end of a contract that renews itself when the notice did not arrive in time
 */
export function assertMayDecide(rule: TermRule, endedOn: Day | null, said: Choice, today: Day): void {
  const { endsOn } = termOn(rule, today);
  if (endedOn !== null) throw new Refused("dealers.deadlines.refused.ended");
  if (endsOn === null) throw new Refused("dealers.deadlines.refused.noTerm");
  if (said.termEndsOn !== endsOn) throw new Conflict("dealers.deadlines.refused.otherTerm");
  const { noticeSentOn, noticeHadOn } = said;
  if (noticeSentOn !== null && noticeSentOn > today)
    throw new Refused("dealers.deadlines.refused.future", "noticeSentOn");
  if (noticeHadOn !== null && noticeHadOn > today) throw new Refused("dealers.deadlines.refused.future", "noticeHadOn");
  if (noticeSentOn !== null && noticeHadOn !== null && noticeHadOn < noticeSentOn)
    throw new Refused("dealers.deadlines.refused.hadBeforeSent", "noticeHadOn");
  if (said.choice === "end") assertNoticeInTime(rule, noticeHadOn, today);
}

function assertNoticeInTime(rule: TermRule, hadOn: Day | null, today: Day): void {
  const { outcome, noticeOn, late, until } = outlookOf(rule, today);
  if (outcome !== "renews" || noticeOn === null || until === null) return;
  const values = { last: written(noticeOn), until: written(until) };
  if (hadOn === null && late) throw new Refused("dealers.deadlines.refused.tooLate", "noticeHadOn", values);
  if (hadOn !== null && hadOn > noticeOn)
    throw new Refused("dealers.deadlines.refused.hadTooLate", "noticeHadOn", { ...values, had: written(hadOn) });
}

/** @throws Conflict when the deadline is another day by now or is settled; Refused beside `untilOn` for a day out of range */
export function assertMaySnooze(
  contract: WatchedContract,
  said: { kind: RemindedKind; deadlineOn: Day; untilOn: Day },
  today: Day,
): void {
  const open = openDeadlines(contract, today).some(({ kind, on }) => kind === said.kind && on === said.deadlineOn);
  if (!open) throw new Conflict("dealers.deadlines.refused.settled");
  const range = snoozeRange(said.deadlineOn, today);
  if (!range) throw new Refused("dealers.deadlines.refused.passed", "untilOn", { on: written(said.deadlineOn) });
  if (said.untilOn < range.first || said.untilOn > range.last)
    throw new Refused("dealers.deadlines.refused.snoozeRange", "untilOn", {
      first: written(range.first),
      last: written(range.last),
    });
}

/** `2026.12.15`: rules know no language. */
function written(day: Day): string {
  return day.replaceAll("-", ".");
}
