import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ButtonKit, KitPreview } from "@/components/placements/button-kit";
import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { WithRail } from "@/components/ui/section";
import { env } from "@/lib/env";
import { getCurrentSymbols } from "@/lib/placements/queries/list-symbols";
import { kitOptionsSchema } from "@/lib/placements/schema/button-kit";
import { loadPlacement, PlacementHead } from "../placement-head";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const t = await getTranslations("placements.kit");
  return { title: `${t("title")} · ${(await loadPlacement((await params).id)).placement.name}` };
}

export default async function ButtonKitPage({ params, searchParams }: Props) {
  const { actor, placement, now } = await loadPlacement((await params).id);
  const options = kitOptionsSchema.parse(await searchParams);
  const [t, symbols] = await Promise.all([getTranslations("placements.kit"), getCurrentSymbols(actor)]);
  const without = placement.retiredAt
    ? "retired"
    : placement.medium === "offline" || placement.medium === "message"
      ? placement.medium
      : null;
  const kit = { origin: env().DAMSO_URL, options, symbols };
  const here = `/placements/${placement.id}`;
  return (
    <>
      <PlacementHead actor={actor} placement={placement} now={now} tab="kit" />
      {without ? (
        <EmptyState title={t("title")} hint={<LinkButton href={here}>{t("toOverview")}</LinkButton>}>
          {t(without)}
        </EmptyState>
      ) : (
        <WithRail label={t("preview.title")} rail={<KitPreview {...kit} here={`${here}/kit`} />}>
          <p className="mb-5 text-sm text-fg-2">{t("about")}</p>
          <ButtonKit {...kit} placement={placement} />
        </WithRail>
      )}
    </>
  );
}
