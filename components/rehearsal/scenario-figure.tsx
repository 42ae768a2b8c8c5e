import { useTranslations } from "next-intl";
import { Section } from "@/components/ui/section";
import { drawScenario } from "@/lib/rehearsal/rules/draw-scenario";
import type { ScenarioView } from "@/lib/rehearsal/schema/view";
import { ScenarioDrawing } from "./scenario-drawing";

/** The drawing of a scenario under its heading; nodes with something wrong stand out. */
export function ScenarioFigure({ scenario: { content, findings, templates } }: { scenario: ScenarioView }) {
  const t = useTranslations("rehearsal");
  return (
    <Section title={t("drawing")}>
      <ScenarioDrawing
        drawing={drawScenario(content)}
        kinds={{
          ...{ menu: t("kind.menu"), answer: t("kind.answer"), hours: t("kind.hours") },
          ...{ agent: t("kind.agent"), end: t("kind.end") },
        }}
        ways={{ open: t("way.open"), closed: t("way.closed") }}
        templates={templates}
        wrong={new Set(findings.map(({ node }) => node))}
      />
    </Section>
  );
}
