import { useLocale, useTranslations } from "next-intl";
import { ConfirmForm } from "@/components/form/confirm-form";
import { SelectField, TextField } from "@/components/form/field";
import { TextArea } from "@/components/form/text-area";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import { Missing } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import type { FormAction } from "@/lib/action";
import { fullDay, kstDay } from "@/lib/clock";
import type { ContractView } from "@/lib/dealers/rules/contract-view";
import { PaperLink } from "./paper-link";
import type { ReconsignmentRights } from "./reconsignment-panel";
import { ReconsignmentStatus } from "./reconsignment-status";

type Approval = ContractView["reconsignments"][number];
type Words = Pick<ContractView, "id" | "documents">;
export type ReconsignmentActs = { attach: FormAction; withdraw: FormAction };

/** Every approval of a contract, newest first, with what can still be done about it. */
export function ReconsignmentHistory({
  contract,
  approvals,
  may,
  acts,
  now,
}: {
  contract: Words;
  approvals: readonly Approval[];
  may: ReconsignmentRights & { withdraw: boolean };
  acts: ReconsignmentActs;
  now: Date;
}) {
  const t = useTranslations("dealers.reconsignment");
  return (
    <Table
      caption={t("historyTable")}
      head={
        <>
          <Th>{t("column.channel")}</Th>
          <Th>{t("column.state")}</Th>
          <Th>{t("column.period")}</Th>
          <Th phone="hide">{t("column.parties")}</Th>
          <Th phone="hide">{t("column.approver")}</Th>
          <Th>{t("column.document")}</Th>
          <Th end>
            <span className="sr-only">{t("column.acts")}</span>
          </Th>
        </>
      }
    >
      {approvals.map((approval) => (
        <Row key={approval.id} {...{ contract, approval, may, acts, now }} />
      ))}
    </Table>
  );
}

function Row({
  contract,
  approval,
  may,
  acts,
  now,
}: {
  contract: Words;
  approval: Approval;
  may: ReconsignmentRights & { withdraw: boolean };
  acts: ReconsignmentActs;
  now: Date;
}) {
  const t = useTranslations("dealers.reconsignment");
  const locale = useLocale();
  const day = (on: string) => fullDay(on, locale);
  const { validFrom, validUntil, withdrawnOn, file } = approval;
  const open = withdrawnOn === null;
  return (
    <Tr>
      <TdName second={approval.withdrawnNote || undefined}>{approval.channelName}</TdName>
      <Td>
        <ReconsignmentStatus approval={approval} now={now} />
      </Td>
      <Td
        second={
          <>
            {approval.by} · <Time at={approval.at} now={now} as="date" />
          </>
        }
      >
        {validUntil === null
          ? t("from", { from: day(validFrom) })
          : t("range", { from: day(validFrom), until: day(validUntil) })}
      </Td>
      <Td phone="hide" second={`${approval.scope} · ${approval.items}`}>
        {approval.consignee} → {approval.subConsignee}
      </Td>
      <Td phone="hide" second={day(approval.approvedOn)}>
        {approval.approverName} <span className="text-fg-3">{approval.approverTitle}</span>
      </Td>
      <Td
        second={
          may.download ? (
            <a href={`/dealers/contracts/${contract.id}/reconsignments/${approval.id}/letter`} download>
              {t("letterPrint")}
            </a>
          ) : undefined
        }
      >
        {file ? (
          <PaperLink contract={contract} file={file} may={may.download} label={t("letter")} />
        ) : (
          <Missing what="field" />
        )}
      </Td>
      <Td end>
        {open && (may.record || may.withdraw) ? (
          <span className="flex flex-wrap justify-end gap-2">
            {may.record ? <AttachForm contract={contract} approval={approval} action={acts.attach} /> : null}
            {may.withdraw ? (
              <WithdrawForm contract={contract} approval={approval} action={acts.withdraw} now={now} />
            ) : null}
          </span>
        ) : null}
      </Td>
    </Tr>
  );
}

function AttachForm({ contract, approval, action }: { contract: Words; approval: Approval; action: FormAction }) {
  const t = useTranslations("dealers.reconsignment");
  const letters = contract.documents.filter((one) => one.kind === "reconsignment" && one.file.id !== approval.file?.id);
  if (letters.length === 0) return null;
  return (
    <ConfirmForm
      key={`attach-${approval.file?.id ?? ""}`}
      action={action}
      opener={t(approval.file ? "attach.change" : "attach.open")}
      openerSize="sm"
      title={t("attach.title", { channel: approval.channelName })}
      body={t("attach.body")}
      submit={t("attach.submit")}
      hidden={{ contractId: contract.id, reconsignmentId: approval.id }}
      fields={{ documentId: t("fields.documentId") }}
    >
      <SelectField
        name="documentId"
        label={t("fields.documentId")}
        hint={t("hints.document")}
        empty={t("chooseDocument")}
        options={letters.map((one) => ({ value: one.id, label: one.file.name }))}
      />
    </ConfirmForm>
  );
}

function WithdrawForm({
  contract,
  approval,
  action,
  now,
}: {
  contract: Words;
  approval: Approval;
  action: FormAction;
  now: Date;
}) {
  const t = useTranslations("dealers.reconsignment");
  const today = kstDay(now);
  return (
    <ConfirmForm
      action={action}
      opener={t("withdraw.open")}
      openerSize="sm"
      title={t("withdraw.title", { channel: approval.channelName })}
      body={t("withdraw.body")}
      submit={t("withdraw.submit")}
      variant="danger"
      hidden={{ contractId: contract.id, reconsignmentId: approval.id }}
      fields={{ withdrawnOn: t("fields.withdrawnOn"), reason: t("fields.reason") }}
    >
      <TextField
        name="withdrawnOn"
        type="date"
        label={t("fields.withdrawnOn")}
        hint={t("hints.withdrawnOn")}
        min={approval.validFrom}
        max={approval.validUntil ?? undefined}
        defaultValue={approval.validFrom > today ? approval.validFrom : today}
      />
      <TextArea name="reason" label={t("fields.reason")} limit={500} rows={2} />
    </ConfirmForm>
  );
}
