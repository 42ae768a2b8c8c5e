import { useTranslations } from "next-intl";
import { FileField, SelectField, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { Callout } from "@/components/ui/callout";
import { Section } from "@/components/ui/section";
import type { DocumentView } from "@/lib/dealers/rules/contract-view";
import { documentKinds } from "@/lib/dealers/schema/contract";
import { extensionsOf } from "@/lib/file-kind";

/** Posted to its route as a stream; the fields stand before the file. `refused` is the sentence of the upload that just failed. */
export function DocumentUpload({
  contractId,
  documents,
  refused,
}: {
  contractId: string;
  documents: readonly DocumentView[];
  refused: string | null;
}) {
  const t = useTranslations("dealers.contracts.documents");
  const form = useTranslations("form");
  const current = documents.filter((document) => document.replacedById === null);
  return (
    <Section title={t("uploadTitle")} note={t("uploadNote")}>
      {refused ? (
        <Callout kind="bad" role="alert" title={t("refusedTitle")}>
          {refused}
        </Callout>
      ) : null}
      <form
        id="upload"
        method="post"
        encType="multipart/form-data"
        action={`/dealers/contracts/${contractId}/documents/upload`}
      >
        <div className="grid grid-cols-2 gap-x-4 max-desk:grid-cols-1">
          <SelectField
            name="kind"
            label={t("field.kind")}
            options={documentKinds.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))}
            defaultValue="contract"
          />
          <TextField name="signedOn" type="date" label={t("field.signedOn")} optional={form("optional")} />
          <SelectField
            name="replacesId"
            label={t("field.replacesId")}
            optional={form("optional")}
            empty={t("field.replacesNone")}
            options={current.map((one) => ({
              value: one.id,
              label: `${t(`kinds.${one.kind}`)} · ${one.file.name}`,
            }))}
          />
          <FileField
            name="file"
            label={t("field.file")}
            hint={t("field.fileHint")}
            accept={extensionsOf(["pdf", "image", "document"]).join(",")}
          />
        </div>
        <SubmitButton>{t("upload")}</SubmitButton>
      </form>
    </Section>
  );
}
