import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { HoldTable } from "@/components/retention/hold-table";
import { RetentionTabs } from "@/components/retention/retention-tabs";
import { LinkButton } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { listHolds } from "@/lib/retention/queries/list-holds";
import { retentionCounts } from "@/lib/retention/queries/retention-counts";
import { holdFilters, listHoldsSchema } from "@/lib/retention/schema/hold";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("retention.holds"))("title") };
}

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function HoldsPage({ searchParams }: { searchParams: Search }) {
  const actor = await currentActor();
  const t = await getTranslations("retention");
  const now = new Date();
  const filter = listHoldsSchema.parse(await searchParams);
  const page = await listHolds(actor, filter, now);
  const counts = await retentionCounts(actor, now);
  const { after: _after, before: _before, ...kept } = filter;
  const narrowed = Object.values(kept).some(Boolean);
  const address = (more: Record<string, string | undefined>) => {
    const given = Object.entries({ ...kept, ...more }).flatMap(([name, value]) => (value ? [[name, value]] : []));
    return given.length > 0 ? `/retention/holds?${new URLSearchParams(given)}` : "/retention/holds";
  };
  return (
    <>
      <PageHeader
        title={t("title")}
        sub={t("holds.about")}
        actions={
          can(actor, "hold:place") ? (
            <LinkButton variant="primary" href="/retention/holds/new" icon={<Icon name="plus" />}>
              {t("holds.add")}
            </LinkButton>
          ) : null
        }
      />
      <RetentionTabs tab="holds" counts={counts} />
      <FilterBar
        action="/retention/holds"
        label={t("holds.filter")}
        search={{ value: filter.q, placeholder: t("holds.search") }}
        keep={{ state: filter.state }}
        chips={holdFilters.map((state) => ({
          href: address({ state: filter.state === state ? undefined : state }),
          label: t(`holds.filters.${state}`),
          current: filter.state === state,
        }))}
        clear={narrowed ? "/retention/holds" : undefined}
      />
      {page.items.length === 0 ? (
        <EmptyState title={narrowed ? t("holds.noMatch") : t("holds.none")}>
          {narrowed ? null : t("holds.emptyBody")}
        </EmptyState>
      ) : (
        <>
          <HoldTable holds={page.items} now={now} />
          <Pagination
            label={t("holds.list")}
            range={t("holds.range", { count: page.items.length })}
            previous={page.previous && address({ before: page.previous })}
            next={page.next && address({ after: page.next })}
          />
        </>
      )}
      <div className="mt-4">
        <Callout kind="off">{t("holds.releaseNote")}</Callout>
      </div>
    </>
  );
}
