import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ScenarioApproval } from "@/components/rehearsal/scenario-approval";
import { ScenarioFigure } from "@/components/rehearsal/scenario-figure";
import { ScenarioFindings } from "@/components/rehearsal/scenario-findings";
import { ScenarioSteps } from "@/components/rehearsal/scenario-history";
import { ScenarioHours } from "@/components/rehearsal/scenario-hours";
import { ScenarioOutline } from "@/components/rehearsal/scenario-outline";
import { TemplateStatus } from "@/components/templates/template-status";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { WithRail } from "@/components/ui/section";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { getScenario } from "@/lib/rehearsal/queries/get-scenario";
import { mayEdit } from "@/lib/templates/rules/status";
import {
  approveScenarioAction,
  retireScenarioAction,
  returnScenarioAction,
  submitScenarioAction,
  takeScenarioInUseAction,
  withdrawScenarioAction,
} from "../actions";

type Props = { params: Promise<{ id: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("rehearsal.scenarios"))("title") };
}

export default async function ScenarioPage({ params }: Props) {
  const actor = await currentActor();
  const scenario = await getScenario(actor, (await params).id);
  if (!scenario) notFound();
  const now = new Date();
  const t = await getTranslations("rehearsal");
  const { id, name, content, standing } = scenario;
  const [editor, own] = [can(actor, "scenario:edit"), scenario.ownIds.includes(actor.personId)];
  const decider = can(actor, "scenario:approve") && !own;
  return (
    <>
      <PageHeader
        title={name}
        crumbs={[{ href: "/rehearsal/scenarios", label: t("scenarios.title") }]}
        status={<TemplateStatus state={standing.state} pill />}
        facts={[
          [t("scenarios.column.channel"), scenario.channelName],
          [t("scenarios.column.nodes"), String(content.nodes.length)],
        ]}
        actions={
          <>
            {editor && mayEdit(standing) ? (
              <LinkButton href={`/rehearsal/scenarios/${id}/edit`}>{t("edit")}</LinkButton>
            ) : null}
            <LinkButton href={`/rehearsal/scenarios/${id}/sheet`}>{t("sheet")}</LinkButton>
            <a className="btn" href={`/rehearsal/scenarios/${id}/file/json`} download>
              {t("json")}
            </a>
            <a className="btn" href={`/rehearsal/scenarios/${id}/file/mermaid`} download>
              {t("mermaid")}
            </a>
          </>
        }
      />
      <WithRail
        label={t("rail")}
        rail={
          <div className="grid gap-4">
            <ScenarioApproval
              scenario={scenario}
              now={now}
              acts={{
                submit: editor ? submitScenarioAction : null,
                withdraw: editor ? withdrawScenarioAction : null,
                approve: decider ? approveScenarioAction : null,
                giveBack: decider ? returnScenarioAction : null,
                use: editor ? takeScenarioInUseAction : null,
                retire: editor ? retireScenarioAction : null,
                own: own && can(actor, "scenario:approve"),
              }}
            />
            <ScenarioFindings scenario={scenario} />
          </div>
        }
      >
        <ScenarioFigure scenario={scenario} />
        <ScenarioHours content={content} />
        <ScenarioOutline scenario={scenario} />
        <ScenarioSteps scenario={scenario} now={now} />
      </WithRail>
    </>
  );
}
