import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { SelectField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import type { FormAction } from "@/lib/action";
import type { Keeper } from "@/lib/placements/schema/code-book";

/** Everything that one person looks after goes to another: for those who leave or change their work. */
export function HandOverForm({
  action,
  keepers,
  owners,
  from,
}: {
  action: FormAction;
  keepers: readonly Keeper[];
  owners: readonly { id: string; name: string }[];
  from?: string;
}) {
  const t = useTranslations("placements.handOver");
  const f = useTranslations("form");
  const names = ["fromId", "toId", "reason"] as const;
  return (
    <ActionForm
      action={action}
      summary={t("check")}
      working={f("working")}
      fields={Object.fromEntries(names.map((name) => [name, t(name)]))}
      className="max-w-140"
    >
      <SelectField
        name="fromId"
        label={t("fromId")}
        empty={f("choose")}
        options={keepers.map(({ id, name, places, active }) => ({
          value: id,
          label: t(active ? "keeper" : "gone", { name: name || t("nameless"), count: places }),
        }))}
        defaultValue={from ?? keepers.find(({ active }) => !active)?.id}
      />
      <SelectField
        name="toId"
        label={t("toId")}
        empty={f("choose")}
        options={owners.map(({ id, name }) => ({ value: id, label: name }))}
      />
      <TextArea name="reason" label={t("reason")} hint={t("reasonHint")} maxLength={300} rows={2} />
      <div className="form-foot">
        <SubmitButton>{t("submit")}</SubmitButton>
      </div>
    </ActionForm>
  );
}
