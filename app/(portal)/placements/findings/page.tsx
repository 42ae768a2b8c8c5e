import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PlaceFindings } from "@/components/placements/place-findings";
import { PlacementTabs } from "@/components/placements/placement-tabs";
import { LinkButton } from "@/components/ui/button";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { listFindings } from "@/lib/placements/queries/list-findings";
import { findingFiltersSchema } from "@/lib/placements/schema/code-book";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("placements"))("findings.title") };
}

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function PlaceFindingsPage({ searchParams }: { searchParams: Search }) {
  const actor = await currentActor();
  const t = await getTranslations("placements");
  const { kind } = findingFiltersSchema.parse(await searchParams);
  const { items, counts } = await listFindings(actor, kind, new Date());
  return (
    <>
      <PageHeader
        title={t("findings.title")}
        sub={t("findings.about")}
        crumbs={[{ href: "/placements", label: t("title") }]}
        actions={
          can(actor, "placement:edit") ? (
            <LinkButton href="/placements/hand-over">{t("handOver.title")}</LinkButton>
          ) : null
        }
      />
      <PlacementTabs current="findings" />
      <PlaceFindings items={items} counts={counts} kind={kind} />
    </>
  );
}
