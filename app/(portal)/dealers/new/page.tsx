import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ConnectionForm } from "@/components/dealers/connection-form";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { listConnectableChannels } from "@/lib/dealers/queries/connections";
import { createConnectionAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dealers"))("new.title") };
}

type Search = Promise<{ channel?: string | string[] }>;

export default async function NewConnectionPage({ searchParams }: { searchParams: Search }) {
  const actor = await currentActor();
  if (!can(actor, "connection:create")) forbidden();
  const t = await getTranslations("dealers");
  const channels = await listConnectableChannels(actor);
  const { channel } = await searchParams;
  return (
    <>
      <PageHeader
        title={t("new.title")}
        sub={t("new.about")}
        crumbs={[
          { href: "/dealers", label: t("contracts.title") },
          { href: "/dealers/connections", label: t("connections") },
        ]}
      />
      {channels.length === 0 ? (
        <EmptyState
          title={t("new.noChannel")}
          starts={[
            { title: t("column.channel"), action: <LinkButton href="/channels">{t("new.toChannels")}</LinkButton> },
          ]}
        />
      ) : (
        <ConnectionForm
          action={createConnectionAction}
          channels={channels}
          channelId={channels.find(({ id }) => id === channel)?.id}
        />
      )}
    </>
  );
}
