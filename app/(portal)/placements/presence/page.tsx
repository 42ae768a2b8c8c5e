import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PlacementTabs } from "@/components/placements/placement-tabs";
import { PresenceBar } from "@/components/placements/presence-bar";
import { PresenceTable } from "@/components/placements/presence-table";
import { RefreshWhile } from "@/components/transcripts/refresh-while";
import { Callout } from "@/components/ui/callout";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { Pagination } from "@/components/ui/pagination";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { listPlacementChoices } from "@/lib/placements/queries";
import { countPresence, listPresence } from "@/lib/placements/queries/list-presence";
import { presenceFiltersSchema } from "@/lib/placements/schema/presence";
import { requestFilteredPresenceAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("placements"))("presence.title") };
}

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function PresencePage({ searchParams }: { searchParams: Search }) {
  const actor = await currentActor();
  const t = await getTranslations("placements");
  const now = new Date();
  const filters = presenceFiltersSchema.parse(await searchParams);
  const [page, counts, choices] = await Promise.all([
    listPresence(actor, filters),
    countPresence(actor, filters),
    listPlacementChoices(actor, now),
  ]);
  const { after: _after, before: _before, ...kept } = filters;
  const address = (more: Record<string, string>) =>
    `/placements/presence?${new URLSearchParams(Object.entries({ ...kept, ...more }).filter(([, value]) => value !== ""))}`;
  return (
    <>
      <PageHeader
        title={t("presence.title")}
        sub={t("presence.about")}
        crumbs={[{ href: "/placements", label: t("title") }]}
      />
      <PlacementTabs current="presence" />
      <PresenceBar
        filters={kept}
        counts={counts}
        choices={choices}
        action={can(actor, "placement:check") && page.items.length > 0 ? requestFilteredPresenceAction : null}
      />
      {counts.asked > 0 ? (
        <Callout kind="note" role="status" title={t("presence.asked", { count: counts.asked })}>
          <RefreshWhile everyMs={3_000} />
        </Callout>
      ) : null}
      {page.items.length === 0 ? (
        <EmptyState title={t("presence.none")}>{t("presence.noneNote")}</EmptyState>
      ) : (
        <>
          <PresenceTable rows={page.items} now={now} />
          <Pagination
            label={t("presence.title")}
            range={t("range", { count: page.items.length })}
            previous={page.previous && address({ before: page.previous })}
            next={page.next && address({ after: page.next })}
          />
        </>
      )}
    </>
  );
}
