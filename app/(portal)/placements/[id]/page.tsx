import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PlacementAddresses } from "@/components/placements/placement-addresses";
import { PlacementQr } from "@/components/placements/placement-qr";
import { PlacementTraffic } from "@/components/placements/placement-traffic";
import { WithRail } from "@/components/ui/section";
import { env } from "@/lib/env";
import { qrAddress } from "@/lib/placements/rules";
import { qrMatrix } from "@/lib/qr";
import { loadPlacement, PlacementHead } from "./placement-head";

type Params = Promise<{ id: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: (await loadPlacement((await params).id)).placement.name };
}

export default async function PlacementPage({ params }: { params: Params }) {
  const { actor, placement, now } = await loadPlacement((await params).id);
  const t = await getTranslations("placements");
  const origin = env().DAMSO_URL;
  const { size, version } = qrMatrix(qrAddress(origin, placement.code));
  const printable = placement.mode === "redirect" && placement.retiredAt === null;
  const main = (
    <>
      <PlacementAddresses placement={placement} origin={origin} />
      <PlacementTraffic placement={placement} now={now} />
    </>
  );
  return (
    <>
      <PlacementHead actor={actor} placement={placement} now={now} tab="overview" />
      {printable ? (
        <WithRail label={t("qr.title")} rail={<PlacementQr placement={placement} matrix={{ size, version }} />}>
          {main}
        </WithRail>
      ) : (
        main
      )}
    </>
  );
}
