import type { Metadata } from "next";
import { forbidden, notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ScenarioEditor } from "@/components/rehearsal/scenario-editor";
import { ScenarioFindings } from "@/components/rehearsal/scenario-findings";
import { Callout } from "@/components/ui/callout";
import { PageHeader } from "@/components/ui/page-header";
import { WithRail } from "@/components/ui/section";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { getScenario, listSendableTemplates } from "@/lib/rehearsal/queries/get-scenario";
import { mayEdit } from "@/lib/templates/rules/status";
import { saveScenarioAction, undoScenarioAction } from "../../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("rehearsal"))("edit") };
}

/** The editor of a scenario's newest draft: a form, with and without script. */
export default async function EditScenarioPage({ params }: { params: Promise<{ id: string }> }) {
  const actor = await currentActor();
  if (!can(actor, "scenario:edit")) forbidden();
  const scenario = await getScenario(actor, (await params).id);
  if (!scenario) notFound();
  const t = await getTranslations("rehearsal");
  const { id, name } = scenario;
  return (
    <>
      <PageHeader
        title={t("editTitle", { name })}
        crumbs={[
          { href: "/rehearsal/scenarios", label: t("scenarios.title") },
          { href: `/rehearsal/scenarios/${id}`, label: name },
        ]}
      />
      {mayEdit(scenario.standing) ? (
        <WithRail label={t("rail")} rail={<ScenarioFindings scenario={scenario} />}>
          <ScenarioEditor
            scenario={scenario}
            templates={await listSendableTemplates(actor)}
            saveAction={saveScenarioAction}
            undoAction={undoScenarioAction}
          />
        </WithRail>
      ) : (
        <Callout kind="warn">{t("scenario.refused.submitted")}</Callout>
      )}
    </>
  );
}
