import { useLocale, useTranslations } from "next-intl";
import { ListLink } from "@/components/ui/link";
import { Pagination } from "@/components/ui/pagination";
import { Section } from "@/components/ui/section";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Missing } from "@/components/ui/text";
import { conversionOf } from "@/lib/placements/rules/statistics";
import type { Medium } from "@/lib/placements/schema";
import {
  type GroupCounts,
  type PlacementStatisticsFilter,
  type StatisticsSort,
  statisticsGroups,
} from "@/lib/placements/schema/statistics";
import { share } from "./statistics-share";

const pageLength = 50;

/** The period by place, channel, campaign, medium or tag: the largest first, each head sorts. */
export function StatisticsGroups({
  groups,
  filter,
  address,
}: {
  groups: readonly GroupCounts[];
  filter: PlacementStatisticsFilter;
  /** The page's address with something changed. */
  address: (more: Record<string, string>) => string;
}) {
  const t = useTranslations("placements.statistics");
  const locale = useLocale();
  const { by, sort } = filter;
  const skip = Math.min(filter.skip, Math.max(0, groups.length - 1));
  const shown = groups.slice(skip, skip + pageLength);
  const head = (key: StatisticsSort, label: string, phone?: "hide") => (
    <Th
      numeric
      {...(phone ? { phone } : {})}
      sort={{ href: address({ sort: key, skip: "" }), ...(sort === key ? { direction: "descending" as const } : {}) }}
    >
      {label}
    </Th>
  );
  return (
    <Section title={t(`by.${by}`)} count={groups.length} note={t(by === "tag" ? "byTagNote" : "byNote")}>
      <nav className="mb-3 flex flex-wrap gap-2" aria-label={t("grouping")}>
        {statisticsGroups.map((one) => (
          <ListLink
            key={one}
            className="chip"
            href={address({ by: one, skip: "" })}
            aria-current={one === by ? "true" : undefined}
          >
            {t(`by.${one}`)}
          </ListLink>
        ))}
      </nav>
      <Table
        caption={t(`by.${by}`)}
        head={
          <>
            <Th>{t(`column.${by}`)}</Th>
            {head("presses", t("measures.presses"))}
            {head("scans", t("measures.scans"))}
            {head("others", t("measures.others"), "hide")}
            {head("consults", t("measures.consults"))}
            {head("returning", t("measures.returning"), "hide")}
            {head("conversion", t("measures.conversion"))}
          </>
        }
      >
        {shown.map((row) => (
          <Tr key={row.key}>
            <GroupName row={row} by={by} address={address} />
            <Td numeric nowrap>
              {row.presses.toLocaleString(locale)}
            </Td>
            <Td numeric nowrap>
              {row.scans.toLocaleString(locale)}
            </Td>
            <Td numeric phone="hide">
              {row.others.toLocaleString(locale)}
            </Td>
            <Td numeric nowrap>
              {row.consults.toLocaleString(locale)}
            </Td>
            <Td numeric phone="hide">
              {row.returning.toLocaleString(locale)}
            </Td>
            <Td numeric nowrap>
              {share(conversionOf(row), locale) ?? <Missing />}
            </Td>
          </Tr>
        ))}
      </Table>
      {groups.length > pageLength ? (
        <Pagination
          label={t(`by.${by}`)}
          range={t("range", { from: skip + 1, to: skip + shown.length, all: groups.length })}
          previous={skip > 0 ? address({ skip: String(Math.max(0, skip - pageLength)) }) : null}
          next={skip + pageLength < groups.length ? address({ skip: String(skip + pageLength) }) : null}
        />
      ) : null}
    </Section>
  );
}

/** A place leads to its page, anything else to the same numbers of it alone. */
function GroupName({
  row,
  by,
  address,
}: {
  row: GroupCounts;
  by: PlacementStatisticsFilter["by"];
  address: (more: Record<string, string>) => string;
}) {
  const t = useTranslations("placements");
  if (row.key === "") return <TdName>{t(`statistics.without.${by === "tag" ? "tag" : "campaign"}`)}</TdName>;
  const medium = row.medium === "" ? "" : t(`medium.${row.medium as Medium}`);
  if (by === "placement")
    return (
      <TdName href={`/placements/${row.key}`} second={[row.code, row.channel, medium].filter(Boolean).join(" · ")}>
        {row.name}
      </TdName>
    );
  const href = address({ [by]: row.key, by: "placement", skip: "" });
  return (
    <TdName href={href} {...(row.code === "" ? {} : { second: row.code })}>
      {by === "medium" ? medium : row.name}
    </TdName>
  );
}
