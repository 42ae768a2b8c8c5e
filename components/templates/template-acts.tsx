import { useTranslations } from "next-intl";
import { ConfirmForm } from "@/components/form/confirm-form";
import { SelectField, TextField } from "@/components/form/field";
import type { FormAction } from "@/lib/action";
import { mayEdit, mayTakeStep } from "@/lib/templates/rules/status";
import type { TemplateChoices } from "@/lib/templates/schema/list";
import type { TemplateView } from "@/lib/templates/schema/view";

export type TemplateActions = {
  duplicate: FormAction | null;
  edit: FormAction | null;
  retire: FormAction | null;
  archive: FormAction | null;
  restore: FormAction | null;
};

/** What is done to a template as a whole: copied, filed, retired, put away. */
export function TemplateActs({
  template,
  acts,
  choices,
}: {
  template: TemplateView;
  acts: TemplateActions;
  choices: TemplateChoices;
}) {
  const t = useTranslations("templates.step");
  const { id: templateId, name, hash, standing } = template;
  const may = (kind: "retired" | "archived" | "restored") => mayTakeStep(standing, kind);
  return (
    <>
      {acts.archive && may("archived") ? (
        <ConfirmForm
          action={acts.archive}
          opener={t("archive")}
          title={t("archiveTitle", { name })}
          body={t("archiveBody")}
          submit={t("archive")}
          hidden={{ templateId, hash }}
        />
      ) : null}
      {acts.restore && may("restored") ? (
        <ConfirmForm
          action={acts.restore}
          opener={t("restore")}
          title={t("restore")}
          submit={t("restore")}
          hidden={{ templateId, hash }}
        />
      ) : null}
      {acts.retire && may("retired") ? (
        <ConfirmForm
          action={acts.retire}
          opener={t("retire")}
          title={t("retireTitle", { number: standing.inUse ?? 0 })}
          body={t("retireBody")}
          submit={t("retire")}
          variant="danger"
          hidden={{ templateId, hash }}
          fields={{ note: t("note") }}
        >
          <NoteField />
        </ConfirmForm>
      ) : null}
      {acts.duplicate ? (
        <ConfirmForm
          action={acts.duplicate}
          opener={t("duplicate")}
          title={t("duplicateTitle", { name })}
          body={t("duplicateBody")}
          submit={t("duplicate")}
          hidden={{ templateId }}
          fields={{ name: t("copyName") }}
        >
          <TextField
            name="name"
            label={t("copyName")}
            maxLength={80}
            defaultValue={t("copyOf", { name }).slice(0, 80)}
            required
          />
        </ConfirmForm>
      ) : null}
      {acts.edit && mayEdit(standing) ? (
        <TemplateFactsForm action={acts.edit} template={template} choices={choices} />
      ) : null}
    </>
  );
}

function NoteField() {
  const t = useTranslations("templates.step");
  const f = useTranslations("form");
  return <TextField name="note" label={t("note")} optional={f("optional")} maxLength={500} />;
}

function TemplateFactsForm({
  action,
  template,
  choices,
}: {
  action: FormAction;
  template: TemplateView;
  choices: TemplateChoices;
}) {
  const t = useTranslations("templates");
  const f = useTranslations("form");
  const fields = ["name", "channelId", "tags", "ownerId"] as const;
  return (
    <ConfirmForm
      action={action}
      opener={t("step.facts")}
      title={t("step.factsTitle")}
      body={t("step.factsBody")}
      submit={t("step.save")}
      hidden={{ templateId: template.id, revision: String(template.revision) }}
      fields={Object.fromEntries(fields.map((name) => [name, t(`template.field.${name}`)]))}
    >
      <TextField name="name" label={t("template.field.name")} maxLength={80} defaultValue={template.name} required />
      <SelectField
        name="channelId"
        label={t("template.field.channelId")}
        optional={f("optional")}
        empty={t("list.everyChannel")}
        options={choices.channels.map(({ id, name }) => ({ value: id, label: name }))}
        defaultValue={template.channelId ?? ""}
      />
      <TextField
        name="tags"
        label={t("template.field.tags")}
        hint={t("template.field.tagsHint")}
        optional={f("optional")}
        maxLength={250}
        defaultValue={template.tags.join(", ")}
      />
      <SelectField
        name="ownerId"
        label={t("template.field.ownerId")}
        options={choices.owners.map(({ id, name }) => ({ value: id, label: name }))}
        defaultValue={template.ownerId}
      />
    </ConfirmForm>
  );
}
