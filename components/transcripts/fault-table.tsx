import { useLocale, useTranslations } from "next-intl";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import { Mono } from "@/components/ui/text";
import type { ImportReason } from "@/lib/transcripts/rules/import-row";

/** Rows of a file that were not taken: number and reason, never what they said. */
export function FaultTable({ rows }: { rows: readonly { row: number; reason: string; detail: string }[] }) {
  const t = useTranslations("transcripts.imports");
  const locale = useLocale();
  const head = (
    <>
      <Th numeric>{t("columns.row")}</Th>
      <Th>{t("columns.reason")}</Th>
      <Th>{t("columns.fields")}</Th>
    </>
  );
  return (
    <Table caption={t("faults")} head={head}>
      {rows.map(({ row, reason, detail }) => (
        <Tr key={row}>
          <Td numeric>{row.toLocaleString(locale)}</Td>
          <Td>{t(`reasons.${reason as ImportReason}`)}</Td>
          <Td>{detail === "" ? "–" : <Mono>{detail}</Mono>}</Td>
        </Tr>
      ))}
    </Table>
  );
}
