import { useTranslations } from "next-intl";
import { FileField, RadioGroup } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { Callout } from "@/components/ui/callout";
import { Section } from "@/components/ui/section";
import { symbolKinds } from "@/lib/placements/schema/button-kit";

/** Posted to its route as a stream; the kind stands before the file. `refused` is the sentence of the upload that just failed. */
export function SymbolUpload({ refused }: { refused: string | null }) {
  const t = useTranslations("placements.symbol");
  return (
    <Section title={t("upload.title")} note={t("upload.note")}>
      {refused ? (
        <Callout kind="bad" role="alert" title={t("upload.refusedTitle")}>
          {refused}
        </Callout>
      ) : null}
      <form
        id="upload"
        method="post"
        encType="multipart/form-data"
        action="/placements/symbol/upload"
        className="max-w-140"
      >
        <RadioGroup
          name="kind"
          label={t("upload.kind")}
          defaultValue="symbol"
          options={symbolKinds.map((kind) => ({
            value: kind,
            label: t(`kinds.${kind}`),
            note: t(`kindNotes.${kind}`),
          }))}
        />
        <FileField name="file" label={t("upload.file")} hint={t("upload.fileHint")} accept=".png,image/png" />
        <SubmitButton>{t("upload.submit")}</SubmitButton>
      </form>
    </Section>
  );
}
