import type { Metadata } from "next";
import { forbidden, notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { editorWords } from "@/components/templates/editor-words";
import { TemplateEditor } from "@/components/templates/template-editor";
import { TemplateStatus } from "@/components/templates/template-status";
import { typeFacts } from "@/components/templates/type-facts";
import { TypeGlyph } from "@/components/templates/type-glyph";
import { Callout } from "@/components/ui/callout";
import { PageHeader } from "@/components/ui/page-header";
import { can } from "@/lib/auth/permissions";
import { currentActor, signedIn } from "@/lib/auth/session";
import { kstDay } from "@/lib/clock";
import { getTemplate } from "@/lib/templates/queries/get-template";
import { getCompanyRules } from "@/lib/templates/queries/judge-given";
import { mayEdit } from "@/lib/templates/rules/status";
import { messageTypes } from "@/lib/templates/schema/content";
import { saveDraftAction } from "../../editor-actions";
import { libraryOf } from "../../library";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("templates.editor"))("edit") };
}

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<{ view?: string | string[]; to?: string | string[] }>;
};

/** The editor of a template's newest draft. */
export default async function EditTemplatePage({ params, searchParams }: Props) {
  const actor = await currentActor();
  if (!can(actor, "template:edit")) forbidden();
  const template = await getTemplate(actor, (await params).id);
  if (!template) notFound();
  const { view, to } = await searchParams;
  const { id, name, content, revision, channelName } = template;
  const [t, facts] = [await getTranslations("templates"), await getTranslations("templates.gallery")];
  return (
    <>
      <PageHeader
        title={t("editor.editTitle", { name })}
        crumbs={[
          { href: "/templates", label: t("editor.home") },
          { href: `/templates/${id}`, label: name },
        ]}
        status={<TemplateStatus state={template.standing.state} pill />}
        sub={
          <span className="inline-flex items-center gap-2">
            <TypeGlyph type={content.type} />
            {[t(`type.${content.type}`), ...typeFacts(content.type, facts)].join(" · ")}
          </span>
        }
      />
      {mayEdit(template.standing) ? (
        <TemplateEditor
          key={id}
          action={saveDraftAction}
          templateId={id}
          saved={{ revision, content }}
          words={await editorWords(channelName ?? (await signedIn())?.organizationName ?? "", content.type)}
          library={await libraryOf(actor, content)}
          company={{
            ...(await getCompanyRules(actor)),
            ...{ tags: template.tags, channelId: template.channelId, on: kstDay(new Date()) },
          }}
          view={view === "source" || view === "longest" ? view : "sample"}
          askedType={messageTypes.find((type) => type === to && type !== content.type) ?? null}
        />
      ) : (
        <Callout kind="warn">{t("editor.locked")}</Callout>
      )}
    </>
  );
}
