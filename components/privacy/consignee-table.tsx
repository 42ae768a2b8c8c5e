import { useTranslations } from "next-intl";
import { Table, Th } from "@/components/ui/table";
import { Missing } from "@/components/ui/text";
import type { ConsigneeEntry } from "@/lib/privacy/rules/consignee-list";

/** The table as it is published: a consignee's row spans the lines of its sub-consignees. */
export function ConsigneeTable({ caption, entries }: { caption: string; entries: readonly ConsigneeEntry[] }) {
  const t = useTranslations("privacy.consignees.columns");
  return (
    <Table
      caption={caption}
      boxed
      head={
        <>
          <Th>{t("consignee")}</Th>
          <Th>{t("work")}</Th>
          <Th>{t("period")}</Th>
          <Th>{t("sub")}</Th>
          <Th>{t("subWork")}</Th>
        </>
      }
    >
      {entries.flatMap(({ consignee, work, period, subs }) => {
        const lines = subs.length === 0 ? [{ name: "", work: "" }] : subs;
        return lines.map((sub, index) => (
          <tr key={`${consignee} ${sub.name}`}>
            {index === 0 ? (
              <>
                <th scope="row" rowSpan={lines.length} className="min-w-24">
                  {consignee}
                </th>
                <td rowSpan={lines.length}>{work || <Missing what="field" />}</td>
                <td rowSpan={lines.length}>{period || <Missing what="field" />}</td>
              </>
            ) : null}
            <td className="min-w-24">{sub.name || <Missing what="field" />}</td>
            <td>{sub.work || <Missing what="field" />}</td>
          </tr>
        ));
      })}
    </Table>
  );
}
