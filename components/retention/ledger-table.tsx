import { useLocale, useTranslations } from "next-intl";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Missing, Who } from "@/components/ui/text";
import { fullDay } from "@/lib/clock";
import type { LedgerRow } from "@/lib/retention/rules/ledger-row";

/** Lines of the destruction ledger; one of a run leads to it. */
export function LedgerTable({ rows }: { rows: readonly LedgerRow[] }) {
  const t = useTranslations("retention.ledger");
  const locale = useLocale();
  const head = (
    <>
      <Th>{t("columns.number")}</Th>
      <Th phone="hide">{t("columns.material")}</Th>
      <Th phone="hide">{t("columns.made")}</Th>
      <Th>{t("columns.destroyed")}</Th>
      <Th numeric>{t("columns.count")}</Th>
      <Th phone="hide">{t("columns.reason")}</Th>
      <Th phone="hide">{t("columns.people")}</Th>
    </>
  );
  return (
    <Table caption={t("list")} head={head}>
      {rows.map((row) => (
        <Tr key={row.id}>
          {row.destructionId ? (
            <TdName href={`/retention/destructions/${row.destructionId}`} second={row.fileName}>
              {row.number}
            </TdName>
          ) : (
            <Td second={row.fileName}>{row.number}</Td>
          )}
          <Td phone="hide">{t(`materials.${row.material}`)}</Td>
          <Td phone="hide" second={row.madeTo === row.madeFrom ? undefined : `– ${fullDay(row.madeTo, locale)}`}>
            {fullDay(row.madeFrom, locale)}
          </Td>
          <Td nowrap>{fullDay(row.destroyedOn, locale)}</Td>
          <Td numeric>{row.count.toLocaleString("en-US")}</Td>
          <Td phone="hide" second={t(`methods.${row.method}`)}>
            {t(`reasons.${row.reason}`)}
          </Td>
          <Td phone="hide" second={row.approvedBy ? <Who name={row.approvedBy} /> : <Missing what="field" />}>
            {row.handledBy ? <Who name={row.handledBy} /> : t("byJob")}
          </Td>
        </Tr>
      ))}
    </Table>
  );
}
