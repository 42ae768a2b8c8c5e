import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { ConnectionTable } from "@/components/dealers/connection-table";
import { DealerTable } from "@/components/dealers/dealer-table";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { fullDay } from "@/lib/clock";
import { dealers, directorySource } from "@/lib/dealers/directory";
import { listConnections, listDealerChannels } from "@/lib/dealers/queries/connections";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dealers"))("title") };
}

export default async function DealersPage() {
  const actor = await currentActor();
  const [t, locale] = await Promise.all([getTranslations("dealers"), getLocale()]);
  const now = new Date();
  const mayRead = can(actor, "connection:read");
  const [connections, channels] = await Promise.all([
    mayRead ? listConnections(actor, now) : [],
    listDealerChannels(actor),
  ]);
  const add = can(actor, "connection:create") ? (
    <LinkButton variant="primary" href="/dealers/new" icon={<Icon name="plus" />}>
      {t("add")}
    </LinkButton>
  ) : null;
  const source = { source: directorySource.title, day: fullDay(directorySource.checkedOn, locale) };
  return (
    <>
      <PageHeader title={t("title")} sub={t("about")} actions={add} />
      {mayRead ? (
        <Section title={t("connections")} count={connections.length} note={t("connectionsNote")}>
          {connections.length === 0 ? (
            <EmptyState title={t("empty.title")}>{t("empty.body")}</EmptyState>
          ) : (
            <ConnectionTable connections={connections} now={now} />
          )}
        </Section>
      ) : null}
      <Section title={t("directory.title")} count={dealers.length} note={t("directory.note", source)}>
        <DealerTable dealers={dealers} channels={channels} />
      </Section>
    </>
  );
}
