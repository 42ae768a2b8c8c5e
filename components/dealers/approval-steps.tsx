import { useTranslations } from "next-intl";
import { Section } from "@/components/ui/section";
import type { StatusKind } from "@/components/ui/status";
import { Hash } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import { Timeline } from "@/components/ui/timeline";
import type { ContractStepView } from "@/lib/dealers/rules/contract-view";

const kinds: Readonly<Record<ContractStepView["kind"], StatusKind>> = {
  submitted: "waiting",
  approved: "ok",
  rejected: "bad",
  withdrawn: "off",
};

/** Who asked, approved, rejected or withdrew which version, newest first. */
export function ApprovalSteps({ steps, now }: { steps: readonly ContractStepView[]; now: Date }) {
  const t = useTranslations("dealers.contracts.approval");
  return (
    <Section title={t("steps")}>
      {steps.length === 0 ? (
        <p className="text-sm text-fg-2">{t("noSteps")}</p>
      ) : (
        <Timeline
          moments={steps.map((step) => ({
            key: step.id,
            kind: kinds[step.kind],
            title: (
              <>
                {t("version", { number: step.number })} {t(`step.${step.kind}`)} · {step.by} ·{" "}
                <Time at={step.at} now={now} />
              </>
            ),
            note: (
              <>
                {step.note ? <span className="block">{step.note}</span> : null}
                <Hash value={step.hash} head={8} tail={8} />
              </>
            ),
          }))}
        />
      )}
    </Section>
  );
}
