import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { AccessTable } from "@/components/audit/access-table";
import { AccessTabs } from "@/components/audit/access-tabs";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { listAccessActors, listAccessRecords } from "@/lib/audit/access/queries";
import { getAccessPlan } from "@/lib/audit/access/reviews";
import { accessActions, accessFilterSchema } from "@/lib/audit/access/schema";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("audit.access"))("title") };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function AccessRecordsPage({ searchParams }: Props) {
  const actor = await currentActor();
  const [t, a] = await Promise.all([getTranslations("audit.access"), getTranslations("audit")]);
  const { before, after, ...filter } = accessFilterSchema.parse(await searchParams);
  const [page, actors, plan] = await Promise.all([
    listAccessRecords(actor, { ...filter, before, after }),
    listAccessActors(actor),
    getAccessPlan(actor),
  ]);
  const given = Object.entries(filter).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const at = (...more: [string, string][]) => {
    const search = [...given, ...more];
    return search.length > 0 ? `/audit/access?${new URLSearchParams(search)}` : "/audit/access";
  };
  const now = new Date();
  return (
    <>
      <PageHeader
        title={t("title")}
        crumbs={[{ href: "/audit", label: a("title") }]}
        sub={plan ? t("kept", { years: plan.keepYears }) : t("keptByDefault")}
        wide
        actions={
          can(actor, "audit:export")
            ? (["pdf", "xlsx"] as const).map((format) => (
                <form key={format} action="/audit/access/ledger" method="post">
                  {given.map(([name, value]) => (
                    <input key={name} type="hidden" name={name} value={value} />
                  ))}
                  <input type="hidden" name="format" value={format} />
                  <Button type="submit" icon={<Icon name="download" />}>
                    {t(`ledger.${format}`)}
                  </Button>
                </form>
              ))
            : null
        }
      />
      <AccessTabs tab="records" />
      <FilterBar
        action="/audit/access"
        label={t("filterLabel")}
        search={{ value: filter.q ?? "", placeholder: t("search") }}
        selects={[
          {
            ...{ name: "actor", label: t("columns.who"), value: filter.actor },
            options: actors.map(({ id, name }) => ({ value: id, label: name })),
          },
          {
            ...{ name: "action", label: t("columns.what"), value: filter.action },
            options: accessActions.map((value) => ({ value, label: t(`actions.${value}`) })),
          },
        ]}
        fields={{
          given: [filter.from, filter.to].filter(Boolean).length,
          shown: (["from", "to"] as const).map((name) => (
            <label key={name} className="flex items-center gap-1 whitespace-nowrap text-xs text-fg-2">
              {a(`filters.${name}`)}
              <input className="input w-auto" type="date" name={name} defaultValue={filter[name]} />
            </label>
          )),
        }}
        {...(given.length > 0 ? { clear: "/audit/access" } : {})}
      />
      {page.items.length === 0 ? (
        <EmptyState title={given.length > 0 ? t("noMatch") : t("empty")}>
          {given.length > 0 ? t("noMatchNote") : t("emptyNote")}
        </EmptyState>
      ) : (
        <>
          <AccessTable rows={page.items} now={now} />
          <Pagination
            label={t("title")}
            range={t("shown", { count: page.items.length })}
            previous={page.previous && at(["before", page.previous])}
            next={page.next && at(["after", page.next])}
          />
        </>
      )}
      <p className="hint mt-4">{t("law")}</p>
    </>
  );
}
