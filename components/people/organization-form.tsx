import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { Checkbox, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import type { FormAction } from "@/lib/action";

/** Name of the company and its rule about the second factor. */
export function OrganizationForm({
  action,
  organization,
}: {
  action: FormAction;
  organization: { name: string; secondFactorNeeded: boolean; version: number };
}) {
  const [t, p, form] = [useTranslations("people.settings"), useTranslations("people"), useTranslations("form")];
  return (
    <ActionForm action={action} summary={p("signIn.notDone")} working={form("working")} fields={{ name: t("name") }}>
      <input type="hidden" name="version" value={organization.version} />
      <TextField name="name" label={t("name")} defaultValue={organization.name} maxLength={60} />
      <Checkbox
        name="secondFactorNeeded"
        label={t("factor")}
        hint={t("factorHint")}
        defaultChecked={organization.secondFactorNeeded}
      />
      <div className="form-foot">
        <SubmitButton>{t("save")}</SubmitButton>
      </div>
    </ActionForm>
  );
}
