import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Missing, Tag, Who } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import type { ListedTemplate, TemplateFilters } from "@/lib/templates/schema/list";
import { TemplateStatus } from "./template-status";
import { TypeGlyph } from "./type-glyph";

/** The library as a table. */
export function TemplateTable({
  templates,
  now,
  sort,
  address,
}: {
  templates: readonly ListedTemplate[];
  now: Date;
  sort: TemplateFilters["sort"];
  /** The same list, sorted otherwise. */
  address: (more: { sort: TemplateFilters["sort"] }) => string;
}) {
  const t = useTranslations("templates.list");
  const by = (key: TemplateFilters["sort"], direction: "ascending" | "descending") => ({
    href: address({ sort: key }),
    ...(sort === key ? { direction } : {}),
  });
  const head = (
    <>
      <Th sort={by("name", "ascending")}>{t("column.name")}</Th>
      <Th phone="hide">{t("column.type")}</Th>
      <Th phone="hide">{t("column.tags")}</Th>
      <Th phone="hide">{t("column.version")}</Th>
      <Th>{t("column.state")}</Th>
      <Th phone="hide">{t("column.channel")}</Th>
      <Th phone="hide">{t("column.owner")}</Th>
      <Th phone="hide">{t("column.approver")}</Th>
      <Th numeric phone="hide" sort={by("used", "descending")}>
        {t("column.used")}
      </Th>
      <Th numeric sort={by("", "descending")}>
        {t("column.changed")}
      </Th>
    </>
  );
  return (
    <Table caption={t("name")} head={head}>
      {templates.map((template) => (
        <TemplateTr key={template.id} template={template} now={now} />
      ))}
    </Table>
  );
}

function TemplateTr({ template, now }: { template: ListedTemplate; now: Date }) {
  const t = useTranslations("templates");
  const { inUse, version } = template;
  const another = inUse !== null && (template.state !== "used" || inUse !== version);
  return (
    <Tr>
      <th scope="row">
        <span className="flex items-center gap-2.5">
          <TypeGlyph type={template.type} large />
          <Link className="name" href={`/templates/${template.id}`}>
            {template.name}
          </Link>
        </span>
      </th>
      <Td nowrap phone="hide">
        <span className="text-fg-2">{t(`type.${template.type}`)}</span>
      </Td>
      <Td phone="hide">
        {template.tags.length > 0 ? (
          <span className="flex flex-wrap gap-1">
            {template.tags.map((tag) => (
              <Tag key={tag}>{tag}</Tag>
            ))}
          </span>
        ) : (
          <Missing />
        )}
      </Td>
      <Td nowrap phone="hide">
        {version === null ? <Missing /> : t("step.version", { number: version })}
      </Td>
      <Td nowrap second={another ? t("list.inUse", { number: inUse }) : undefined}>
        <TemplateStatus state={template.state} />
      </Td>
      <Td phone="hide">{template.channelName ?? <span className="text-fg-3">{t("list.everyChannel")}</span>}</Td>
      <Td nowrap phone="hide">
        <Who name={template.ownerName} />
      </Td>
      <Td nowrap phone="hide">
        {template.approverName === null ? <Missing /> : <Who name={template.approverName} />}
      </Td>
      <Td numeric nowrap phone="hide">
        {template.usedAt === null ? <Missing /> : <Time at={template.usedAt} as="day" now={now} />}
      </Td>
      <Td numeric nowrap>
        <Time at={template.changedAt} as="day" now={now} />
      </Td>
    </Tr>
  );
}
