import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PlacementForm } from "@/components/placements/placement-form";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { listPlacementChoices } from "@/lib/placements/queries";
import { editPlacementAction } from "../../actions";
import { loadPlacement } from "../placement-head";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("placements"))("edit") };
}

export default async function EditPlacementPage({ params }: { params: Promise<{ id: string }> }) {
  const { actor, placement, now } = await loadPlacement((await params).id);
  if (!can(actor, "placement:edit")) forbidden();
  const t = await getTranslations("placements");
  const choices = await listPlacementChoices(actor, now);
  return (
    <>
      <PageHeader
        title={t("editTitle", { name: placement.name })}
        crumbs={[
          { href: "/placements", label: t("title") },
          { href: `/placements/${placement.id}`, label: placement.name },
        ]}
      />
      {placement.retiredAt ? (
        <EmptyState title={t("alreadyRetired")}>{t("retiredNote")}</EmptyState>
      ) : (
        <PlacementForm action={editPlacementAction} choices={choices} placement={placement} me={actor.personId} />
      )}
    </>
  );
}
