import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { SelectField, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import { Callout } from "@/components/ui/callout";
import type { FormAction } from "@/lib/action";
import type { Day } from "@/lib/clock";

/** What is to be destroyed: what is due, what a data subject asked for, or single consultations for a reason. */
export type PrepareChoice =
  | {
      kind: "routine";
      yesterday: Day;
      channels: readonly { id: string; name: string }[];
      policies: readonly { id: string; name: string }[];
    }
  | { kind: "request"; dataRequestId: string }
  | { kind: "early"; sessions: string };

const names = ["dueThrough", "channelId", "policyId", "dataRequestId", "sessionIds", "reason"] as const;

/** Freezes a preview of one kind. Nothing is destroyed by it. */
export function PrepareDestructionForm({ action, choice }: { action: FormAction; choice: PrepareChoice }) {
  const t = useTranslations("retention.destructions");
  const f = useTranslations("form");
  const early = choice.kind === "early";
  return (
    <ActionForm
      action={action}
      summary={t("preview.refused")}
      working={f("working")}
      fields={Object.fromEntries(names.map((name) => [name, t(`field.${name}`)]))}
      className="max-w-140"
    >
      <input type="hidden" name="kind" value={choice.kind} />
      {choice.kind === "request" ? <input type="hidden" name="dataRequestId" value={choice.dataRequestId} /> : null}
      {choice.kind === "early" ? (
        <TextArea
          name="sessionIds"
          label={t("field.sessionIds")}
          hint={t("field.sessionIdsHint")}
          defaultValue={choice.sessions}
          rows={4}
        />
      ) : null}
      {choice.kind === "routine" ? (
        <>
          <TextField
            name="dueThrough"
            type="date"
            label={t("field.dueThrough")}
            hint={t("field.dueThroughHint")}
            max={choice.yesterday}
            defaultValue={choice.yesterday}
          />
          <SelectField
            name="channelId"
            label={t("field.channelId")}
            empty={t("field.everyChannel")}
            optional={f("optional")}
            options={choice.channels.map(({ id, name }) => ({ value: id, label: name }))}
          />
          <SelectField
            name="policyId"
            label={t("field.policyId")}
            empty={t("field.everyPolicy")}
            optional={f("optional")}
            options={choice.policies.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </>
      ) : null}
      <TextArea
        name="reason"
        label={t("field.reason")}
        hint={t("field.reasonHint")}
        {...(early ? {} : { optional: f("optional") })}
        limit={500}
        rows={2}
      />
      <Callout kind="lock">{t(`kindNotes.${choice.kind}`)}</Callout>
      <div className="form-foot mt-4">
        <SubmitButton>{t("preview.freeze")}</SubmitButton>
      </div>
    </ActionForm>
  );
}
