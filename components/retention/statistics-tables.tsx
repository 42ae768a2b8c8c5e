import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ListLink } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { dayWithWeekday, monthName } from "@/lib/clock";
import type { Category } from "@/lib/retention/rules/categories";
import type { PeriodTally, StatisticsPeriod, Tally } from "@/lib/retention/rules/statistics";

/** What is destroyed of what was received, in the widths of a column; the numbers stand beside it. */
function Bar({ tally: { received, destroyed }, top }: { tally: Tally; top: number }) {
  const width = (count: number) => (100 * count) / Math.max(1, top);
  return (
    <svg className="mt-1 block h-2.5 w-full" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect className="fill-series-2/25" width={width(received)} height="10" />
      <rect className="fill-series-2" width={width(destroyed)} height="10" />
    </svg>
  );
}

function Heads({ first, bar }: { first: string; bar: string }) {
  const t = useTranslations("retention.statistics.columns");
  return (
    <>
      <Th>{first}</Th>
      <Th numeric>{t("received")}</Th>
      <Th numeric>{t("destroyed")}</Th>
      <Th numeric phone="hide">
        {t("left")}
      </Th>
      <Th phone="hide">{bar}</Th>
    </>
  );
}

function Cells({ tally, top }: { tally: Tally; top: number }) {
  const locale = useLocale();
  return (
    <>
      <Td numeric>{tally.received.toLocaleString(locale)}</Td>
      <Td numeric>{tally.destroyed.toLocaleString(locale)}</Td>
      <Td numeric phone="hide">
        {(tally.received - tally.destroyed).toLocaleString(locale)}
      </Td>
      <Td phone="hide">
        <Bar tally={tally} top={top} />
      </Td>
    </>
  );
}

const topOf = (tallies: readonly Tally[]) => Math.max(1, ...tallies.map(({ received }) => received));

/** Months (each leads to its days) or days, the newest first. */
export function PeriodStatistics({
  period,
  periods,
  monthHref,
  now,
  children,
}: {
  period: StatisticsPeriod;
  periods: readonly PeriodTally[];
  monthHref: (month: string) => string;
  now: Date;
  /** To other periods. */
  children: ReactNode;
}) {
  const t = useTranslations("retention.statistics");
  const locale = useLocale();
  const top = topOf(periods);
  const byMonth = period.unit === "month";
  return (
    <Section title={t(byMonth ? "byMonth" : "byDay")} note={t("note")} actions={children}>
      <Table
        caption={t(byMonth ? "byMonth" : "byDay")}
        head={<Heads first={t(byMonth ? "columns.month" : "columns.day")} bar={t("columns.share")} />}
      >
        {periods.map((tally) => (
          <Tr key={tally.period}>
            {byMonth ? (
              <TdName href={monthHref(tally.period)}>{monthName(tally.period, locale)}</TdName>
            ) : (
              <TdName>{dayWithWeekday(tally.period, locale, now)}</TdName>
            )}
            <Cells tally={tally} top={top} />
          </Tr>
        ))}
      </Table>
    </Section>
  );
}

export function ChannelStatistics({
  channels,
  count,
  href,
}: {
  channels: readonly (Tally & { id: string; name: string; searchId: string })[];
  /** In all; the rest is in the file. */
  count: number;
  href: (channelId: string) => string;
}) {
  const t = useTranslations("retention.statistics");
  const top = topOf(channels);
  return (
    <Section title={t("byChannel")} count={count}>
      <Table caption={t("byChannel")} head={<Heads first={t("columns.channel")} bar={t("columns.share")} />}>
        {channels.map((channel) => (
          <Tr key={channel.id}>
            <th scope="row">
              <ListLink className="name" href={href(channel.id)}>
                {channel.name}
              </ListLink>
              <span className="t2">@{channel.searchId}</span>
            </th>
            <Cells tally={channel} top={top} />
          </Tr>
        ))}
      </Table>
      <Rest shown={channels.length} count={count} />
    </Section>
  );
}

/** What was destroyed, by category and by the way in. */
export function DestroyedStatistics({
  categories,
  places,
  placeCount,
}: {
  categories: readonly { category: string; destroyed: number }[];
  places: readonly { code: string; name: string | null; destroyed: number }[];
  placeCount: number;
}) {
  const t = useTranslations("retention.statistics");
  const c = useTranslations("retention.categories");
  return (
    <div className="mt-7 grid gap-x-9 gap-y-7 min-[1100px]:grid-cols-2">
      <div className="min-w-0">
        <Section title={t("byCategory")}>
          <Destroyed
            caption={t("byCategory")}
            first={t("columns.category")}
            rows={categories.map(({ category, destroyed }) => ({
              ...{ key: category, name: c(category as Category), destroyed },
            }))}
          />
        </Section>
      </div>
      <div className="min-w-0">
        <Section title={t("byPlace")} {...(placeCount > 0 ? { count: placeCount } : {})}>
          <Destroyed
            caption={t("byPlace")}
            first={t("columns.place")}
            rows={places.map(({ code, name, destroyed }) => ({
              ...{ key: code, name: name ?? (code || t("noPlace")), second: name ? code : undefined, destroyed },
            }))}
          />
          <Rest shown={places.length} count={placeCount} />
        </Section>
      </div>
    </div>
  );
}

type DestroyedRow = { key: string; name: string; second?: string | undefined; destroyed: number };

function Destroyed({ caption, first, rows }: { caption: string; first: string; rows: readonly DestroyedRow[] }) {
  const t = useTranslations("retention.statistics");
  const locale = useLocale();
  if (rows.length === 0) return <p className="text-sm text-fg-3">{t("nothingDestroyed")}</p>;
  const top = Math.max(1, ...rows.map(({ destroyed }) => destroyed));
  const head = (
    <>
      <Th>{first}</Th>
      <Th numeric>{t("columns.destroyed")}</Th>
      <Th phone="hide" />
    </>
  );
  return (
    <Table caption={caption} head={head}>
      {rows.map(({ key, name, second, destroyed }) => (
        <Tr key={key}>
          <TdName second={second}>{name}</TdName>
          <Td numeric>{destroyed.toLocaleString(locale)}</Td>
          <Td phone="hide">
            <Bar tally={{ received: 0, destroyed }} top={top} />
          </Td>
        </Tr>
      ))}
    </Table>
  );
}

function Rest({ shown, count }: { shown: number; count: number }) {
  const t = useTranslations("retention.statistics");
  return count > shown ? <p className="mt-2 text-sm text-fg-3">{t("rest", { count: count - shown })}</p> : null;
}
