import { useLocale, useTranslations } from "next-intl";
import type { StatusKind } from "@/components/ui/status";
import { Timeline } from "@/components/ui/timeline";
import { dayAndTime, fullDay } from "@/lib/clock";
import type { StepKind } from "@/lib/retention/rules/destruction";
import { stepNote } from "@/lib/retention/rules/destruction-note";
import type { RunView } from "@/lib/retention/rules/destruction-view";

const kinds: Record<StepKind, StatusKind> = {
  requested: "note",
  approved: "ok",
  rejected: "off",
  cancelled: "off",
  started: "note",
  stopped: "bad",
  finished: "ok",
  "dealer-asked": "waiting",
  "dealer-confirmed": "ok",
};

/** Who did what with a run, the latest last. */
export function DestructionSteps({ run, now }: { run: RunView; now: Date }) {
  const t = useTranslations("retention.destructions");
  const locale = useLocale();
  const by = (name: string | null, at: Date) => `${name ?? t("byJob")} · ${dayAndTime(at, locale, now)}`;
  return (
    <Timeline
      moments={[
        { key: "prepared", kind: "note", title: t("steps.prepared"), note: by(run.preparedByName, run.preparedAt) },
        ...run.steps.map((step) => {
          const said = stepNote(step);
          const kind = step.kind as StepKind;
          // Why a run stopped stands in its result, in words.
          const text = kind === "stopped" ? "" : said.text;
          return {
            key: `${kind} ${step.at.getTime()}`,
            kind: kinds[kind],
            title: t(said.standing ? "steps.standing" : `steps.${kind}`),
            note: (
              <>
                {by(step.name, step.at)}
                {said.on ? ` · ${t("dealer.day", { day: fullDay(said.on, locale) })}` : null}
                {text ? <span className="block whitespace-pre-line">{text}</span> : null}
              </>
            ),
          };
        }),
      ]}
    />
  );
}
