import { useLocale, useTranslations } from "next-intl";
import { FilterBar } from "@/components/ui/filter-bar";
import { addDays, dayRange, fullDay, kstDay } from "@/lib/clock";
import { categories } from "@/lib/retention/rules/categories";
import { knownness } from "@/lib/transcripts/schema";
import { type TranscriptFilter, transcriptStates } from "@/lib/transcripts/schema/reading";

type Props = {
  filter: TranscriptFilter;
  channels: readonly { id: string; name: string; searchId: string }[];
  policies: readonly { id: string; name: string; number: number }[];
  now: Date;
};

/** Every condition of the list stands in its address; the user's is a keyed handle. */
export function TranscriptFilters({ filter, channels, policies, now }: Props) {
  const t = useTranslations("transcripts");
  const l = useTranslations("transcripts.lists");
  const locale = useLocale();
  const { before: _before, after: _after, ...kept } = filter;
  const today = kstDay(now);
  const address = (more: Partial<Record<keyof TranscriptFilter, string | undefined>>) =>
    transcriptsAddress({ ...kept, ...more });
  const periods = [
    { name: "week", from: addDays(today, -6) },
    { name: "month", from: addDays(today, -29) },
    { name: "all", from: undefined },
  ] as const;
  const own =
    filter.to !== undefined || (filter.from !== undefined && !periods.some(({ from }) => from === filter.from));
  const { apart, overdue, due, user, session, placement, from, to } = filter;
  return (
    <FilterBar
      action="/transcripts"
      label={l("filters")}
      selects={[
        {
          ...{ name: "channel", label: l("select.channel"), value: filter.channel },
          options: channels.map(({ id, name, searchId }) => ({ value: id, label: `${name} @${searchId}` })),
        },
        {
          ...{ name: "place", label: l("select.place"), value: filter.place },
          options: knownness.map((place) => ({ value: place, label: t(`places.${place}`) })),
        },
        {
          ...{ name: "state", label: l("select.state"), value: filter.state },
          options: transcriptStates.map((state) => ({ value: state, label: t(`state.${state}`) })),
        },
        {
          ...{ name: "category", label: l("select.category"), value: filter.category },
          options: categories.map((category) => ({ value: category, label: l(`categories.${category}`) })),
        },
        {
          ...{ name: "policy", label: l("select.policy"), value: filter.policy },
          options: policies.map(({ id, name }) => ({ value: id, label: name })),
        },
        {
          ...{ name: "hold", label: l("select.hold"), value: filter.hold },
          options: (["held", "free"] as const).map((hold) => ({ value: hold, label: l(`hold.${hold}`) })),
        },
        {
          ...{ name: "visit", label: l("select.visit"), value: filter.visit },
          options: (["first", "again"] as const).map((visit) => ({ value: visit, label: t(`visit.${visit}`) })),
        },
      ]}
      chips={[
        ...periods.map((period) => ({
          href: address({ from: period.from, to: undefined }),
          label: l(`chips.${period.name}`),
          current: filter.from === period.from && !filter.to,
        })),
        ...(own
          ? [
              {
                href: address({ from: undefined, to: undefined }),
                label: l("chips.period", {
                  from: from ? (dayRange(from, from, locale, now).split("–")[0] ?? "") : "",
                  to: to ? (dayRange(to, to, locale, now).split("–")[0] ?? "") : "",
                }),
                current: true,
              },
            ]
          : []),
        { href: address({ apart: apart ? undefined : "1" }), label: l("chips.apart"), current: apart === "1" },
        { href: address({ overdue: overdue ? undefined : "1" }), label: l("chips.overdue"), current: overdue === "1" },
        ...(due
          ? [{ href: address({ due: undefined }), label: l("chips.due", { day: fullDay(due, locale) }), current: true }]
          : []),
        ...(user
          ? [{ href: address({ user: undefined }), label: l("chips.user", { user: user.slice(0, 8) }), current: true }]
          : []),
        ...(session
          ? [{ href: address({ session: undefined }), label: l("chips.session", { id: session }), current: true }]
          : []),
        ...(placement ? [{ href: address({ placement: undefined }), label: l("chips.placement"), current: true }] : []),
      ]}
      keep={{ from, to, apart, overdue, due, user, session, placement }}
      clear={Object.values(kept).some(Boolean) ? "/transcripts" : undefined}
    />
  );
}

/** The list's address with a filter; `path` for a page that carries the list beside it. */
export function transcriptsAddress(
  filter: Readonly<Record<string, string | undefined>>,
  path = "/transcripts",
): string {
  const entries = Object.entries(filter).flatMap(([name, value]) => (value ? [[name, value]] : []));
  return entries.length > 0 ? `${path}?${new URLSearchParams(entries)}` : path;
}
