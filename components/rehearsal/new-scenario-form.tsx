import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { SelectField, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import type { FormAction } from "@/lib/action";

/** What a scenario is called, and of which channel it is. */
export function NewScenarioForm({
  action,
  channels,
}: {
  action: FormAction;
  channels: readonly { id: string; name: string }[];
}) {
  const t = useTranslations("rehearsal");
  const f = useTranslations("form");
  const labels = { name: t("field.name"), channelId: t("field.channel") };
  return (
    <ActionForm action={action} summary={t("check")} working={f("working")} fields={labels} className="max-w-140">
      <TextField name="name" label={labels.name} maxLength={80} />
      <SelectField
        name="channelId"
        label={labels.channelId}
        options={channels.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <SubmitButton>{t("create")}</SubmitButton>
    </ActionForm>
  );
}
