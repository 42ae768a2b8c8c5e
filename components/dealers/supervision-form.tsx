import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { RadioGroup, SelectField, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import { LinkButton } from "@/components/ui/button";
import type { FormAction } from "@/lib/action";
import type { Day } from "@/lib/clock";
import type { ContractView } from "@/lib/dealers/rules/contract-view";
import { supervisionKinds } from "@/lib/dealers/schema/supervision";

const names = ["kind", "heldOn", "subject", "result", "nextOn", "documentId"] as const;

/** Records that the consignee was trained or inspected. */
export function SupervisionForm({
  contract,
  action,
  today,
}: {
  contract: Pick<ContractView, "id" | "documents">;
  action: FormAction;
  today: Day;
}) {
  const t = useTranslations("dealers.supervision");
  const form = useTranslations("form");
  const papers = contract.documents.filter((one) => one.kind === "supervision");
  return (
    <ActionForm
      action={action}
      summary={useTranslations("errors")("summary", { count: 1 })}
      working={form("working")}
      fields={Object.fromEntries(names.map((name) => [name, t(`fields.${name}`)]))}
      className="max-w-xl"
    >
      <input type="hidden" name="contractId" value={contract.id} />
      <RadioGroup
        name="kind"
        label={t("fields.kind")}
        defaultValue="training"
        options={supervisionKinds.map((kind) => ({ value: kind, label: t(`kind.${kind}`) }))}
      />
      <TextField name="heldOn" type="date" label={t("fields.heldOn")} max={today} defaultValue={today} />
      <TextField name="subject" label={t("fields.subject")} hint={t("hints.subject")} maxLength={100} />
      <TextArea name="result" label={t("fields.result")} hint={t("hints.result")} limit={1_000} rows={3} />
      <TextField
        name="nextOn"
        type="date"
        label={t("fields.nextOn")}
        optional={form("optional")}
        hint={t("hints.nextOn")}
      />
      <SelectField
        name="documentId"
        label={t("fields.documentId")}
        optional={form("optional")}
        empty={t("noDocument")}
        hint={t("hints.document")}
        options={papers.map((one) => ({ value: one.id, label: one.file.name }))}
      />
      <div className="form-foot">
        <SubmitButton>{t("new.submit")}</SubmitButton>
        <LinkButton href={`/dealers/contracts/${contract.id}/consignees`}>{form("cancel")}</LinkButton>
      </div>
    </ActionForm>
  );
}
