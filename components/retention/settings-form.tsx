import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import type { FormAction } from "@/lib/action";

/** How long old copies outlive a destruction. */
export function RetentionSettingsForm({
  action,
  settings,
}: {
  action: FormAction;
  settings: { version: number; backupDays: number | null; backupNote: string };
}) {
  const t = useTranslations("retention.settings");
  const form = useTranslations("form");
  const errors = useTranslations("errors");
  return (
    <ActionForm
      action={action}
      summary={errors("summary", { count: 1 })}
      working={form("working")}
      fields={{ backupDays: t("backupDays"), backupNote: t("backupNote") }}
    >
      <input type="hidden" name="version" value={settings.version} />
      <TextField
        name="backupDays"
        label={t("backupDays")}
        hint={t("backupDaysHint")}
        optional={form("optional")}
        inputMode="numeric"
        defaultValue={settings.backupDays ?? undefined}
      />
      <TextArea
        name="backupNote"
        label={t("backupNote")}
        hint={t("backupNoteHint")}
        optional={form("optional")}
        limit={500}
        rows={3}
        defaultValue={settings.backupNote}
      />
      <div className="form-foot">
        <SubmitButton>{t("save")}</SubmitButton>
      </div>
    </ActionForm>
  );
}
