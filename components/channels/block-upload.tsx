import { useLocale, useTranslations } from "next-intl";
import { FileField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { mostBlockRows } from "@/lib/channels/rules/block-list";

/** Posted to its route as a stream; what comes back is a preview. */
export function BlockUpload({ channelId }: { channelId: string }) {
  const t = useTranslations("channels");
  const locale = useLocale();
  return (
    <form
      className="max-w-xl"
      method="post"
      encType="multipart/form-data"
      action={`/channels/${channelId}/blocks/upload`}
    >
      <FileField
        name="file"
        label={t("blocks.fields.file")}
        hint={t("blocks.hints.file", { most: mostBlockRows.toLocaleString(locale) })}
        accept=".csv,text/csv"
      />
      <SubmitButton>{t("blocks.importPage.read")}</SubmitButton>
    </form>
  );
}
