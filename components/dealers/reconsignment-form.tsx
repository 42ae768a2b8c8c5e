import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { SelectField, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import { LinkButton } from "@/components/ui/button";
import type { FormAction } from "@/lib/action";
import type { Day } from "@/lib/clock";
import type { ContractView } from "@/lib/dealers/rules/contract-view";
import { reconsignmentTemplate } from "@/lib/dealers/rules/reconsignment";

const names = [
  ...(["channelId", "consignor", "consignee", "subConsignee", "scope", "items", "approverName"] as const),
  ...(["approverTitle", "approvedOn", "validFrom", "validUntil", "documentId"] as const),
];

/** Records a written approval; parties come from the contract, scope and items from the company's own wording. */
export function ReconsignmentForm({
  contract,
  channelId,
  action,
  today,
}: {
  contract: Pick<ContractView, "id" | "channels" | "documents" | "consignor" | "consignee" | "subConsignee">;
  /** Chosen already, where one came to this form from a channel's row. */
  channelId: string | undefined;
  action: FormAction;
  today: Day;
}) {
  const t = useTranslations("dealers.reconsignment");
  const form = useTranslations("form");
  const only = contract.channels.length === 1 ? contract.channels[0]?.id : undefined;
  const letters = contract.documents.filter((one) => one.kind === "reconsignment");
  const part = (title: string) => <h2 className="mt-5 mb-2 text-md font-semibold">{title}</h2>;
  return (
    <ActionForm
      action={action}
      summary={useTranslations("errors")("summary", { count: 1 })}
      working={form("working")}
      fields={Object.fromEntries(names.map((name) => [name, t(`fields.${name}`)]))}
      className="max-w-xl"
    >
      <input type="hidden" name="contractId" value={contract.id} />
      <SelectField
        name="channelId"
        label={t("fields.channelId")}
        empty={t("chooseChannel")}
        defaultValue={channelId ?? only}
        options={contract.channels.map(({ id, name, searchId }) => ({ value: id, label: `${name} (@${searchId})` }))}
      />
      {part(t("new.parties"))}
      <TextField
        name="consignor"
        label={t("fields.consignor")}
        hint={t("hints.parties")}
        defaultValue={contract.consignor}
      />
      <TextField name="consignee" label={t("fields.consignee")} defaultValue={contract.consignee} />
      <TextField
        name="subConsignee"
        label={t("fields.subConsignee")}
        defaultValue={contract.subConsignee || reconsignmentTemplate.subConsignee}
      />
      {part(t("new.content"))}
      <TextArea
        name="scope"
        label={t("fields.scope")}
        hint={t("hints.template")}
        limit={1_000}
        rows={3}
        defaultValue={reconsignmentTemplate.scope}
      />
      <TextArea
        name="items"
        label={t("fields.items")}
        limit={500}
        rows={2}
        defaultValue={reconsignmentTemplate.items}
      />
      {part(t("new.approval"))}
      <TextField name="approverName" label={t("fields.approverName")} maxLength={40} />
      <TextField
        name="approverTitle"
        label={t("fields.approverTitle")}
        optional={form("optional")}
        maxLength={60}
        placeholder="CPO"
      />
      <TextField name="approvedOn" type="date" label={t("fields.approvedOn")} max={today} defaultValue={today} />
      <TextField
        name="validFrom"
        type="date"
        label={t("fields.validFrom")}
        hint={t("hints.validFrom")}
        defaultValue={today}
      />
      <TextField
        name="validUntil"
        type="date"
        label={t("fields.validUntil")}
        optional={form("optional")}
        hint={t("hints.validUntil")}
      />
      {part(t("new.signed"))}
      <SelectField
        name="documentId"
        label={t("fields.documentId")}
        optional={form("optional")}
        empty={t("later")}
        hint={letters.length > 0 ? t("hints.document") : t("noDocuments")}
        options={letters.map((one) => ({ value: one.id, label: one.file.name }))}
      />
      <div className="form-foot">
        <SubmitButton>{t("new.submit")}</SubmitButton>
        <LinkButton href={`/dealers/contracts/${contract.id}/consignees`}>{form("cancel")}</LinkButton>
      </div>
    </ActionForm>
  );
}
