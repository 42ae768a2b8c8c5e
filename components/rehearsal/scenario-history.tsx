import { useTranslations } from "next-intl";
import { Section } from "@/components/ui/section";
import type { StatusKind } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { Timeline } from "@/components/ui/timeline";
import type { ScenarioView } from "@/lib/rehearsal/schema/view";

const kinds: Readonly<Record<ScenarioView["steps"][number]["kind"], StatusKind>> = {
  ...{ submitted: "waiting", withdrawn: "off", approved: "ok", returned: "bad", used: "ok", retired: "off" },
};

/** What was done about it, newest first. */
export function ScenarioSteps({ scenario: { steps }, now }: { scenario: ScenarioView; now: Date }) {
  const t = useTranslations("templates.step");
  const none = useTranslations("rehearsal")("noSteps");
  return (
    <Section title={t("title")}>
      {steps.length === 0 ? (
        <p className="text-sm text-fg-3">{none}</p>
      ) : (
        <Timeline
          moments={steps.map(({ id, kind, number, note, at, personName }) => ({
            key: id,
            kind: kinds[kind],
            title: `${t("version", { number })} ${t(kind)}`,
            note: (
              <>
                {personName} · <Time at={at} now={now} />
                {note ? <span className="block whitespace-pre-line">{note}</span> : null}
              </>
            ),
          }))}
        />
      )}
    </Section>
  );
}
