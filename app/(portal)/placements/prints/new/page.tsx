import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { z } from "zod";
import { PlacementFilterBar } from "@/components/placements/placement-filters";
import { PrintForm } from "@/components/placements/print-form";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { listPlacementChoices } from "@/lib/placements/queries";
import { listPrintable } from "@/lib/placements/queries/prints";
import { placementFiltersSchema } from "@/lib/placements/schema";
import { openPrintAction } from "../../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("placements"))("prints.order") };
}

const ids = z.array(z.uuid().catch("")).catch([]);
type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function NewPrintPage({ searchParams }: { searchParams: Search }) {
  const actor = await currentActor();
  if (!can(actor, "placement:edit")) forbidden();
  const t = await getTranslations("placements");
  const now = new Date();
  const search = await searchParams;
  const ticked = ids.parse([search.placementId ?? []].flat()).filter((id) => id !== "");
  const filters = placementFiltersSchema.parse(search);
  const [places, choices] = await Promise.all([
    listPrintable(actor, { ids: ticked, filters }, now),
    listPlacementChoices(actor, now),
  ]);
  return (
    <>
      <PageHeader
        title={t("prints.order")}
        sub={t("prints.orderNote")}
        crumbs={[
          { href: "/placements", label: t("title") },
          { href: "/placements/prints", label: t("prints.title") },
        ]}
      />
      {ticked.length === 0 ? (
        <PlacementFilterBar filters={filters} choices={choices} action="/placements/prints/new" />
      ) : null}
      {places.length === 0 ? (
        <EmptyState title={t("prints.nothing")}>{t("prints.nothingNote")}</EmptyState>
      ) : (
        <PrintForm action={openPrintAction} places={places} />
      )}
    </>
  );
}
