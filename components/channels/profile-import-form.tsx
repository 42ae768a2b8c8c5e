import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { FileField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import type { FormAction } from "@/lib/action";

/** Paste or upload of a dealer's answer about the sender profile. */
export function ProfileImportForm({ channelId, action }: { channelId: string; action: FormAction }) {
  const t = useTranslations("channels.checks.import");
  const form = useTranslations("form");
  const errors = useTranslations("errors");
  return (
    <ActionForm
      action={action}
      summary={errors("summary", { count: 1 })}
      working={form("working")}
      fields={{ profile: t("profile"), file: t("file") }}
    >
      <input type="hidden" name="channelId" value={channelId} />
      <p className="mb-3 max-w-2xl text-sm text-fg-2">{t("body")}</p>
      <TextArea name="profile" label={t("profile")} hint={t("profileHint")} rows={7} spellCheck={false} />
      <FileField
        name="file"
        label={t("file")}
        hint={t("fileHint")}
        optional={t("optional")}
        accept=".json,.txt,application/json,text/plain"
      />
      <div className="form-foot">
        <SubmitButton>{t("act")}</SubmitButton>
      </div>
    </ActionForm>
  );
}
