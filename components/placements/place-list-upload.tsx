import { useLocale, useTranslations } from "next-intl";
import { FileField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { Section } from "@/components/ui/section";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { mostPlaceRows, placeColumns } from "@/lib/placements/rules/place-list";

const needed = new Set(["name", "medium"]);

/** Posted to its route as a stream; what comes back is a preview. Below it, what each column takes. */
export function PlaceListUpload() {
  const t = useTranslations("placements");
  const locale = useLocale();
  return (
    <>
      <form className="mb-7 max-w-140" method="post" encType="multipart/form-data" action="/placements/import/upload">
        <FileField
          name="file"
          label={t("import.file")}
          hint={t("import.fileHint", { most: mostPlaceRows.toLocaleString(locale) })}
          accept=".csv,text/csv,.xlsx"
        />
        <SubmitButton>{t("import.read")}</SubmitButton>
      </form>
      <Section title={t("import.columns")}>
        <p className="mb-3 text-sm text-fg-2">
          {t.rich("import.sampleNote", {
            link: (words) => (
              // A file, not a page: the router has nothing to do with it.
              <a className="link" href="/placements/import/sample" download>
                {words}
              </a>
            ),
          })}
        </p>
        <Table
          caption={t("import.columns")}
          head={
            <>
              <Th>{t("import.column")}</Th>
              <Th>{t("import.takes")}</Th>
            </>
          }
        >
          {placeColumns.map((column) => (
            <Tr key={column}>
              <TdName second={needed.has(column) ? t("import.needed") : undefined}>{t(`field.${column}`)}</TdName>
              <Td>{t(`import.note.${column}`)}</Td>
            </Tr>
          ))}
        </Table>
      </Section>
    </>
  );
}
