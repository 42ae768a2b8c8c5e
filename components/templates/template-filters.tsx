import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { FilterBar } from "@/components/ui/filter-bar";
import { ListLink } from "@/components/ui/link";
import { isPlain } from "@/lib/templates/rules/report";
import { templateStates } from "@/lib/templates/rules/status";
import { type MessageType, messageTypes } from "@/lib/templates/schema/content";
import type { TemplateChoices, TemplateFilters } from "@/lib/templates/schema/list";
import { TypeGlyph } from "./type-glyph";

/** What the library is narrowed to beside the type, and its order. */
export function TemplateFilterBar({
  filters,
  choices,
  children,
}: {
  filters: TemplateFilters;
  choices: TemplateChoices;
  /** Right of everything: the two views. */
  children: ReactNode;
}) {
  const t = useTranslations("templates");
  const { after: _after, before: _before, sort, type, view, ...narrowing } = filters;
  const tags = [...new Set(filters.tag === "" ? choices.tags : [...choices.tags, filters.tag])];
  return (
    <FilterBar
      action="/templates"
      label={t("list.filters")}
      search={{ value: filters.q, placeholder: t("list.search") }}
      selects={[
        {
          name: "state",
          label: t("list.column.state"),
          value: filters.state,
          options: templateStates.map((state) => ({ value: state, label: t(`state.${state}`) })),
        },
        {
          name: "channel",
          label: t("list.column.channel"),
          value: filters.channel,
          options: choices.channels.map(({ id, name }) => ({ value: id, label: name })),
        },
        {
          name: "tag",
          label: t("list.column.tags"),
          value: filters.tag,
          options: tags.map((tag) => ({ value: tag, label: tag })),
        },
        {
          name: "owner",
          label: t("list.column.owner"),
          value: filters.owner,
          options: choices.owners.map(({ id, name }) => ({ value: id, label: name })),
        },
      ]}
      keep={{ type, view, sort }}
      clear={Object.values(narrowing).some((value) => value !== "") ? "/templates" : undefined}
    >
      {children}
    </FilterBar>
  );
}

/** The eleven types with how many templates there are of each. On a phone a row that scrolls. */
export function TemplateTypes({
  current,
  counts,
  address,
}: {
  current: MessageType | "";
  counts: Partial<Record<MessageType, number>>;
  /** The list narrowed to a type. */
  address: (more: { type: string }) => string;
}) {
  const t = useTranslations("templates");
  const all = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const families = [
    { family: "plain", types: messageTypes.filter(isPlain) },
    { family: "rich", types: messageTypes.filter((type) => !isPlain(type)) },
  ] as const;
  return (
    <nav
      aria-label={t("list.byType")}
      className="text-sm max-desk:flex max-desk:gap-2 max-desk:overflow-x-auto max-desk:pb-2"
    >
      <TypeLink href={address({ type: "" })} current={current === ""} count={all}>
        {t("list.all")}
      </TypeLink>
      {families.map(({ family, types }) => (
        <div key={family} className="max-desk:contents">
          <h2 className="mt-3.5 mb-1 text-xs font-medium text-fg-3 max-desk:hidden">{t(`list.${family}`)}</h2>
          {types.map((type) => (
            <TypeLink key={type} href={address({ type })} current={current === type} count={counts[type] ?? 0}>
              <TypeGlyph type={type} />
              {t(`type.${type}`)}
            </TypeLink>
          ))}
        </div>
      ))}
    </nav>
  );
}

function TypeLink({
  href,
  current,
  count,
  children,
}: {
  href: string;
  current: boolean;
  count: number;
  children: ReactNode;
}) {
  const locale = useLocale();
  return (
    <ListLink
      href={href}
      aria-current={current ? "true" : undefined}
      className="-mx-2 flex min-h-7.5 items-center gap-2 rounded-6 px-2 text-fg-2 no-underline hover:bg-canvas aria-[current]:bg-selected aria-[current]:font-semibold aria-[current]:text-fg max-desk:mx-0 max-desk:min-h-10 max-desk:flex-none max-desk:whitespace-nowrap"
    >
      {children}
      <span className="ml-auto text-xs font-normal text-fg-3 tabular-nums">{count.toLocaleString(locale)}</span>
    </ListLink>
  );
}
