import { useTranslations } from "next-intl";
import { FilterBar } from "@/components/ui/filter-bar";
import { media, type PlacementChoices, type PlacementFilters, placementStates } from "@/lib/placements/schema";

/** What the list is narrowed to: name, code or place; channel, state, medium, owner. */
export function PlacementFilterBar({ filters, choices }: { filters: PlacementFilters; choices: PlacementChoices }) {
  const t = useTranslations("placements");
  const narrowed = [filters.q, filters.channel, filters.state, filters.medium, filters.owner].some(
    (value) => value !== "",
  );
  return (
    <FilterBar
      action="/placements"
      label={t("filters")}
      search={{ value: filters.q, placeholder: t("search") }}
      selects={[
        {
          name: "channel",
          label: t("column.channel"),
          value: filters.channel,
          options: choices.channels.map((channel) => ({ value: channel.id, label: channel.name })),
        },
        {
          name: "state",
          label: t("column.state"),
          value: filters.state,
          options: placementStates.map((state) => ({ value: state, label: t(`state.${state}`) })),
        },
        {
          name: "medium",
          label: t("column.medium"),
          value: filters.medium,
          options: media.map((medium) => ({ value: medium, label: t(`medium.${medium}`) })),
        },
        {
          name: "owner",
          label: t("column.owner"),
          value: filters.owner,
          options: choices.owners.map((owner) => ({ value: owner.id, label: owner.name })),
        },
      ]}
      clear={narrowed ? "/placements" : undefined}
    />
  );
}
