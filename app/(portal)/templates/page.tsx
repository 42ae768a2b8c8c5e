import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { TemplateFilterBar, TemplateTypes } from "@/components/templates/template-filters";
import { TemplateGrid } from "@/components/templates/template-grid";
import { TemplateTable } from "@/components/templates/template-table";
import { TemplateTabs } from "@/components/templates/template-tabs";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { Segments } from "@/components/ui/tabs";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { listTemplateChoices, listTemplates } from "@/lib/templates/queries/list-templates";
import { getTemplateContents } from "@/lib/templates/queries/template-contents";
import { templateFiltersSchema } from "@/lib/templates/schema/list";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("templates.list"))("title") };
}

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function TemplatesPage({ searchParams }: { searchParams: Search }) {
  const actor = await currentActor();
  const t = await getTranslations("templates.list");
  const e = await getTranslations("templates.editor");
  const now = new Date();
  const filters = templateFiltersSchema.parse(await searchParams);
  const [page, choices] = await Promise.all([listTemplates(actor, filters), listTemplateChoices(actor)]);
  const drawn =
    filters.view === "bubbles"
      ? await getTemplateContents(
          actor,
          page.items.map(({ id }) => id),
        )
      : null;
  const { after: _after, before: _before, ...kept } = filters;
  const { view: _view, ...narrowing } = kept;
  const narrowed = Object.values(narrowing).some((value) => value !== "");
  const address = (more: Record<string, string>) =>
    `/templates?${new URLSearchParams(Object.entries({ ...kept, ...more }).filter(([, value]) => value !== ""))}`;
  const views = (
    <Segments
      label={t("view")}
      items={(["", "bubbles"] as const).map((view) => ({
        href: address({ view, after: filters.after, before: filters.before }),
        label: t(view === "" ? "table" : view),
        current: filters.view === view,
      }))}
    />
  );
  return (
    <>
      <PageHeader
        title={t("title")}
        sub={t("about")}
        actions={
          can(actor, "template:edit") ? (
            <LinkButton variant="primary" href="/templates/new">
              {e("new")}
            </LinkButton>
          ) : undefined
        }
      />
      <TemplateTabs current="list" />
      {page.items.length === 0 && !narrowed ? (
        <EmptyState title={t("empty.title")}>{t("empty.body")}</EmptyState>
      ) : (
        <div className="grid grid-cols-[12.25rem_minmax(0,1fr)] gap-8 max-desk:grid-cols-1 max-desk:gap-3">
          <TemplateTypes current={filters.type} counts={page.counts} address={address} />
          <div className="min-w-0">
            <TemplateFilterBar filters={filters} choices={choices}>
              {views}
            </TemplateFilterBar>
            {page.items.length === 0 ? (
              <EmptyState title={t("empty.none")} />
            ) : (
              <>
                {drawn ? (
                  <TemplateGrid templates={page.items} {...drawn} />
                ) : (
                  <TemplateTable templates={page.items} now={now} sort={filters.sort} address={address} />
                )}
                <Pagination
                  label={t("name")}
                  range={t("range", { count: page.items.length })}
                  previous={page.previous && address({ before: page.previous })}
                  next={page.next && address({ after: page.next })}
                />
              </>
            )}
          </div>
        </div>
      )}
    </>
  );
}
