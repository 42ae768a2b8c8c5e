import type { Metadata } from "next";
import { forbidden, notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { ImportPack } from "@/components/templates/import-pack";
import { ImportTexts } from "@/components/templates/import-texts";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { dayAndTime } from "@/lib/clock";
import { asLocale } from "@/lib/locale";
import { getTemplateImport } from "@/lib/templates/queries/get-import";
import { discardTemplateImportAction, takePackAction, takeTextsAction } from "../actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("templates.transfer.preview"))("title") };
}

/** What an upload would bring; nothing is made or changed yet. */
export default async function TemplateImportPage({ params }: { params: Promise<{ importId: string }> }) {
  const actor = await currentActor();
  if (!can(actor, "template:import")) forbidden();
  const now = new Date();
  const { importId } = await params;
  const found = await getTemplateImport(actor, importId, now);
  if (!found) notFound();
  const t = await getTranslations("templates.transfer");
  const forms = { importId, discardAction: discardTemplateImportAction };
  return (
    <>
      <PageHeader
        title={t("preview.title")}
        sub={t("preview.until", { at: dayAndTime(found.until, asLocale(await getLocale()), now) })}
        crumbs={[
          { href: "/templates", label: (await getTranslations("templates.list"))("title") },
          { href: "/templates/transfer", label: t("title") },
        ]}
      />
      {found.kind === "pack" ? (
        <ImportPack rows={found.rows} takeAction={takePackAction} {...forms} />
      ) : (
        <ImportTexts plans={found.plans} same={found.same} takeAction={takeTextsAction} {...forms} />
      )}
    </>
  );
}
