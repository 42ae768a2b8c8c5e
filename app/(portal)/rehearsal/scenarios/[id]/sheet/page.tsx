import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ScenarioFigure } from "@/components/rehearsal/scenario-figure";
import { ScenarioHours } from "@/components/rehearsal/scenario-hours";
import { ScenarioOutline } from "@/components/rehearsal/scenario-outline";
import { TemplateStatus } from "@/components/templates/template-status";
import { PageHeader } from "@/components/ui/page-header";
import { Hash } from "@/components/ui/text";
import { currentActor } from "@/lib/auth/session";
import { getScenario } from "@/lib/rehearsal/queries/get-scenario";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("rehearsal"))("sheet") };
}

/** A scenario as paper: its drawing, its hours and every node in words, without the ways to change it. */
export default async function ScenarioSheetPage({ params }: { params: Promise<{ id: string }> }) {
  const scenario = await getScenario(await currentActor(), (await params).id);
  if (!scenario) notFound();
  const t = await getTranslations("rehearsal");
  const { id, name, standing, content } = scenario;
  return (
    <>
      <PageHeader
        title={name}
        here={t("sheet")}
        sub={<span className="no-print">{t("sheetAbout")}</span>}
        crumbs={[
          { href: "/rehearsal/scenarios", label: t("scenarios.title") },
          { href: `/rehearsal/scenarios/${id}`, label: name },
        ]}
        status={<TemplateStatus state={standing.state} pill />}
        facts={[
          [t("scenarios.column.channel"), scenario.channelName],
          [t("hash"), <Hash key="hash" value={scenario.hash} head={8} tail={8} />],
        ]}
      />
      <ScenarioFigure scenario={scenario} />
      <ScenarioHours content={content} />
      <ScenarioOutline scenario={scenario} />
    </>
  );
}
