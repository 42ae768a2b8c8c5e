import { getTranslations } from "next-intl/server";
import { ActionForm } from "@/components/form/action-form";
import { SelectField, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import type { FormAction } from "@/lib/action";
import type { Day } from "@/lib/clock";
import { ledgerMaterials, ledgerMethods, ledgerReasons } from "@/lib/retention/rules/ledger";

/** Enters paper and other copies into the ledger, in the order of the standard form's columns. */
export async function LedgerForm({
  action,
  approvers,
  today,
}: {
  action: FormAction;
  approvers: readonly { id: string; name: string }[];
  today: Day;
}) {
  const [t, f] = await Promise.all([getTranslations("retention.ledger"), getTranslations("form")]);
  const choices = <Key extends string>(keys: readonly Key[], word: (key: Key) => string) =>
    keys.map((value) => ({ value, label: word(value) }));
  const labels = {
    ...{ fileName: t("new.fileName"), material: t("columns.material"), madeFrom: t("new.madeFrom") },
    ...{ madeTo: t("new.madeTo"), count: t("columns.count"), destroyedOn: t("columns.destroyed") },
    ...{ reason: t("new.reason"), reasonNote: t("new.reasonNote"), method: t("new.method") },
    ...{ approvedBy: t("new.approver"), backupNote: t("new.backup") },
  };
  return (
    <ActionForm action={action} summary={t("new.check")} working={f("working")} fields={labels} className="max-w-140">
      <TextField name="fileName" label={labels.fileName} hint={t("new.fileNameHint")} maxLength={80} />
      <SelectField
        name="material"
        label={labels.material}
        defaultValue="paper"
        options={choices(ledgerMaterials, (key) => t(`materials.${key}`))}
      />
      <TextField name="madeFrom" type="date" label={labels.madeFrom} max={today} />
      <TextField name="madeTo" type="date" label={labels.madeTo} max={today} />
      <TextField name="count" type="number" min={1} label={labels.count} defaultValue={1} />
      <TextField name="destroyedOn" type="date" label={labels.destroyedOn} defaultValue={today} max={today} />
      <SelectField
        name="reason"
        label={labels.reason}
        defaultValue="purpose-met"
        options={choices(ledgerReasons, (key) => t(`reasons.${key}`))}
      />
      <TextArea
        name="reasonNote"
        label={labels.reasonNote}
        hint={t("new.noteHint")}
        optional={f("optional")}
        limit={500}
      />
      <SelectField
        name="method"
        label={labels.method}
        defaultValue="shredded"
        options={choices(ledgerMethods, (key) => t(`methods.${key}`))}
      />
      <SelectField
        name="approvedBy"
        label={labels.approvedBy}
        optional={f("optional")}
        empty={t("new.noApprover")}
        options={approvers.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <TextArea name="backupNote" label={labels.backupNote} optional={f("optional")} limit={500} />
      <div className="form-foot">
        <SubmitButton>{t("new.submit")}</SubmitButton>
      </div>
    </ActionForm>
  );
}
