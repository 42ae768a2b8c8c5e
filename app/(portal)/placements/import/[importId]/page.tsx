import type { Metadata } from "next";
import { forbidden, notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { PlaceListPreview } from "@/components/placements/place-list-preview";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { dayAndTime } from "@/lib/clock";
import { asLocale } from "@/lib/locale";
import { sentence } from "@/lib/messages";
import { getPlaceImport } from "@/lib/placements/queries/get-place-import";
import { discardPlaceImportAction, takePlaceImportAction } from "../../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("placements"))("import.preview") };
}

export default async function PlaceImportPage({ params }: { params: Promise<{ importId: string }> }) {
  const actor = await currentActor();
  if (!can(actor, "placement:create")) forbidden();
  const now = new Date();
  const list = await getPlaceImport(actor, (await params).importId, now);
  if (!list) notFound();
  const t = await getTranslations("placements");
  const locale = asLocale(await getLocale());
  return (
    <>
      <PageHeader
        title={t("import.preview")}
        crumbs={[
          { href: "/placements", label: t("title") },
          { href: "/placements/import", label: t("import.title") },
        ]}
        sub={t("import.until", { at: dayAndTime(list.until, locale, now) })}
      />
      <PlaceListPreview
        list={{
          ...list,
          faults: list.faults.map((fault) => ({ ...fault, says: sentence(fault.key, locale, fault.values) })),
        }}
        takeAction={takePlaceImportAction}
        discardAction={discardPlaceImportAction}
      />
    </>
  );
}
