import { useTranslations } from "next-intl";
import { Section } from "@/components/ui/section";
import type { StatusKind } from "@/components/ui/status";
import { Hash } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import { Timeline } from "@/components/ui/timeline";
import type { PolicyStepKind } from "@/lib/retention/rules/policy-approval";
import type { PolicyStepView } from "@/lib/retention/rules/policy-view";

const kinds: Readonly<Record<PolicyStepKind, StatusKind>> = {
  submitted: "waiting",
  approved: "ok",
  rejected: "bad",
  withdrawn: "off",
};

/** Who asked, approved, rejected or withdrew which version, newest first. */
export function PolicySteps({ steps, now }: { steps: readonly PolicyStepView[]; now: Date }) {
  const t = useTranslations("retention.policies");
  return (
    <Section title={t("approval.steps")}>
      {steps.length === 0 ? (
        <p className="text-sm text-fg-2">{t("approval.noSteps")}</p>
      ) : (
        <Timeline
          moments={steps.map((step) => ({
            key: step.id,
            kind: kinds[step.kind],
            title: (
              <>
                {t("version", { number: step.number })} {t(`approval.step.${step.kind}`)} · {step.by} ·{" "}
                <Time at={step.at} now={now} />
              </>
            ),
            note: (
              <>
                {step.note ? <span className="block whitespace-pre-line">{step.note}</span> : null}
                <Hash value={step.hash} head={8} tail={8} />
              </>
            ),
          }))}
        />
      )}
    </Section>
  );
}
