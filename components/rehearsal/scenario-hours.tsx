import { useTranslations } from "next-intl";
import { KeyValue } from "@/components/ui/key-value";
import { Section } from "@/components/ui/section";
import { stretchesOf, week } from "@/lib/rehearsal/rules/scenario-form";
import type { Scenario } from "@/lib/rehearsal/schema/scenario";

/** When people are there, day by day, and what is said when nobody understands. Nothing where the scenario asks for neither. */
export function ScenarioHours({ content: { nodes, hours, notUnderstood } }: { content: Scenario }) {
  const t = useTranslations("rehearsal");
  const timed = nodes.some(({ kind }) => kind === "hours");
  if (!timed && notUnderstood === "") return null;
  const days = week.map((day) => [t(`day.${day}`), stretchesOf(hours, day) || t("closed")] as const);
  return (
    <Section title={t("kind.hours")} note={t(hours.holidays ? "holidaysOpen" : "holidaysClosed")}>
      <KeyValue
        rows={[
          ...(timed ? days : []),
          ...(notUnderstood === "" ? [] : [[t("field.notUnderstood"), notUnderstood] as const]),
        ]}
      />
    </Section>
  );
}
