import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PolicyTable } from "@/components/retention/policy-table";
import { RetentionTabs } from "@/components/retention/retention-tabs";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { Icon } from "@/components/ui/icon";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { listPolicies } from "@/lib/retention/queries/list-policies";
import { retentionCounts } from "@/lib/retention/queries/retention-counts";
import { listPoliciesSchema } from "@/lib/retention/schema/policy";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("retention.policies"))("title") };
}

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

const states = ["approved", "waiting", "draft"] as const;

export default async function PoliciesPage({ searchParams }: Props) {
  const actor = await currentActor();
  if (!can(actor, "policy:read")) forbidden();
  const [t, r] = await Promise.all([getTranslations("retention.policies"), getTranslations("retention")]);
  const filter = listPoliciesSchema.parse(await searchParams);
  const [{ items, previous, next }, counts] = await Promise.all([
    listPolicies(actor, filter),
    retentionCounts(actor, new Date()),
  ]);
  const { state } = filter;
  const at = (more: Record<string, string | undefined>) => {
    const given = Object.entries<string | undefined>({ state, ...more }).filter(
      (pair): pair is [string, string] => pair[1] !== undefined,
    );
    return given.length > 0 ? `/retention/policies?${new URLSearchParams(given)}` : "/retention/policies";
  };
  const add = (
    <LinkButton variant="primary" href="/retention/policies/new" icon={<Icon name="plus" />}>
      {t("add")}
    </LinkButton>
  );
  const mayEdit = can(actor, "policy:edit");
  const laws = <LinkButton href="/retention/laws">{r("laws.title")}</LinkButton>;
  return (
    <>
      <PageHeader
        title={t("title")}
        sub={t("about")}
        crumbs={[{ href: "/retention", label: r("title") }]}
        actions={
          <>
            {laws}
            {mayEdit && counts.policies > 0 ? add : null}
          </>
        }
      />
      <RetentionTabs tab="policies" counts={counts} />
      {counts.policies === 0 ? (
        <EmptyState
          title={t("empty.title")}
          starts={[
            ...(mayEdit ? [{ title: t("empty.start"), note: t("empty.startNote"), action: add }] : []),
            { title: t("empty.laws"), note: t("empty.lawsNote"), action: laws },
          ]}
        >
          {t("empty.body")}
        </EmptyState>
      ) : (
        <>
          <FilterBar
            action="/retention/policies"
            label={t("filterLabel")}
            chips={[
              { href: at({ state: undefined }), label: t("filters.all"), current: state === undefined },
              ...states.map((one) => ({
                href: at({ state: one }),
                label: t(`filters.${one}`),
                current: state === one,
              })),
            ]}
          />
          {items.length > 0 ? (
            <>
              <PolicyTable policies={items} />
              <Pagination
                label={t("pages")}
                range={t("shown", { count: items.length })}
                previous={previous && at({ before: previous })}
                next={next && at({ after: next })}
              />
            </>
          ) : (
            <EmptyState title={t("empty.filtered")}>{t("empty.filteredBody")}</EmptyState>
          )}
          <p className="hint mt-4">{t("noDelete")}</p>
        </>
      )}
    </>
  );
}
