import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ConnectionTable } from "@/components/dealers/connection-table";
import { DealersTabs } from "@/components/dealers/dealers-tabs";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { listConnections } from "@/lib/dealers/queries/connections";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("dealers"))("connections") };
}

export default async function ConnectionsPage() {
  const actor = await currentActor();
  if (!can(actor, "connection:read")) forbidden();
  const t = await getTranslations("dealers");
  const now = new Date();
  const connections = await listConnections(actor, now);
  const add = can(actor, "connection:create") ? (
    <LinkButton variant="primary" href="/dealers/new" icon={<Icon name="plus" />}>
      {t("add")}
    </LinkButton>
  ) : null;
  return (
    <>
      <PageHeader title={t("contracts.title")} here={t("connections")} sub={t("about")} actions={add} />
      <DealersTabs tab="connections" may={{ contracts: can(actor, "contract:read"), connections: true }} />
      <Section title={t("connections")} count={connections.length} note={t("connectionsNote")}>
        {connections.length === 0 ? (
          <EmptyState title={t("empty.title")}>{t("empty.body")}</EmptyState>
        ) : (
          <ConnectionTable connections={connections} now={now} />
        )}
      </Section>
    </>
  );
}
