import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { TemplateExportForm } from "@/components/templates/template-export-form";
import { TemplateImportForm } from "@/components/templates/template-import-form";
import { TemplateTabs } from "@/components/templates/template-tabs";
import { Callout } from "@/components/ui/callout";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { asLocale } from "@/lib/locale";
import { hasSentence, sentence } from "@/lib/messages";
import { listExportable } from "@/lib/templates/queries/list-exportable";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("templates.transfer"))("title") };
}

type Search = Promise<Record<string, string | string[] | undefined>>;

export default async function TransferPage({ searchParams }: { searchParams: Search }) {
  const actor = await currentActor();
  const t = await getTranslations("templates.transfer");
  const templates = await listExportable(actor);
  const { refused } = await searchParams;
  const key = `templates.transfer.refused.${refused}`;
  const locale = asLocale(await getLocale());
  return (
    <>
      <PageHeader
        title={t("title")}
        sub={t("about")}
        crumbs={[{ href: "/templates", label: (await getTranslations("templates.list"))("title") }]}
      />
      <TemplateTabs current="transfer" />
      {typeof refused === "string" && hasSentence(key, locale) ? (
        <Callout kind="bad" role="alert">
          {sentence(key, locale)}
        </Callout>
      ) : null}
      {can(actor, "template:import") ? <TemplateImportForm /> : null}
      {templates.length === 0 ? <EmptyState title={t("empty")} /> : <TemplateExportForm templates={templates} />}
    </>
  );
}
