import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { TemplateComparison } from "@/components/templates/template-comparison";
import { TemplateSide } from "@/components/templates/template-side";
import { FilterBar } from "@/components/ui/filter-bar";
import { PageHeader } from "@/components/ui/page-header";
import { Section } from "@/components/ui/section";
import { currentActor } from "@/lib/auth/session";
import { kstDay } from "@/lib/clock";
import { getTemplate } from "@/lib/templates/queries/get-template";
import { getTemplateReport } from "@/lib/templates/queries/judge-given";
import { comparedSides, sidesOf } from "@/lib/templates/rules/sides";

type Props = {
  params: Promise<{ id: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
};

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("templates.template.compare"))("title") };
}

export default async function TemplateVersionsPage({ params, searchParams }: Props) {
  const actor = await currentActor();
  const template = await getTemplate(actor, (await params).id);
  if (!template) notFound();
  const t = await getTranslations("templates.template.compare");
  const l = await getTranslations("templates.list");
  const all = sidesOf(template);
  const sides = comparedSides(all, await searchParams);
  const nameOf = (side: (typeof all)[number]) =>
    side.version === null ? t("draft", { number: side.revision }) : t("label", { number: side.version });
  const today = kstDay(new Date());
  const drawn = await Promise.all(
    sides.map(async (side) => ({ side, ...(await getTemplateReport(actor, side.content, template, today)) })),
  );
  const [before, after] = sides;
  return (
    <>
      <PageHeader
        title={t("title")}
        crumbs={[
          { href: "/templates", label: l("title") },
          { href: `/templates/${template.id}`, label: template.name },
        ]}
        sub={template.name}
      />
      {before && after ? (
        <>
          <FilterBar
            action={`/templates/${template.id}/versions`}
            label={t("title")}
            selects={(["left", "right"] as const).map((name, at) => ({
              name,
              label: t(name),
              value: sides[at]?.key,
              options: all.map((side) => ({ value: side.key, label: nameOf(side) })),
            }))}
          />
          <Section title={t("sides")}>
            <div className="grid grid-cols-2 gap-6 max-desk:grid-cols-1">
              {drawn.map(({ side, media }, at) => (
                <TemplateSide
                  key={at === 0 ? "left" : "right"}
                  title={nameOf(side)}
                  side={side}
                  media={media}
                  channel={template.channelName ?? l("everyChannel")}
                />
              ))}
            </div>
          </Section>
          <TemplateComparison before={before.content} after={after.content} />
        </>
      ) : (
        <p className="text-fg-3">{t("none")}</p>
      )}
    </>
  );
}
