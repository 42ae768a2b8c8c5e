import { getTranslations } from "next-intl/server";
import { ActionForm } from "@/components/form/action-form";
import { Checkbox, RadioGroup, SelectField, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import type { FormAction } from "@/lib/action";
import { type ConsentKind, type ConsentWords, consentKinds } from "@/lib/privacy/rules/consent";
import { periodUnits } from "@/lib/retention/rules/period";

/** What a form says: the items of 제15조 제2항, each in its field. A new form also chooses its name, kind and channel. */
export async function ConsentForm({
  action,
  words,
  of,
  channels,
}: {
  action: FormAction;
  words?: ConsentWords;
  /** The form whose next version this is. */
  of?: { id: string; version: number; kind: ConsentKind };
  channels: readonly { id: string; name: string }[];
}) {
  const [t, f, units] = await Promise.all([
    getTranslations("privacy.consents"),
    getTranslations("form"),
    getTranslations("retention.units"),
  ]);
  const names = [
    ...["name", "kind", "channelId", "purpose", "items", "refusal", "periodOf", "count", "unit"],
    ...["recipient", "optional", "minors"],
  ] as const;
  const labels = Object.fromEntries(names.map((name) => [name, t(`fields.${name}`)]));
  const label = (name: (typeof names)[number]) => t(`fields.${name}`);
  return (
    <ActionForm action={action} summary={t("check")} working={f("working")} fields={labels} className="max-w-140">
      {of ? (
        <>
          <input type="hidden" name="formId" value={of.id} />
          <input type="hidden" name="version" value={of.version} />
        </>
      ) : (
        <>
          <TextField name="name" label={label("name")} hint={t("hints.name")} maxLength={60} />
          <SelectField
            name="kind"
            label={label("kind")}
            hint={t("hints.kind")}
            defaultValue="collection"
            options={consentKinds.map((value) => ({ value, label: t(`kinds.${value}`) }))}
          />
          <SelectField
            name="channelId"
            label={label("channelId")}
            optional={f("optional")}
            empty={t("everyChannel")}
            options={channels.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </>
      )}
      {!of || of.kind === "provision" ? (
        <TextField
          name="recipient"
          label={label("recipient")}
          hint={t("hints.recipient")}
          optional={f("optional")}
          defaultValue={words?.recipient}
          maxLength={100}
        />
      ) : null}
      <TextArea name="purpose" label={label("purpose")} limit={300} rows={2} defaultValue={words?.purpose} />
      <TextArea
        name="items"
        label={label("items")}
        hint={t("hints.items")}
        limit={1_800}
        rows={4}
        defaultValue={words?.items.join("\n")}
      />
      <RadioGroup
        name="periodOf"
        label={label("periodOf")}
        defaultValue={words?.periodOf ?? "policy"}
        options={[
          { value: "policy", label: t("period.policy"), note: t("period.policyNote") },
          { value: "own", label: t("period.own") },
        ]}
      />
      <div className="grid grid-cols-2 gap-3">
        <TextField
          name="count"
          type="number"
          min={1}
          max={999}
          label={label("count")}
          optional={f("optional")}
          defaultValue={words?.count ?? ""}
        />
        <SelectField
          name="unit"
          label={label("unit")}
          optional={f("optional")}
          empty="–"
          defaultValue={words?.unit ?? ""}
          options={periodUnits.map((value) => ({ value, label: units(value) }))}
        />
      </div>
      <TextArea
        name="refusal"
        label={label("refusal")}
        hint={t("hints.refusal")}
        limit={300}
        rows={2}
        defaultValue={words?.refusal}
      />
      <Checkbox name="optional" label={label("optional")} hint={t("hints.optional")} defaultChecked={words?.optional} />
      <RadioGroup
        name="minors"
        label={label("minors")}
        defaultValue={words?.minors ?? "refuse"}
        options={(["refuse", "guardian"] as const).map((value) => ({ value, label: t(`minors.${value}`) }))}
      />
      <div className="form-foot">
        <SubmitButton>{t(of ? "saveVersion" : "saveDraft")}</SubmitButton>
      </div>
    </ActionForm>
  );
}
