import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NewTemplateForm } from "@/components/templates/new-template-form";
import { PageHeader } from "@/components/ui/page-header";
import { currentActor } from "@/lib/auth/session";
import { listChannelChoices } from "@/lib/privacy/queries/privacy-channels";
import { messageTypes } from "@/lib/templates/schema/content";
import { createTemplateAction } from "../editor-actions";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("templates.editor"))("new") };
}

/** Type, name and channel of a new template; its words come in the editor. */
export default async function NewTemplatePage({
  searchParams,
}: {
  searchParams: Promise<{ type?: string | string[] }>;
}) {
  // Asks the door for the right to write before anything is shown.
  const channels = await listChannelChoices(await currentActor(), "template:edit");
  const { type } = await searchParams;
  const t = await getTranslations("templates");
  return (
    <>
      <PageHeader
        title={t("editor.new")}
        crumbs={[{ href: "/templates", label: t("editor.home") }]}
        sub={t("editor.newAbout")}
      />
      <NewTemplateForm
        action={createTemplateAction}
        channels={channels}
        type={messageTypes.find((one) => one === type) ?? "RICH_TEXT"}
      />
    </>
  );
}
