import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { QrForm } from "@/components/placements/qr-form";
import { QrVersions } from "@/components/placements/qr-versions";
import { QrView } from "@/components/placements/qr-view";
import { Callout } from "@/components/ui/callout";
import { WithRail } from "@/components/ui/section";
import { can } from "@/lib/auth/permissions";
import { env } from "@/lib/env";
import { currentLogo, listQrVersions, usualVersion } from "@/lib/placements/queries/get-qr";
import { qrAddress } from "@/lib/placements/rules";
import { qrMatrix } from "@/lib/qr";
import { saveQrAction } from "../../actions";
import { loadPlacement, PlacementHead } from "../placement-head";

type Params = Promise<{ id: string }>;

export async function generateMetadata({ params }: { params: Params }): Promise<Metadata> {
  return { title: `QR · ${(await loadPlacement((await params).id)).placement.name}` };
}

export default async function PlacementQrPage({ params }: { params: Params }) {
  const { actor, placement, now } = await loadPlacement((await params).id);
  const t = await getTranslations("placements");
  const head = <PlacementHead actor={actor} placement={placement} now={now} tab="qr" />;
  if (placement.mode === "direct")
    return (
      <>
        {head}
        <Callout kind="off">{t(placement.medium === "message" ? "qrs.message" : "qrs.direct")}</Callout>
      </>
    );
  const [versions, logo] = await Promise.all([listQrVersions(actor, placement.id), currentLogo(actor)]);
  const shown = versions[0] ?? usualVersion(placement.createdAt);
  const { size } = qrMatrix(qrAddress(env().DAMSO_URL, placement.code), shown.level);
  return (
    <>
      {head}
      <WithRail label={t("qrs.now")} rail={<QrView placement={placement} version={shown} modules={size} />}>
        {placement.medium === "offline" ? null : <Callout kind="note">{t("qrs.twoPlaces")}</Callout>}
        {can(actor, "placement:edit") && placement.retiredAt === null ? (
          <QrForm action={saveQrAction} placementId={placement.id} version={shown} hasLogo={logo !== null} />
        ) : null}
        <QrVersions placementId={placement.id} versions={versions} />
      </WithRail>
    </>
  );
}
