import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PresenceHistoryView } from "@/components/placements/presence-history";
import { Callout } from "@/components/ui/callout";
import { Pagination } from "@/components/ui/pagination";
import { can } from "@/lib/auth/permissions";
import { getPresenceHistory } from "@/lib/placements/queries/presence-history";
import { presenceFiltersSchema } from "@/lib/placements/schema/presence";
import { requestPresenceAction } from "../../actions";
import { loadPlacement, PlacementHead } from "../placement-head";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations("placements");
  return { title: `${t("presence.title")} · ${(await loadPlacement((await params).id)).placement.name}` };
}

export default async function PlacementPresencePage({ params, searchParams }: Props) {
  const { actor, placement, now } = await loadPlacement((await params).id);
  const t = await getTranslations("placements");
  const { after, before } = presenceFiltersSchema.parse(await searchParams);
  const history = await getPresenceHistory(actor, placement.id, { after, before });
  if (!history) notFound();
  const here = `/placements/${placement.id}/presence`;
  return (
    <>
      <PlacementHead actor={actor} placement={placement} now={now} tab="presence" />
      {placement.pageUrl === null ? (
        <Callout kind="off" title={t("presence.noPage")}>
          {t("presence.noPageNote")}
        </Callout>
      ) : null}
      <PresenceHistoryView
        placement={placement}
        history={history}
        now={now}
        action={can(actor, "placement:check") && placement.pageUrl !== null ? requestPresenceAction : null}
      />
      {history.items.length > 0 ? (
        <Pagination
          label={t("presence.history")}
          range={t("presence.looks", { count: history.items.length })}
          previous={history.previous && `${here}?before=${history.previous}`}
          next={history.next && `${here}?after=${history.next}`}
        />
      ) : null}
    </>
  );
}
