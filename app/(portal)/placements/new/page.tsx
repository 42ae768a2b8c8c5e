import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PlacementForm } from "@/components/placements/placement-form";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { listPlacementChoices } from "@/lib/placements/queries";
import { createPlacementAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("placements"))("new.title") };
}

export default async function NewPlacementPage({
  searchParams,
}: {
  searchParams: Promise<{ channel?: string | string[] }>;
}) {
  const actor = await currentActor();
  if (!can(actor, "placement:create")) forbidden();
  const t = await getTranslations("placements");
  const choices = await listPlacementChoices(actor, new Date());
  const { channel } = await searchParams;
  return (
    <>
      <PageHeader title={t("new.title")} sub={t("new.about")} crumbs={[{ href: "/placements", label: t("title") }]} />
      {choices.channels.length === 0 ? (
        <EmptyState
          title={t("new.noChannel")}
          starts={[
            { title: t("column.channel"), action: <LinkButton href="/channels">{t("new.toChannels")}</LinkButton> },
          ]}
        />
      ) : (
        <PlacementForm
          action={createPlacementAction}
          choices={choices}
          me={actor.personId}
          channelId={choices.channels.find(({ id }) => id === channel)?.id}
        />
      )}
    </>
  );
}
