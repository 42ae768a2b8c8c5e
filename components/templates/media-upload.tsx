import { useTranslations } from "next-intl";
import { FileField, RadioGroup, TextField } from "@/components/form/field";
import { Callout } from "@/components/ui/callout";
import { Section } from "@/components/ui/section";
import { mediaKinds } from "@/lib/templates/schema/media";
import { MediaUploadForm } from "./media-upload-form";

/** Posted to its route as a stream; the fields stand before the file. `refused` is the sentence of the upload that just failed. */
export function MediaUpload({ refused }: { refused: string | null }) {
  const t = useTranslations("templates.media");
  const f = useTranslations("form");
  return (
    <Section title={t("upload.title")}>
      {refused ? (
        <Callout kind="bad" role="alert" title={t("upload.refused")}>
          {refused}
        </Callout>
      ) : null}
      <MediaUploadForm
        words={{
          submit: t("upload.submit"),
          progress: t.raw("upload.progress"),
          working: t("upload.working"),
          stop: t("upload.stop"),
          stopped: t("upload.stopped"),
          failed: t("upload.failed"),
        }}
      >
        <RadioGroup
          name="kind"
          label={t("upload.kind")}
          defaultValue="image"
          options={mediaKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`), note: t(`kindNote.${kind}`) }))}
        />
        <TextField
          name="alt"
          label={t("upload.alt")}
          hint={t("upload.altHint")}
          maxLength={300}
          optional={f("optional")}
        />
        <FileField name="file" label={t("upload.file")} />
      </MediaUploadForm>
    </Section>
  );
}
