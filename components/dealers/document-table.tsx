import { useLocale, useTranslations } from "next-intl";
import { Icon } from "@/components/ui/icon";
import { Status } from "@/components/ui/status";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Hash, Missing, Who } from "@/components/ui/text";
import { dayAndTime, fullDay } from "@/lib/clock";
import type { DocumentView } from "@/lib/dealers/rules/contract-view";

/** What is known of the files: when all were compared, and which are not what was uploaded. */
export type FileCheckView = { verifiedAt: Date | null; different: readonly string[] };

/** The papers of a contract, each with its hash, who uploaded it, and whether the file is still the one that came. */
export function DocumentTable({
  contractId,
  documents,
  check,
  mayDownload,
  now,
}: {
  contractId: string;
  documents: readonly DocumentView[];
  check: FileCheckView;
  mayDownload: boolean;
  now: Date;
}) {
  const t = useTranslations("dealers.contracts.documents");
  const locale = useLocale();
  const head = (
    <>
      <Th>{t("name")}</Th>
      <Th>{t("kind")}</Th>
      <Th phone="hide">{t("signedOn")}</Th>
      <Th phone="hide">{t("hash")}</Th>
      <Th phone="hide">{t("by")}</Th>
      <Th>{t("file")}</Th>
    </>
  );
  return (
    <Table caption={t("table")} head={head}>
      {documents.map((document) => (
        <Tr key={document.id}>
          <TdName>
            {mayDownload ? (
              <a
                className="inline-flex items-center gap-1.5 text-link"
                href={`/dealers/contracts/${contractId}/documents/${document.id}`}
              >
                <Icon name="file-text" />
                {document.file.name}
              </a>
            ) : (
              document.file.name
            )}
          </TdName>
          <Td second={document.replacedById ? t("older") : undefined}>
            {t(`kinds.${document.kind}`)}
            {document.edition > 1 || document.replacedById ? ` · ${t("edition", { number: document.edition })}` : null}
          </Td>
          <Td phone="hide" nowrap>
            {document.signedOn ? fullDay(document.signedOn, locale) : <Missing />}
          </Td>
          <Td phone="hide">
            <Hash value={document.file.sha256} head={12} tail={4} />
          </Td>
          <Td phone="hide">
            <Who name={document.by} />
          </Td>
          <Td
            second={
              check.verifiedAt && document.at <= check.verifiedAt
                ? t("checkedAt", { at: dayAndTime(check.verifiedAt, locale, now) })
                : undefined
            }
          >
            <FileState document={document} check={check} />
          </Td>
        </Tr>
      ))}
    </Table>
  );
}

function FileState({ document, check }: { document: DocumentView; check: FileCheckView }) {
  const t = useTranslations("dealers.contracts.documents");
  if (check.different.includes(document.file.id)) return <Status kind="bad">{t("differs")}</Status>;
  if (check.verifiedAt && document.at <= check.verifiedAt) return <Status kind="ok">{t("same")}</Status>;
  return <Status kind="unknown">{t("unchecked")}</Status>;
}
