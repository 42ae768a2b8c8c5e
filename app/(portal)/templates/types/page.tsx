import type { Metadata } from "next";
import { forbidden } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { bubbleWords } from "@/components/templates/bubble-words";

import { TemplateTabs } from "@/components/templates/template-tabs";
import { TypeGallery } from "@/components/templates/type-gallery";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { currentActor } from "@/lib/auth/session";
import { messageTypes } from "@/lib/templates/schema/content";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("templates.gallery"))("title") };
}

/** The eleven types, each as its reader gets it. */
export default async function TemplateTypesPage() {
  const actor = await currentActor();
  if (!can(actor, "template:read")) forbidden();
  const t = await getTranslations("templates.gallery");
  const home = (await getTranslations("templates.editor"))("home");
  const words = await Promise.all(messageTypes.map(async (type) => [type, await bubbleWords("", type)] as const));
  return (
    <>
      <PageHeader title={t("title")} crumbs={[{ href: "/templates", label: home }]} sub={t("about")} />

      <TemplateTabs current="types" />
      <TypeGallery
        words={Object.fromEntries(words) as Parameters<typeof TypeGallery>[0]["words"]}
        write={can(actor, "template:edit")}
      />
    </>
  );
}
