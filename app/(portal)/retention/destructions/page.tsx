import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { DestructionTable } from "@/components/retention/destruction-table";
import { PreviewPanel } from "@/components/retention/preview-panel";
import { RetentionTabs } from "@/components/retention/retention-tabs";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { FilterBar } from "@/components/ui/filter-bar";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { kstDay } from "@/lib/clock";
import { listDestructions } from "@/lib/retention/queries/list-destructions";
import { previewDestruction } from "@/lib/retention/queries/preview-destruction";
import { retentionCounts } from "@/lib/retention/queries/retention-counts";
import { getRetentionSettings } from "@/lib/retention/queries/retention-settings";
import { backupGoneOn } from "@/lib/retention/rules/backup";
import { destructionFilters, listDestructionsSchema } from "@/lib/retention/schema/destruction";
import { prepareDestructionAction } from "./actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("retention.destructions"))("title") };
}

type Search = Promise<Record<string, string | string[] | undefined>>;

const home = "/retention/destructions";

export default async function DestructionsPage({ searchParams }: { searchParams: Search }) {
  const actor = await currentActor();
  const now = new Date();
  const filter = listDestructionsSchema.parse(await searchParams);
  const page = await listDestructions(actor, { ...filter, state: filter.state ?? "over" }, now);
  // What waits is never many: a preview lives eight hours.
  const first = !filter.state && !filter.after && !filter.before;
  const open = await listDestructions(actor, { state: "open" }, now);
  const t = await getTranslations("retention");
  const counts = await retentionCounts(actor, now);
  const previews = can(actor, "destruction:preview") ? await previewDestruction(actor, now) : null;
  const { backupDays } = await getRetentionSettings(actor);
  const mayPrepare = can(actor, "destruction:request");
  const address = (more: Record<string, string | null | undefined>) => {
    const given = Object.entries({ state: filter.state, ...more }).flatMap(([name, value]) =>
      value ? [[name, value]] : [],
    );
    return given.length > 0 ? `${home}?${new URLSearchParams(given)}` : home;
  };
  const groups = [
    ...(first ? [{ title: t("destructions.groups.open"), rows: open.items }] : []),
    { title: first && open.items.length > 0 ? t("destructions.groups.over") : null, rows: page.items },
  ];
  const none = groups.every(({ rows }) => rows.length === 0);
  const prepare = <LinkButton href={`${home}/new`}>{t("destructions.prepare")}</LinkButton>;
  return (
    <>
      <PageHeader
        title={t("title")}
        sub={t("destructions.about")}
        actions={can(actor, "destruction:preview") ? prepare : null}
      />
      <RetentionTabs tab="destructions" counts={counts} />
      {first && previews ? (
        <div className="mb-7">
          <PreviewPanel
            rows={previews}
            open={open.items[0] ?? null}
            backupGoneOn={backupGoneOn(kstDay(now), backupDays)}
            prepare={mayPrepare ? prepareDestructionAction : null}
            now={now}
          />
        </div>
      ) : null}
      <FilterBar
        action={home}
        label={t("destructions.filter")}
        chips={destructionFilters.map((state) => ({
          href: address({ state: filter.state === state ? null : state }),
          label: t(`destructions.filters.${state}`),
          current: filter.state === state,
        }))}
        {...(filter.state ? { clear: home } : {})}
      />
      {none && first ? (
        <EmptyState title={t("destructions.empty.title")}>{t("destructions.empty.body")}</EmptyState>
      ) : none ? (
        <p className="text-sm text-fg-3">{t("destructions.noMatch")}</p>
      ) : (
        <>
          <DestructionTable groups={groups} now={now} />
          <Pagination
            label={t("destructions.list")}
            range={t("destructions.count", { count: groups.reduce((sum, { rows }) => sum + rows.length, 0) })}
            previous={page.previous && address({ before: page.previous })}
            next={page.next && address({ after: page.next })}
          />
        </>
      )}
    </>
  );
}
