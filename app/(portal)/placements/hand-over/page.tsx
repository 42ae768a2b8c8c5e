import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { HandOverForm } from "@/components/placements/hand-over-form";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { listPlacementChoices } from "@/lib/placements/queries";
import { listKeepers } from "@/lib/placements/queries/list-findings";
import { handOverPlacesAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("placements"))("handOver.title") };
}

export default async function HandOverPage({ searchParams }: { searchParams: Promise<{ from?: string | string[] }> }) {
  const actor = await currentActor();
  if (!can(actor, "placement:edit")) forbidden();
  const t = await getTranslations("placements");
  const now = new Date();
  const [keepers, { owners }] = await Promise.all([listKeepers(actor, now), listPlacementChoices(actor, now)]);
  const { from } = await searchParams;
  return (
    <>
      <PageHeader
        title={t("handOver.title")}
        sub={t("handOver.about")}
        crumbs={[
          { href: "/placements", label: t("title") },
          { href: "/placements/findings", label: t("findings.title") },
        ]}
      />
      {keepers.length === 0 ? (
        <EmptyState title={t("empty.title")} />
      ) : (
        <HandOverForm
          action={handOverPlacesAction}
          keepers={keepers}
          owners={owners}
          from={keepers.find(({ id }) => id === from)?.id}
        />
      )}
    </>
  );
}
