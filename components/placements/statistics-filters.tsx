import { useTranslations } from "next-intl";
import { FilterBar } from "@/components/ui/filter-bar";
import { media, type PlacementChoices } from "@/lib/placements/schema";
import {
  type PlacementStatisticsFilter,
  statisticsComparisons,
  statisticsSpans,
} from "@/lib/placements/schema/statistics";

/** Which days, compared with which, and of which places; all of it stands in the address. */
export function StatisticsFilters({
  filter,
  choices,
  address,
  placementName,
}: {
  filter: PlacementStatisticsFilter;
  choices: PlacementChoices;
  address: (more: Record<string, string>) => string;
  placementName: string | null;
}) {
  const t = useTranslations("placements");
  const s = useTranslations("placements.statistics");
  const own = filter.from !== "" || filter.to !== "" || filter.month !== "";
  const span = filter.days || "28";
  const words = (used: readonly string[], chosen: string) =>
    [...new Set(chosen === "" ? used : [...used, chosen])].map((value) => ({ value, label: value }));
  const narrowed = [filter.placement, filter.channel, filter.campaign, filter.medium, filter.tag].some(Boolean);
  const given = [filter.month, filter.from, filter.to].filter(Boolean).length;
  return (
    <FilterBar
      action="/placements/statistics"
      label={s("filters")}
      selects={[
        {
          name: "compare",
          label: s("compare"),
          value: filter.compare,
          options: statisticsComparisons.map((value) => ({ value, label: s(`comparison.${value}`) })),
        },
        {
          name: "channel",
          label: t("column.channel"),
          value: filter.channel,
          options: choices.channels.map(({ id, name }) => ({ value: id, label: name })),
        },
        {
          name: "campaign",
          label: t("field.campaign"),
          value: filter.campaign,
          options: words(choices.campaigns, filter.campaign),
        },
        {
          name: "medium",
          label: t("column.medium"),
          value: filter.medium,
          options: media.map((medium) => ({ value: medium, label: t(`medium.${medium}`) })),
        },
        { name: "tag", label: t("column.tag"), value: filter.tag, options: words(choices.tags, filter.tag) },
      ]}
      fields={{
        given,
        shown: (
          <>
            <input
              className="input w-auto"
              type="month"
              name="month"
              defaultValue={filter.month}
              aria-label={s("month")}
            />
            <input className="input w-auto" type="date" name="from" defaultValue={filter.from} aria-label={s("from")} />
            <input className="input w-auto" type="date" name="to" defaultValue={filter.to} aria-label={s("to")} />
          </>
        ),
      }}
      keep={{ by: filter.by, sort: filter.sort, days: filter.days, placement: filter.placement }}
      chips={[
        ...statisticsSpans.map((days) => ({
          href: address({ days, month: "", from: "", to: "", skip: "" }),
          label: s("lastDays", { days: Number(days) }),
          current: !own && span === days,
        })),
        ...(filter.placement === ""
          ? []
          : [
              {
                href: address({ placement: "", skip: "" }),
                label: s("onePlace", { name: placementName ?? "–" }),
                current: true,
              },
            ]),
      ]}
      clear={narrowed || own || filter.compare !== "" ? "/placements/statistics" : undefined}
    />
  );
}
