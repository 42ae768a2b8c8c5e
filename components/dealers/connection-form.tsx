import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { Checkbox, RadioGroup, SelectField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import type { FormAction } from "@/lib/action";
import { formats } from "@/lib/dealers/schema/connection";
import { OnceMade } from "./once-made";

export interface ConnectableChannel {
  id: string;
  name: string;
  searchId: string;
}

/** Makes a connection, then shows its address once. */
export function ConnectionForm({
  action,
  channels,
  channelId,
}: {
  action: FormAction;
  channels: readonly ConnectableChannel[];
  channelId?: string;
}) {
  const t = useTranslations("dealers");
  const f = useTranslations("form");
  const names = ["channelId", "format", "allowedFrom", "signed"] as const;
  return (
    <ActionForm
      action={action}
      summary={t("new.check")}
      working={f("working")}
      fields={Object.fromEntries(names.map((name) => [name, t(`field.${name}`)]))}
      className="max-w-160"
    >
      <OnceMade>
        <SelectField
          name="channelId"
          label={t("field.channelId")}
          hint={t("field.channelHint")}
          empty={f("choose")}
          options={channels.map(({ id, name, searchId }) => ({ value: id, label: `${name} @${searchId}` }))}
          defaultValue={channelId ?? (channels.length === 1 ? channels[0]?.id : undefined)}
        />
        <RadioGroup
          name="format"
          label={t("field.format")}
          options={formats.map((format) => ({
            value: format,
            label: t(`format.${format}`),
            note: t(`formatNote.${format}`),
          }))}
        />
        <TextArea
          name="allowedFrom"
          label={t("field.allowedFrom")}
          hint={t("field.allowedFromHint")}
          optional={f("optional")}
          maxLength={2_000}
        />
        <Checkbox name="signed" label={t("field.signed")} hint={t("field.signedHint")} />
        <div className="form-foot">
          <SubmitButton>{t("new.submit")}</SubmitButton>
        </div>
      </OnceMade>
    </ActionForm>
  );
}
