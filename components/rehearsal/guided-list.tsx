import { useTranslations } from "next-intl";
import { Status } from "@/components/ui/status";
import type { Walked } from "@/lib/rehearsal/rules/guided";

/** The guide's steps, those that were walked and those that wait; the first of these says how. */
export function GuidedList({ walked }: { walked: readonly Walked[] }) {
  const t = useTranslations("rehearsal.run");
  const next = walked.find(({ needed, event }) => needed && event === null);
  return (
    <ol className="rehearse-steps" aria-label={t("guided")}>
      {walked.map((step) => (
        <li key={step.key} aria-current={step.key === next?.key ? "step" : undefined}>
          <Status kind={step.event !== null ? "ok" : step.key === next?.key ? "note" : "off"}>
            {t(`step.${step.key}`)}
          </Status>
          <span className="text-xs text-fg-3">
            {step.section}
            {step.needed ? "" : ` · ${t("optional")}`}
          </span>
          {step.key === next?.key ? <p>{t(`how.${step.key}`)}</p> : null}
        </li>
      ))}
    </ol>
  );
}
