import { useTranslations } from "next-intl";
import { FilterBar } from "@/components/ui/filter-bar";
import { type MediaFilters, mediaKinds } from "@/lib/templates/schema/media";

/** What the library is narrowed to. */
export function MediaFilterBar({ filters }: { filters: MediaFilters }) {
  const t = useTranslations("templates.media");
  const { q, kind, unused } = filters;
  const chip = new URLSearchParams({
    ...(q ? { q } : {}),
    ...(kind ? { kind } : {}),
    ...(unused ? {} : { unused: "1" }),
  });
  return (
    <FilterBar
      action="/templates/media"
      label={t("list")}
      search={{ value: q, placeholder: t("search") }}
      keep={{ unused: unused ? "1" : undefined }}
      selects={[
        {
          name: "kind",
          label: t("column.kind"),
          value: kind ?? "",
          options: mediaKinds.map((one) => ({ value: one, label: t(`kind.${one}`) })),
        },
      ]}
      chips={[{ href: `/templates/media?${chip}`, label: t("unused"), current: unused }]}
      clear={q !== "" || kind !== null || unused ? "/templates/media" : undefined}
    />
  );
}
