import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { PayloadView } from "@/components/templates/payload-view";
import { Callout } from "@/components/ui/callout";
import { PageHeader } from "@/components/ui/page-header";
import { Segments } from "@/components/ui/tabs";
import { currentActor } from "@/lib/auth/session";
import { kstDay } from "@/lib/clock";
import { getTemplatePayload } from "@/lib/templates/queries/get-payload";
import { isInferred } from "@/lib/templates/rules/payload-preview";
import { templateViews } from "@/lib/templates/schema/list";
import { payloadChoiceSchema } from "@/lib/templates/schema/payload";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("templates.payload"))("title") };
}

export default async function TemplatePayloadPage({ params, searchParams }: Props) {
  const actor = await currentActor();
  const choice = payloadChoiceSchema.parse(await searchParams);
  const found = await getTemplatePayload(actor, (await params).id, choice, kstDay(new Date()));
  if (!found) notFound();
  const t = await getTranslations("templates.payload");
  const l = await getTranslations("templates");
  const { id, name, version, versions, approved, sendable, content } = found;
  const query = (next: { version: number; view: string }) => `?version=${next.version}&view=${next.view}`;
  const shown = { version: version ?? 0, view: choice.view };
  return (
    <>
      <PageHeader
        title={t("title")}
        crumbs={[
          { href: "/templates", label: l("list.title") },
          { href: `/templates/${id}`, label: name },
        ]}
        sub={t("about")}
      />
      <div className="mb-4 flex flex-wrap gap-4">
        <Segments
          label={t("which")}
          items={[0, ...versions].slice(0, 6).map((number) => ({
            href: `/templates/${id}/payload${query({ ...shown, version: number })}`,
            label: number === 0 ? t("draft") : t("version", { number }),
            current: number === shown.version,
          }))}
        />
        {content.variables.length > 0 ? (
          <Segments
            label={l("template.views")}
            items={templateViews.map((view) => ({
              href: `/templates/${id}/payload${query({ ...shown, view })}`,
              label: l(`template.view.${view}`),
              current: view === choice.view,
            }))}
          />
        ) : null}
      </div>
      {sendable ? null : <Callout kind="bad">{t("faults")}</Callout>}
      {approved ? null : <Callout kind="warn">{t("notApproved")}</Callout>}
      {isInferred(content.type) ? <Callout kind="note">{t("inferred")}</Callout> : null}
      <PayloadView payloads={found.payloads} address={`/templates/${id}/payload`} query={query(shown)} />
    </>
  );
}
