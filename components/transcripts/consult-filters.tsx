import { useTranslations } from "next-intl";
import { FilterBar } from "@/components/ui/filter-bar";
import { addDays, kstDay } from "@/lib/clock";
import { type ConsultFilter, knownness } from "@/lib/transcripts/schema";

/** Channel, kind of place, period; the state is in the address. */
export function ConsultFilterBar({
  filter,
  channels,
  now,
}: {
  filter: ConsultFilter;
  channels: readonly { id: string; name: string; searchId: string }[];
  now: Date;
}) {
  const t = useTranslations("transcripts");
  const { before: _before, after: _after, ...kept } = filter;
  const today = kstDay(now);
  const periods = [
    { name: "today", from: today },
    { name: "week", from: addDays(today, -6) },
    { name: "month", from: addDays(today, -29) },
    { name: "all", from: undefined },
  ] as const;
  const address = (from: string | undefined) => {
    const entries = Object.entries({ ...kept, to: undefined, from }).flatMap(([name, value]) =>
      value ? [[name, value]] : [],
    );
    return entries.length > 0 ? `/monitor?${new URLSearchParams(entries)}` : "/monitor";
  };
  return (
    <FilterBar
      action="/monitor"
      label={t("filters")}
      selects={[
        {
          name: "channel",
          label: t("column.channel"),
          value: filter.channel,
          options: channels.map(({ id, name, searchId }) => ({ value: id, label: `${name} @${searchId}` })),
        },
        {
          name: "place",
          label: t("place.label"),
          value: filter.place,
          options: knownness.map((place) => ({ value: place, label: t(`places.${place}`) })),
        },
      ]}
      chips={[
        ...periods.map(({ name, from }) => ({
          href: address(from),
          label: t(`period.${name}`),
          current: filter.from === from && !filter.to,
        })),
        ...(filter.code ? [{ href: "/monitor", label: t("codeOnly", { code: filter.code }), current: true }] : []),
      ]}
      keep={{ from: filter.from, to: filter.to, code: filter.code }}
      clear={Object.values(kept).some(Boolean) ? "/monitor" : undefined}
    />
  );
}
