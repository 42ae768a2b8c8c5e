import { useTranslations } from "next-intl";
import { Status, type StatusKind } from "@/components/ui/status";
import { Table, Td, Th, Tr } from "@/components/ui/table";
import type { FormAction } from "@/lib/action";
import type { ImportRow } from "@/lib/templates/rules/import-plan";
import { ImportForms } from "./import-forms";

type Row = ImportRow & { errors: number };

const kinds: Readonly<Record<ImportRow["conflict"], StatusKind>> = { none: "ok", sameName: "warn", sameText: "off" };

/** The templates of a pack beside what is here; those whose text is here already are not picked by themselves. */
export function ImportPack({
  importId,
  rows,
  takeAction,
  discardAction,
}: {
  importId: string;
  rows: readonly Row[];
  takeAction: FormAction;
  discardAction: FormAction;
}) {
  const t = useTranslations("templates.transfer.preview");
  const type = useTranslations("templates.type");
  return (
    <ImportForms {...{ importId, takeAction, discardAction }} take={rows.length > 0 ? t("takePack") : null}>
      <Table
        caption={t("packList")}
        head={
          <>
            <Th>{t("column.pick")}</Th>
            <Th>{t("column.name")}</Th>
            <Th phone="hide">{t("column.type")}</Th>
            <Th>{t("column.conflict")}</Th>
            <Th>{t("column.notes")}</Th>
          </>
        }
      >
        {rows.map((row) => (
          <Tr key={row.place}>
            <Td>
              <input
                type="checkbox"
                name="rows"
                value={row.place}
                aria-label={t("pick", { name: row.name })}
                defaultChecked={row.conflict !== "sameText"}
              />
            </Td>
            <Td second={row.tags.join(", ") || undefined}>{row.name}</Td>
            <Td nowrap phone="hide">
              {type(row.content.type)}
            </Td>
            <Td nowrap>
              <Status kind={kinds[row.conflict]}>{t(`conflict.${row.conflict}`)}</Status>
            </Td>
            <Td>
              <Notes row={row} />
            </Td>
          </Tr>
        ))}
      </Table>
    </ImportForms>
  );
}

function Notes({ row }: { row: Row }) {
  const t = useTranslations("templates.transfer.preview");
  const notes = [
    row.newName !== row.name && t("newName", { name: row.newName }),
    row.missingMedia.length > 0 && t("missingMedia", { names: row.missingMedia.join(", ") }),
    row.missingChannel !== null && t("missingChannel", { channel: row.missingChannel }),
    row.errors > 0 && t("errors", { count: row.errors }),
  ].filter((note) => note !== false);
  if (notes.length === 0) return t("sound");
  return (
    <ul>
      {notes.map((note) => (
        <li key={note}>{note}</li>
      ))}
    </ul>
  );
}
