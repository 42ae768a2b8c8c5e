import { useLocale, useTranslations } from "next-intl";
import { LineChart } from "@/components/ui/line-chart";
import { Section } from "@/components/ui/section";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Missing } from "@/components/ui/text";
import { dayRange } from "@/lib/clock";
import { changeOf, conversionOf, peopleOf } from "@/lib/placements/rules/statistics";
import type { Counts, PlacementStatistics } from "@/lib/placements/schema/statistics";
import { share } from "./statistics-share";

const measures = {
  presses: (counts: Counts) => counts.presses,
  scans: (counts: Counts) => counts.scans,
  others: (counts: Counts) => counts.others,
  consults: (counts: Counts) => counts.consults,
  first: (counts: Counts) => counts.consults - counts.returning,
  returning: (counts: Counts) => counts.returning,
} as const;

/** Each number of the period with what it means, beside the other period where one is compared. */
export function StatisticsSummary({ statistics, now }: { statistics: PlacementStatistics; now: Date }) {
  const t = useTranslations("placements.statistics");
  const locale = useLocale();
  const { total, compared } = statistics;
  const before = compared?.total;
  const head = (
    <>
      <Th>{t("measure")}</Th>
      <Th numeric>{t("thisPeriod")}</Th>
      {compared ? <Th numeric>{dayRange(compared.from, compared.to, locale, now)}</Th> : null}
      {compared ? <Th numeric>{t("change")}</Th> : null}
    </>
  );
  const conversion = { now: conversionOf(total), before: before ? conversionOf(before) : null };
  return (
    <Section title={t("summary")} note={dayRange(statistics.from, statistics.to, locale, now)}>
      <Table caption={t("summary")} head={head}>
        {Object.entries(measures).map(([name, of]) => (
          <Tr key={name}>
            <TdName second={t(`means.${name as keyof typeof measures}`)}>
              {t(`measures.${name as keyof typeof measures}`)}
            </TdName>
            <Td numeric nowrap>
              {of(total).toLocaleString(locale)}
            </Td>
            {before ? (
              <Td numeric nowrap>
                {of(before).toLocaleString(locale)}
              </Td>
            ) : null}
            {before ? (
              <Td numeric nowrap>
                {signed(changeOf(of(total), of(before)), locale) ?? <Missing />}
              </Td>
            ) : null}
          </Tr>
        ))}
        <Tr>
          <TdName second={t("means.conversion")}>{t("measures.conversion")}</TdName>
          <Td numeric nowrap>
            {share(conversion.now, locale) ?? <Missing />}
          </Td>
          {before ? (
            <Td numeric nowrap>
              {share(conversion.before, locale) ?? <Missing />}
            </Td>
          ) : null}
          {before ? (
            <Td numeric nowrap>
              {conversion.now !== null && conversion.before !== null ? (
                t("points", { points: points(conversion.now - conversion.before, locale) })
              ) : (
                <Missing />
              )}
            </Td>
          ) : null}
        </Tr>
      </Table>
      {statistics.unplaced ? (
        <p className="hint mt-2">{t("unplaced", { count: statistics.unplaced.toLocaleString(locale) })}</p>
      ) : null}
    </Section>
  );
}

/** Presses and scans by day; the dashed line is the other period, or the consultations where none is compared. */
export function StatisticsLine({
  statistics,
  compare,
  now,
}: {
  statistics: PlacementStatistics;
  compare: "" | "before" | "year";
  now: Date;
}) {
  const t = useTranslations("placements.statistics");
  const people = { label: t("people"), values: statistics.days.map(peopleOf) };
  const dashed =
    statistics.compared && compare !== ""
      ? { label: t(`dashed.${compare}`), values: statistics.compared.days.map(peopleOf) }
      : { label: t("measures.consults"), values: statistics.days.map(({ consults }) => consults) };
  return (
    <Section title={t("byDay")} note={t(compare === "" ? "byDayNote" : "byDayCompared")}>
      <LineChart label={t("byDay")} days={statistics.days.map(({ day }) => day)} series={[people, dashed]} now={now} />
    </Section>
  );
}

function signed(value: number | null, locale: string): string | null {
  if (value === null) return null;
  return value.toLocaleString(locale, { style: "percent", maximumFractionDigits: 1, signDisplay: "exceptZero" });
}

function points(value: number, locale: string): string {
  return (value * 100).toLocaleString(locale, { maximumFractionDigits: 1, signDisplay: "exceptZero" });
}
