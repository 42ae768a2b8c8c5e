import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { SelectField, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { LinkButton } from "@/components/ui/button";
import type { FormAction } from "@/lib/action";
import { clauseRules } from "@/lib/dealers/rules/clauses";
import type { ContractView } from "@/lib/dealers/rules/contract-view";
import { verdicts } from "@/lib/dealers/schema/contract";

/** Place, page, verdict and remark of each clause, on one page beside the contract. */
export function ClauseForm({
  action,
  contract,
}: {
  action: FormAction;
  contract: Pick<ContractView, "id" | "version" | "clauses">;
}) {
  const t = useTranslations("dealers.contracts.clauses");
  const form = useTranslations("form");
  const errors = useTranslations("errors");
  const optional = form("optional");
  const parts = ["place", "page", "verdict", "note"] as const;
  const label = { place: t("place"), page: t("page"), verdict: t("verdict"), note: t("remark") };
  const names = clauseRules.flatMap((rule) =>
    parts.map((part) => [`${part}-${rule.key}`, `${rule.text}: ${label[part]}`] as const),
  );
  return (
    <ActionForm
      action={action}
      summary={errors("summary", { count: 1 })}
      working={form("working")}
      fields={Object.fromEntries(names)}
    >
      <input type="hidden" name="contractId" value={contract.id} />
      <input type="hidden" name="version" value={contract.version} />
      {clauseRules.map((rule) => {
        const said = contract.clauses.find((clause) => clause.clause === rule.key);
        return (
          <fieldset key={rule.key} className="border-b border-line py-3">
            <legend className="float-left mb-2 w-full text-sm font-semibold">
              <span lang="ko">{[rule.number ?? t("advised"), rule.text].join(". ")}</span>{" "}
              <span lang="ko" className="font-normal text-fg-3">
                {rule.article}
              </span>
            </legend>
            <div className="clear-both grid grid-cols-[1fr_110px_170px_1.4fr] gap-x-3 max-desk:grid-cols-1">
              <TextField
                name={`place-${rule.key}`}
                label={label.place}
                required={false}
                maxLength={60}
                defaultValue={said?.place}
              />
              <TextField
                name={`page-${rule.key}`}
                label={label.page}
                required={false}
                maxLength={20}
                defaultValue={said?.page}
              />
              <SelectField
                name={`verdict-${rule.key}`}
                label={label.verdict}
                required={false}
                empty={t("choose")}
                options={verdicts.map((one) => ({ value: one, label: t(`verdicts.${one}`) }))}
                defaultValue={said?.verdict}
              />
              <TextField
                name={`note-${rule.key}`}
                label={label.note}
                optional={optional}
                maxLength={200}
                defaultValue={said?.note}
              />
            </div>
          </fieldset>
        );
      })}
      <div className="form-foot">
        <SubmitButton>{t("save")}</SubmitButton>
        <LinkButton href={`/dealers/contracts/${contract.id}`}>{form("cancel")}</LinkButton>
      </div>
    </ActionForm>
  );
}
