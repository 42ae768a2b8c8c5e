import { useTranslations } from "next-intl";
import { FilterBar } from "@/components/ui/filter-bar";
import { type TaskFilters, taskKinds } from "@/lib/placements/schema/take-down";

/** What a campaign's places are narrowed to: kind, owner, open or closed. */
export function TakeDownFilterBar({
  at,
  filters,
  owners,
}: {
  at: string;
  filters: TaskFilters;
  owners: readonly { id: string; name: string }[];
}) {
  const t = useTranslations("placements.takeDown");
  const { after: _after, before: _before, ...kept } = filters;
  return (
    <FilterBar
      action={at}
      label={t("filters")}
      selects={[
        {
          name: "kind",
          label: t("filter.kind"),
          value: filters.kind,
          options: taskKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) })),
        },
        {
          name: "owner",
          label: t("filter.owner"),
          value: filters.owner,
          options: owners.map(({ id, name }) => ({ value: id, label: name })),
        },
        {
          name: "state",
          label: t("filter.state"),
          value: filters.state,
          options: (["open", "closed"] as const).map((state) => ({ value: state, label: t(`filter.${state}`) })),
        },
      ]}
      clear={Object.values(kept).some((value) => value !== "") ? at : undefined}
    />
  );
}
