import { useLocale, useTranslations } from "next-intl";
import { GroupRow, Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Missing, Who } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import { duration, fullDay } from "@/lib/clock";
import { isOpen } from "@/lib/retention/rules/destruction";
import type { DestructionRow } from "@/lib/retention/rules/destruction-view";
import { DestructionStateWord } from "./destruction-state";

/** Runs in groups, what waits first; a group without a title has no head. */
export function DestructionTable({
  groups,
  now,
}: {
  groups: readonly { title: string | null; rows: readonly DestructionRow[] }[];
  now: Date;
}) {
  const t = useTranslations("retention.destructions");
  const locale = useLocale();
  const head = (
    <>
      <Th>{t("columns.number")}</Th>
      <Th>{t("columns.state")}</Th>
      <Th phone="hide">{t("columns.dueThrough")}</Th>
      <Th numeric>{t("columns.sessions")}</Th>
      <Th numeric phone="hide">
        {t("columns.files")}
      </Th>
      <Th phone="hide">{t("columns.prepared")}</Th>
    </>
  );
  return (
    <Table caption={t("list")} head={head}>
      {groups.flatMap(({ title, rows }) => [
        ...(title && rows.length > 0 ? [<GroupRow key={title} columns={6} title={title} count={rows.length} />] : []),
        ...rows.map((row) => (
          <Tr key={row.id}>
            <TdName href={`/retention/destructions/${row.id}`} second={t(`kinds.${row.kind as "routine"}`)}>
              {row.number}
            </TdName>
            <Td
              nowrap
              second={
                isOpen(row.state)
                  ? t("left", { time: duration(row.validUntil.getTime() - now.getTime(), locale) })
                  : undefined
              }
            >
              <DestructionStateWord state={row.state} />
            </Td>
            <Td phone="hide" nowrap>
              {row.kind === "routine" ? fullDay(row.dueThrough, locale) : <Missing what="field" />}
            </Td>
            <Td numeric>{t("count", { count: row.sessions })}</Td>
            <Td numeric phone="hide">
              {t("fileCount", { count: row.files })}
            </Td>
            <Td phone="hide" second={<Time at={row.preparedAt} now={now} />}>
              {row.preparedBy ? <Who name={row.preparedBy} /> : t("byJob")}
            </Td>
          </Tr>
        )),
      ])}
    </Table>
  );
}
