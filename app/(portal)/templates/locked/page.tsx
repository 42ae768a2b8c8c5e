import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { LockedGrid } from "@/components/templates/locked-grid";
import { TemplateTabs } from "@/components/templates/template-tabs";
import { PageHeader } from "@/components/ui/page-header";
import { currentActor } from "@/lib/auth/session";
import { listLocked } from "@/lib/templates/queries/list-locked";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("templates.locked"))("title") };
}

export default async function LockedPage() {
  const messages = await listLocked(await currentActor());
  const t = await getTranslations("templates.locked");
  return (
    <>
      <PageHeader
        title={t("title")}
        sub={t("about")}
        crumbs={[{ href: "/templates", label: (await getTranslations("templates.list"))("title") }]}
      />
      <TemplateTabs current="locked" />
      <LockedGrid messages={messages} />
    </>
  );
}
