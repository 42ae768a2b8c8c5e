import { useLocale, useTranslations } from "next-intl";
import { Section } from "@/components/ui/section";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { peopleOf } from "@/lib/placements/rules/statistics";
import type { HourCounts } from "@/lib/placements/schema/statistics";

/** When in the day people press, in Korean time; of the whole company. */
export function StatisticsHours({ hours }: { hours: readonly HourCounts[] | null }) {
  const t = useTranslations("placements.statistics");
  const locale = useLocale();
  if (!hours)
    return (
      <Section title={t("byHour")}>
        <p className="hint">{t("byHourWhole")}</p>
      </Section>
    );
  const top = Math.max(1, ...hours.map(peopleOf));
  return (
    <Section title={t("byHour")} note={t("byHourNote")}>
      <Table
        caption={t("byHour")}
        head={
          <>
            <Th>{t("column.hour")}</Th>
            <Th numeric>{t("measures.presses")}</Th>
            <Th numeric>{t("measures.scans")}</Th>
            <Th numeric phone="hide">
              {t("measures.others")}
            </Th>
            <Th>{t("people")}</Th>
          </>
        }
      >
        {hours.map((row) => (
          <Tr key={row.hour}>
            <TdName>{t("hour", { hour: row.hour, next: row.hour + 1 })}</TdName>
            <Td numeric nowrap>
              {row.presses.toLocaleString(locale)}
            </Td>
            <Td numeric nowrap>
              {row.scans.toLocaleString(locale)}
            </Td>
            <Td numeric phone="hide">
              {row.others.toLocaleString(locale)}
            </Td>
            <Td>
              <svg className="block h-2.5 w-full" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
                <rect className="fill-series-2" width={(100 * peopleOf(row)) / top} height="10" />
              </svg>
            </Td>
          </Tr>
        ))}
      </Table>
    </Section>
  );
}
