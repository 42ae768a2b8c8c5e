import { useTranslations } from "next-intl";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Missing } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import type { MediaRow } from "@/lib/templates/schema/media";
import { Measure, Thumbnail } from "./media-choice";

/** Files of the library, newest first. */
export function MediaTable({ rows }: { rows: readonly MediaRow[] }) {
  const t = useTranslations("templates.media");
  return (
    <Table
      caption={t("list")}
      head={
        <>
          <Th>{t("column.file")}</Th>
          <Th phone="hide">{t("column.kind")}</Th>
          <Th end>{t("column.size")}</Th>
          <Th end phone="hide">
            {t("column.uses")}
          </Th>
          <Th phone="hide">{t("column.by")}</Th>
        </>
      }
    >
      {rows.map((row) => (
        <Tr key={row.id}>
          <TdName href={`/templates/media/${row.id}`} second={row.alt || t("noAlt")}>
            <span className="inline-flex items-center gap-2">
              <Thumbnail choice={row} size={36} />
              {row.name}
            </span>
          </TdName>
          <Td phone="hide">{t(`kind.${row.kind}`)}</Td>
          <Td end nowrap>
            <Measure choice={row} />
          </Td>
          <Td end phone="hide">
            {row.uses > 0 ? t("uses", { count: row.uses }) : <Missing />}
          </Td>
          <Td phone="hide" nowrap second={<Time at={row.at} as="minute" />}>
            {row.personName ?? <Missing what="field" />}
          </Td>
        </Tr>
      ))}
    </Table>
  );
}
