import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { SelectField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import type { FormAction } from "@/lib/action";
import { rehearsalFormats } from "@/lib/rehearsal/schema/rehearsal";

/** Of which channel, and in which dealer's dialect. */
export function RehearsalStartForm({
  action,
  channels,
}: {
  action: FormAction;
  channels: readonly { id: string; name: string }[];
}) {
  const t = useTranslations("rehearsal.run");
  const f = useTranslations("form");
  const labels = { channelId: t("channel"), format: t("format") };
  return (
    <ActionForm
      action={action}
      summary={t("check")}
      working={f("working")}
      fields={labels}
      className="mb-6 flex flex-wrap items-end gap-x-4"
    >
      <SelectField
        name="channelId"
        label={labels.channelId}
        options={channels.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <SelectField
        name="format"
        label={labels.format}
        options={rehearsalFormats.map((value) => ({ value, label: t(`formatOf.${value}`) }))}
      />
      <div className="field">
        <SubmitButton>{t("start")}</SubmitButton>
      </div>
    </ActionForm>
  );
}
