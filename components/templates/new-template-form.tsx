import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { RadioGroup, SelectField, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import type { FormAction } from "@/lib/action";
import { type MessageType, messageTypes } from "@/lib/templates/schema/content";
import { typeFacts } from "./type-facts";
import { TypeGlyph } from "./type-glyph";

/** What a template is called and which shape it has. */
export function NewTemplateForm({
  action,
  channels,
  type,
}: {
  action: FormAction;
  channels: readonly { id: string; name: string }[];
  type: MessageType;
}) {
  const t = useTranslations("templates");
  const f = useTranslations("form");
  const facts = useTranslations("templates.gallery");
  const labels = {
    ...{ name: t("editor.name"), type: t("editor.type"), channelId: t("editor.channel"), tags: t("editor.tags") },
  };
  return (
    <ActionForm action={action} summary={t("editor.checkNew")} working={f("working")} fields={labels}>
      <TextField name="name" label={labels.name} hint={t("editor.nameHint")} maxLength={80} />
      <SelectField
        name="channelId"
        label={labels.channelId}
        optional={f("optional")}
        empty={t("editor.anyChannel")}
        options={channels.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <TextField name="tags" label={labels.tags} hint={t("editor.tagsHint")} optional={f("optional")} maxLength={220} />
      <RadioGroup
        name="type"
        label={labels.type}
        defaultValue={type}
        options={messageTypes.map((one) => ({
          value: one,
          label: (
            <>
              <TypeGlyph type={one} /> {t(`type.${one}`)}
            </>
          ),
          note: typeFacts(one, facts).join(" · "),
        }))}
      />
      <div className="form-foot">
        <SubmitButton>{t("editor.create")}</SubmitButton>
      </div>
    </ActionForm>
  );
}
