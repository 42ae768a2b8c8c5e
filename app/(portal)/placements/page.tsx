import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PlacementChoice } from "@/components/placements/placement-choice";
import { PlacementFilterBar } from "@/components/placements/placement-filters";
import { PlacementTable } from "@/components/placements/placement-table";
import { PlacementTabs } from "@/components/placements/placement-tabs";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { listPlacementChoices, listPlacements } from "@/lib/placements/queries";
import { placementFiltersSchema } from "@/lib/placements/schema";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("placements"))("title") };
}

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function PlacementsPage({ searchParams }: { searchParams: Search }) {
  const actor = await currentActor();
  const t = await getTranslations("placements");
  const now = new Date();
  const filters = placementFiltersSchema.parse(await searchParams);
  const [page, choices] = await Promise.all([listPlacements(actor, filters, now), listPlacementChoices(actor, now)]);
  const { after: _after, before: _before, ...kept } = filters;
  const narrowed = Object.values(filters).some((value) => value !== "");
  const address = (more: Record<string, string>) =>
    `/placements?${new URLSearchParams(Object.entries({ ...kept, ...more }).filter(([, value]) => value !== ""))}`;
  const add = can(actor, "placement:create") ? (
    <>
      <LinkButton href="/placements/import" icon={<Icon name="upload" />}>
        {t("import.title")}
      </LinkButton>
      <LinkButton variant="primary" href="/placements/new" icon={<Icon name="plus" />}>
        {t("add")}
      </LinkButton>
    </>
  ) : null;
  const choose = can(actor, "placement:edit") || can(actor, "placement:retire");
  const table = <PlacementTable placements={page.items} now={now} selectable={choose} />;
  return (
    <>
      <PageHeader title={t("title")} sub={t("about")} actions={add} />
      <PlacementTabs current="list" />
      {narrowed || page.items.length > 0 ? <PlacementFilterBar filters={filters} choices={choices} /> : null}
      {page.items.length === 0 ? (
        <EmptyState title={narrowed ? t("empty.none") : t("empty.title")}>
          {narrowed ? null : t("empty.body")}
        </EmptyState>
      ) : (
        <>
          {choose ? <PlacementChoice prints={can(actor, "placement:edit")}>{table}</PlacementChoice> : table}
          <Pagination
            label={t("list")}
            range={t("range", { count: page.items.length })}
            previous={page.previous && address({ before: page.previous })}
            next={page.next && address({ after: page.next })}
          />
        </>
      )}
    </>
  );
}
