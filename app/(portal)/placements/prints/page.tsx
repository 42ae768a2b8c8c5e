import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PlacementTabs } from "@/components/placements/placement-tabs";
import { PrintTable } from "@/components/placements/print-table";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { listPrints } from "@/lib/placements/queries/prints";
import { listPrintsSchema } from "@/lib/placements/schema/prints";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("placements"))("prints.title") };
}

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function PrintsPage({ searchParams }: { searchParams: Search }) {
  const actor = await currentActor();
  const t = await getTranslations("placements");
  const page = await listPrints(actor, listPrintsSchema.parse(await searchParams));
  const order = can(actor, "placement:edit") ? (
    <LinkButton variant="primary" href="/placements/prints/new">
      {t("prints.order")}
    </LinkButton>
  ) : null;
  return (
    <>
      <PageHeader
        title={t("prints.title")}
        sub={t("prints.about")}
        crumbs={[{ href: "/placements", label: t("title") }]}
        actions={order}
      />
      <PlacementTabs current="prints" />
      {page.items.length === 0 ? (
        <EmptyState title={t("prints.none")}>{t("prints.noneNote")}</EmptyState>
      ) : (
        <>
          <PrintTable prints={page.items} />
          <Pagination
            label={t("prints.title")}
            range={t("prints.range", { count: page.items.length })}
            previous={page.previous && `/placements/prints?before=${page.previous}`}
            next={page.next && `/placements/prints?after=${page.next}`}
          />
        </>
      )}
    </>
  );
}
