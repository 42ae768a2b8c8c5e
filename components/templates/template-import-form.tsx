import { useTranslations } from "next-intl";
import { Checkbox, FileField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { Section } from "@/components/ui/section";

/** Posted to its route as a stream; what comes back is a preview. */
export function TemplateImportForm() {
  const t = useTranslations("templates.transfer");
  return (
    <Section title={t("in")}>
      <form className="max-w-140" method="post" encType="multipart/form-data" action="/templates/transfer/upload">
        <Checkbox name="files" value="1" label={t("files")} defaultChecked />
        <FileField name="file" label={t("file")} hint={t("fileHint")} accept=".zip,application/zip,.csv,text/csv" />
        <SubmitButton>{t("read")}</SubmitButton>
      </form>
    </Section>
  );
}
