import { useTranslations } from "next-intl";
import { ConfirmForm } from "@/components/form/confirm-form";
import { SelectField, TextField } from "@/components/form/field";
import type { FormAction } from "@/lib/action";
import { useWays } from "@/lib/templates/schema/template";

/** Says where a version goes to work: its first place takes it in use, each further one is added. */
export function TemplateUseForm({
  action,
  first,
  templateId,
  hash,
  number,
  channelId,
  channels,
}: {
  action: FormAction;
  /** The approved version is taken in use; otherwise a place is added to the one in use. */
  first: boolean;
  templateId: string;
  hash: string;
  number: number;
  channelId: string | null;
  channels: readonly { id: string; name: string }[];
}) {
  const t = useTranslations("templates");
  const f = useTranslations("form");
  return (
    <ConfirmForm
      action={action}
      opener={t(first ? "step.use" : "step.record")}
      openerVariant={first ? "primary" : "default"}
      openerSize={first ? "md" : "sm"}
      title={t(first ? "step.useTitle" : "step.recordTitle", { number })}
      body={first ? t("step.useBody") : undefined}
      submit={t(first ? "step.use" : "step.record")}
      hidden={{ templateId, hash }}
      fields={{
        way: t("template.field.way"),
        channelId: t("template.field.channelId"),
        place: t("template.field.place"),
      }}
    >
      <SelectField
        name="way"
        label={t("template.field.way")}
        options={useWays.map((way) => ({ value: way, label: t(`template.way.${way}`) }))}
        defaultValue="agents"
      />
      <SelectField
        name="channelId"
        label={t("template.field.channelId")}
        optional={f("optional")}
        empty={t("list.everyChannel")}
        options={channels.map(({ id, name }) => ({ value: id, label: name }))}
        defaultValue={channelId ?? ""}
      />
      <TextField
        name="place"
        label={t("template.field.place")}
        hint={t("template.field.placeHint")}
        optional={f("optional")}
        maxLength={100}
      />
    </ConfirmForm>
  );
}
