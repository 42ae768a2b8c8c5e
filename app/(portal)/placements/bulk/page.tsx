import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { ChosenPlaces, PlacementBulkForm } from "@/components/placements/placement-bulk-form";
import { PlacementBulkRetire } from "@/components/placements/placement-retire-form";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { WithRail } from "@/components/ui/section";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { listPlacementChoices } from "@/lib/placements/queries";
import { listChosen } from "@/lib/placements/queries/list-chosen";
import { editPlacesAction, retirePlacementsAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("placements"))("bulk.title") };
}

const ids = z.array(z.uuid().catch("")).catch([]);

export default async function BulkEditPage({
  searchParams,
}: {
  searchParams: Promise<{ placementId?: string | string[] }>;
}) {
  const actor = await currentActor();
  const edits = can(actor, "placement:edit");
  const retires = can(actor, "placement:retire");
  if (!edits && !retires) forbidden();
  const t = await getTranslations("placements");
  const wanted = ids.parse([(await searchParams).placementId ?? []].flat()).filter((id) => id !== "");
  const [chosen, choices] = await Promise.all([listChosen(actor, wanted), listPlacementChoices(actor, new Date())]);
  return (
    <>
      <PageHeader title={t("bulk.title")} sub={t("bulk.about")} crumbs={[{ href: "/placements", label: t("title") }]} />
      {chosen.length === 0 ? (
        <EmptyState
          title={t("bulk.none")}
          starts={[{ title: t("bulk.choose"), action: <LinkButton href="/placements">{t("title")}</LinkButton> }]}
        />
      ) : (
        <WithRail label={t("bulk.chosen")} rail={<ChosenPlaces chosen={chosen} />}>
          {edits ? <PlacementBulkForm action={editPlacesAction} chosen={chosen} choices={choices} /> : null}
          {can(actor, "take-down:open") ? (
            <LinkButton
              href={`/placements/take-downs/new?${new URLSearchParams(chosen.map(({ id }) => ["placementId", id]))}`}
            >
              {t("takeDown.fromList")}
            </LinkButton>
          ) : null}
          {retires ? <PlacementBulkRetire action={retirePlacementsAction} chosen={chosen} /> : null}
        </WithRail>
      )}
    </>
  );
}
