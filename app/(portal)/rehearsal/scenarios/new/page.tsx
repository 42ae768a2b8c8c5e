import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NewScenarioForm } from "@/components/rehearsal/new-scenario-form";
import { PageHeader } from "@/components/ui/page-header";
import { currentActor } from "@/lib/auth/session";
import { listScenarioChannels } from "@/lib/rehearsal/queries/list-scenarios";
import { createScenarioAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("rehearsal.scenarios"))("new") };
}

export default async function NewScenarioPage() {
  // Asks the door for the right to write before anything is shown.
  const channels = await listScenarioChannels(await currentActor());
  const t = await getTranslations("rehearsal.scenarios");
  return (
    <>
      <PageHeader title={t("new")} sub={t("newAbout")} crumbs={[{ href: "/rehearsal/scenarios", label: t("title") }]} />
      <NewScenarioForm action={createScenarioAction} channels={channels} />
    </>
  );
}
