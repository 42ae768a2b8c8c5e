import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { Checkbox, SelectField, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { LinkButton } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import type { FormAction } from "@/lib/action";
import { dealers } from "@/lib/dealers/directory";
import { type ContractFields, contractFieldNames } from "@/lib/dealers/rules/contract-content";
import { noticeUnits, renewals } from "@/lib/dealers/schema/contract";

/** Registers a contract, or edits `contract` from the version that is shown. */
export function ContractForm({
  action,
  contract,
  consignor = "",
}: {
  action: FormAction;
  contract?: ContractFields & { id: string; version: number };
  /** The company's own name, for a new contract. */
  consignor?: string;
}) {
  const t = useTranslations("dealers.contracts");
  const form = useTranslations("form");
  const errors = useTranslations("errors");
  const optional = form("optional");
  return (
    <ActionForm
      action={action}
      summary={errors("summary", { count: 1 })}
      working={form("working")}
      fields={Object.fromEntries(contractFieldNames.map((name) => [name, t(`fields.${name}`)]))}
    >
      {contract ? (
        <>
          <input type="hidden" name="contractId" value={contract.id} />
          <input type="hidden" name="version" value={contract.version} />
        </>
      ) : null}
      <Section title={t("parts.what")}>
        <TextField name="number" label={t("fields.number")} hint={t("hints.number")} defaultValue={contract?.number} />
        <TextField name="title" label={t("fields.title")} defaultValue={contract?.title} />
        <SelectField
          name="dealer"
          label={t("fields.dealer")}
          options={dealers.map(({ slug, name }) => ({ value: slug, label: name }))}
          empty={contract ? undefined : t("column.name")}
          defaultValue={contract?.dealer}
        />
        <fieldset>
          <legend className="label mb-1">{t("kind")}</legend>
          <Checkbox name="service" label={t("fields.service")} defaultChecked={contract?.service ?? true} />
          <Checkbox name="consignment" label={t("fields.consignment")} defaultChecked={contract?.consignment ?? true} />
        </fieldset>
        <TextField
          name="signedOn"
          type="date"
          label={t("fields.signedOn")}
          optional={optional}
          defaultValue={contract?.signedOn ?? undefined}
        />
      </Section>
      <Section title={t("parts.parties")} note={t("hints.parties")}>
        <TextField name="consignor" label={t("fields.consignor")} defaultValue={contract?.consignor ?? consignor} />
        <TextField name="consignee" label={t("fields.consignee")} defaultValue={contract?.consignee} />
        <TextField
          name="subConsignee"
          label={t("fields.subConsignee")}
          optional={optional}
          defaultValue={contract?.subConsignee}
        />
        <TextField
          name="retention"
          label={t("fields.retention")}
          optional={optional}
          hint={t("hints.retention")}
          defaultValue={contract?.retention}
        />
      </Section>
      <Section title={t("parts.term")}>
        <TextField name="startsOn" type="date" label={t("fields.startsOn")} defaultValue={contract?.startsOn} />
        <TextField
          name="endsOn"
          type="date"
          label={t("fields.endsOn")}
          optional={optional}
          hint={t("hints.endsOn")}
          defaultValue={contract?.endsOn ?? undefined}
        />
        <TextField
          name="termAt"
          label={t("fields.termAt")}
          optional={optional}
          hint={t("hints.at")}
          defaultValue={contract?.termAt}
        />
        <SelectField
          name="renewal"
          label={t("fields.renewal")}
          options={renewals.map((one) => ({ value: one, label: t(`renewals.${one}`) }))}
          defaultValue={contract?.renewal ?? "none"}
        />
        <TextField
          name="renewalMonths"
          label={t("fields.renewalMonths")}
          optional={optional}
          inputMode="numeric"
          defaultValue={contract?.renewalMonths ?? undefined}
        />
      </Section>
      <Section title={t("parts.notice")} note={t("hints.notice")}>
        {(["notice", "dealerNotice"] as const).map((whose) => (
          <div key={whose} className="grid max-w-[520px] grid-cols-[1fr_140px] gap-x-3">
            <TextField
              name={`${whose}Count`}
              label={t(`fields.${whose}Count`)}
              optional={optional}
              inputMode="numeric"
              defaultValue={contract?.[`${whose}Count`] ?? undefined}
            />
            <SelectField
              name={`${whose}Unit`}
              label={t(`fields.${whose}Unit`)}
              optional={optional}
              empty={t("noUnit")}
              options={noticeUnits.map((one) => ({ value: one, label: t(`units.${one}`) }))}
              defaultValue={contract?.[`${whose}Unit`] ?? undefined}
            />
          </div>
        ))}
        <TextField
          name="noticeAt"
          label={t("fields.noticeAt")}
          optional={optional}
          hint={t("hints.at")}
          defaultValue={contract?.noticeAt}
        />
        <TextField
          name="marginDays"
          label={t("fields.marginDays")}
          inputMode="numeric"
          hint={t("hints.marginDays")}
          defaultValue={contract?.marginDays ?? 5}
        />
      </Section>
      <p className="hint mt-4">{t("draftNote")}</p>
      <div className="form-foot">
        <SubmitButton>{contract ? t("save") : t("add")}</SubmitButton>
        <LinkButton href={contract ? `/dealers/contracts/${contract.id}` : "/dealers"}>{form("cancel")}</LinkButton>
      </div>
    </ActionForm>
  );
}
