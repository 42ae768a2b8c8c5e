import { useLocale, useTranslations } from "next-intl";
import { Status, type StatusKind } from "@/components/ui/status";
import { type Day, fullDay, kstDay, shortDay } from "@/lib/clock";
import { lastDayOf, type ReconsignmentState, reconsignmentState } from "@/lib/dealers/rules/reconsignment";

const kinds: Readonly<Record<ReconsignmentState, StatusKind>> = {
  noLetter: "waiting",
  upcoming: "off",
  valid: "ok",
  expiring: "warn",
  expired: "bad",
  withdrawn: "bad",
};

export type ShownApproval = {
  approvedOn: Day;
  validFrom: Day;
  validUntil: Day | null;
  withdrawnOn: Day | null;
  file: object | null;
};

/** State of an approval by shape and word; what it waits for or when it ends stands below. `day`: the day of approval in place of the word. */
export function ReconsignmentStatus({
  approval,
  now,
  day = false,
}: {
  approval: ShownApproval;
  now: Date;
  day?: boolean;
}) {
  const t = useTranslations("dealers.reconsignment");
  const locale = useLocale();
  const state = reconsignmentState({ ...approval, signed: approval.file !== null }, kstDay(now));
  const last = lastDayOf(approval);
  const short = (on: Day) => shortDay(on, locale, now);
  const holds = state === "valid" || state === "expiring";
  const below = {
    noLetter: t("unsigned"),
    upcoming: t("startsOn", { day: short(approval.validFrom) }),
    valid: null,
    expiring: last && t("endsOn", { day: short(last) }),
    expired: last && t("endedOn", { day: short(last) }),
    withdrawn: approval.withdrawnOn && t("withdrawnOn", { day: short(approval.withdrawnOn) }),
  }[state];
  return (
    <>
      <Status kind={day && holds ? "ok" : kinds[state]}>
        {day && holds ? (
          <time dateTime={approval.approvedOn}>{fullDay(approval.approvedOn, locale)}</time>
        ) : (
          t(`state.${state}`)
        )}
      </Status>
      {below ? <span className="t2">{below}</span> : null}
    </>
  );
}
