import { useTranslations } from "next-intl";
import { FilterBar } from "@/components/ui/filter-bar";
import { media, type PlacementChoices, type PlacementFilters, placementStates } from "@/lib/placements/schema";

/** What the list is narrowed to: name, code or place; channel, state, medium, owner, campaign, tag. And its order. */
export function PlacementFilterBar({
  filters,
  choices,
  action = "/placements",
}: {
  filters: PlacementFilters;
  choices: PlacementChoices;
  /** The page that is narrowed: the list itself, or one that takes what the list finds. */
  action?: string;
}) {
  const t = useTranslations("placements");
  const { after: _after, before: _before, sort, ...narrowing } = filters;
  const narrowed = Object.values(narrowing).some((value) => value !== "");
  const words = (used: readonly string[], chosen: string) =>
    [...new Set(chosen === "" ? used : [...used, chosen])].map((value) => ({ value, label: value }));
  return (
    <FilterBar
      action={action}
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
        {
          name: "campaign",
          label: t("field.campaign"),
          value: filters.campaign,
          options: words(choices.campaigns, filters.campaign),
        },
        { name: "tag", label: t("column.tag"), value: filters.tag, options: words(choices.tags, filters.tag) },
        { name: "sort", label: t("sort.label"), value: sort, options: [{ value: "name", label: t("sort.name") }] },
      ]}
      clear={narrowed ? action : undefined}
    />
  );
}
