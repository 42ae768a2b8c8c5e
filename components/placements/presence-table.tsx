import { useLocale, useTranslations } from "next-intl";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Missing } from "@/components/ui/text";
import { dayAndTime } from "@/lib/clock";
import { asLocale } from "@/lib/locale";
import type { PresenceRow } from "@/lib/placements/schema/presence";
import { PresenceStatus } from "./presence-status";

/** Places with a page and what was last seen there, what needs care first. */
export function PresenceTable({ rows, now }: { rows: readonly PresenceRow[]; now: Date }) {
  const t = useTranslations("placements");
  const locale = asLocale(useLocale());
  return (
    <Table
      caption={t("presence.title")}
      head={
        <>
          <Th>{t("column.place")}</Th>
          <Th>{t("presence.column.seen")}</Th>
          <Th phone="hide">{t("presence.column.why")}</Th>
          <Th phone="hide">{t("presence.column.at")}</Th>
          <Th phone="hide">{t("column.owner")}</Th>
        </>
      }
    >
      {rows.map((row) => (
        <Tr key={row.placementId}>
          <TdName href={`/placements/${row.placementId}/presence`} second={row.pageUrl}>
            {row.name}
          </TdName>
          <Td>
            <PresenceStatus wanted={row.wanted} verdict={row.verdict} />
            {row.oldLinks > 0 ? (
              <span className="block text-xs text-warn">{t("presence.oldLinks", { count: row.oldLinks })}</span>
            ) : null}
          </Td>
          <Td phone="hide">
            {row.reason ? t(`presence.reason.${row.reason}`) : <Missing what="field" />}
            {row.status ? <span className="text-fg-3"> · {row.status}</span> : null}
          </Td>
          <Td nowrap phone="hide">
            {row.at ? dayAndTime(row.at, locale, now) : <Missing what="field" />}
            {row.asked ? <span className="block text-xs text-fg-3">{t("presence.askedOne")}</span> : null}
          </Td>
          <Td nowrap phone="hide">
            {row.ownerName ?? <Missing what="field" />}
          </Td>
        </Tr>
      ))}
    </Table>
  );
}
