import { useLocale, useTranslations } from "next-intl";
import { Status } from "@/components/ui/status";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Time } from "@/components/ui/time";

export type ListedImport = {
  id: string;
  name: string;
  channel: string;
  bytes: number;
  offset: number;
  rows: number;
  stored: number;
  known: number;
  bad: number;
  startedAt: Date;
  finishedAt: Date | null;
};

export function ImportTable({ rows, now }: { rows: readonly ListedImport[]; now: Date }) {
  const t = useTranslations("transcripts.imports");
  const locale = useLocale();
  const head = (
    <>
      <Th>{t("columns.file")}</Th>
      <Th phone="hide">{t("columns.channel")}</Th>
      <Th>{t("columns.state")}</Th>
      <Th numeric phone="hide">
        {t("columns.rows")}
      </Th>
      <Th numeric>{t("columns.stored")}</Th>
      <Th numeric phone="hide">
        {t("columns.known")}
      </Th>
      <Th numeric>{t("columns.bad")}</Th>
    </>
  );
  return (
    <Table caption={t("list")} head={head}>
      {rows.map((row) => (
        <Tr key={row.id}>
          <TdName href={`/transcripts/imports/${row.id}`} second={<Time at={row.startedAt} now={now} />}>
            {row.name}
          </TdName>
          <Td phone="hide">{row.channel}</Td>
          <Td nowrap>
            {row.finishedAt ? (
              <Status kind="ok">{t("states.finished")}</Status>
            ) : (
              <Status kind="waiting">
                {t("states.running", { percent: row.bytes > 0 ? Math.floor((row.offset / row.bytes) * 100) : 0 })}
              </Status>
            )}
          </Td>
          <Td numeric phone="hide">
            {row.rows.toLocaleString(locale)}
          </Td>
          <Td numeric>{row.stored.toLocaleString(locale)}</Td>
          <Td numeric phone="hide">
            {row.known.toLocaleString(locale)}
          </Td>
          <Td numeric>{row.bad.toLocaleString(locale)}</Td>
        </Tr>
      ))}
    </Table>
  );
}
