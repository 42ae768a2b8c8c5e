import { useLocale, useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import type { StatusKind } from "@/components/ui/status";
import { Hash } from "@/components/ui/text";
import { Timeline } from "@/components/ui/timeline";
import { type Day, dayAndTime, dayWithWeekday } from "@/lib/clock";
import { reasonByKey } from "@/lib/privacy/rules/reasons";

export type ListedStep = {
  id: string;
  kind: string;
  reason: string;
  untilOn: Day | null;
  letterHash: string;
  byName: string;
  at: Date;
};

const kinds: Readonly<Record<string, StatusKind>> = {
  ...{
    identified: "ok",
    postponed: "warn",
    granted: "ok",
    partly: "note",
    refused: "off",
    withdrawn: "off",
    done: "ok",
  },
};

/** What was done with a request, the newest first; a letter is handed out by POST, since that is recorded. */
export function RequestSteps({
  requestId,
  registered,
  steps,
  now,
}: {
  requestId: string;
  registered: { by: string; at: Date };
  steps: readonly ListedStep[];
  now: Date;
}) {
  const t = useTranslations("privacy.requests");
  const locale = useLocale();
  const moments = steps.map((step) => ({
    key: step.id,
    kind: kinds[step.kind] ?? "note",
    title: (
      <>
        {t(`steps.${step.kind as "granted"}`)}
        {step.letterHash ? (
          <form method="post" action={`/privacy/requests/${requestId}/letter`} className="mt-1">
            <Button type="submit" size="sm" name="step" value={step.id}>
              {t("letter")}
            </Button>
          </form>
        ) : null}
      </>
    ),
    note: (
      <>
        {step.byName} · {dayAndTime(step.at, locale, now)}
        {step.untilOn ? ` · ${t("until", { day: dayWithWeekday(step.untilOn, locale, now) })}` : ""}
        {step.reason ? ` · ${reasonByKey(step.reason)?.article ?? step.reason}` : ""}
        {step.letterHash ? (
          <span className="block">
            <Hash value={step.letterHash} head={8} tail={8} />
          </span>
        ) : null}
      </>
    ),
  }));
  return (
    <Timeline
      moments={[
        ...moments.reverse(),
        {
          key: "registered",
          kind: "note",
          title: t("steps.registered"),
          note: `${registered.by} · ${dayAndTime(registered.at, locale, now)}`,
        },
      ]}
    />
  );
}
