import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { RequestTable } from "@/components/privacy/request-table";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { listRequests } from "@/lib/privacy/queries/list-requests";
import { listRequestsSchema, requestKinds } from "@/lib/privacy/schema/request";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("privacy"))("title") };
}

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function RequestsPage({ searchParams }: { searchParams: Search }) {
  const actor = await currentActor();
  const t = await getTranslations("privacy");
  const now = new Date();
  const filter = listRequestsSchema.parse(await searchParams);
  const page = await listRequests(actor, filter, now);
  const { after: _after, before: _before, ...kept } = filter;
  const narrowed = Object.values(kept).some(Boolean);
  const address = (more: Record<string, string | undefined>) => {
    const given = Object.entries({ ...kept, ...more }).flatMap(([name, value]) => (value ? [[name, value]] : []));
    return given.length > 0 ? `/privacy/requests?${new URLSearchParams(given)}` : "/privacy/requests";
  };
  const chips = (["open", "late", "closed"] as const).map((state) => ({
    href: address({ state: filter.state === state ? undefined : state }),
    label: t(`requests.filters.${state}`),
    current: filter.state === state,
  }));
  return (
    <>
      <PageHeader
        title={t("title")}
        sub={t("requests.about")}
        actions={
          can(actor, "data-request:record") ? (
            <LinkButton variant="primary" href="/privacy/requests/new" icon={<Icon name="plus" />}>
              {t("requests.register")}
            </LinkButton>
          ) : null
        }
      />
      <FilterBar
        action="/privacy/requests"
        label={t("requests.filter")}
        search={{ value: filter.q, placeholder: t("requests.search") }}
        selects={[
          {
            name: "kind",
            label: t("requests.columns.kind"),
            value: filter.kind,
            options: requestKinds.map((kind) => ({ value: kind, label: t(`requests.kinds.${kind}`) })),
          },
        ]}
        keep={{ state: filter.state }}
        chips={chips}
        clear={narrowed ? "/privacy/requests" : undefined}
      />
      {page.items.length === 0 ? (
        <EmptyState title={narrowed ? t("requests.noMatch") : t("requests.none")}>
          {narrowed ? null : t("requests.emptyBody")}
        </EmptyState>
      ) : (
        <>
          <RequestTable requests={page.items} now={now} />
          <Pagination
            label={t("requests.list")}
            range={t("requests.range", { count: page.items.length })}
            previous={page.previous && address({ before: page.previous })}
            next={page.next && address({ after: page.next })}
          />
        </>
      )}
      <p className="hint mt-4">{t("requests.lawNote")}</p>
    </>
  );
}
