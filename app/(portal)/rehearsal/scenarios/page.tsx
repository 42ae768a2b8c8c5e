import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { RehearsalTabs } from "@/components/rehearsal/rehearsal-tabs";
import { ScenarioTable } from "@/components/rehearsal/scenario-table";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { listScenarios } from "@/lib/rehearsal/queries/list-scenarios";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("rehearsal.scenarios"))("title") };
}

export default async function ScenariosPage() {
  const actor = await currentActor();
  const t = await getTranslations("rehearsal.scenarios");
  const scenarios = await listScenarios(actor);
  return (
    <>
      <PageHeader
        title={t("title")}
        sub={t("about")}
        actions={
          can(actor, "scenario:edit") ? (
            <LinkButton variant="primary" href="/rehearsal/scenarios/new">
              {t("new")}
            </LinkButton>
          ) : undefined
        }
      />
      <RehearsalTabs tab="scenarios" />
      {scenarios.length === 0 ? (
        <EmptyState title={t("empty.title")}>{t("empty.body")}</EmptyState>
      ) : (
        <ScenarioTable scenarios={scenarios} now={new Date()} />
      )}
    </>
  );
}
