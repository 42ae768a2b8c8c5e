import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { ConfirmForm } from "@/components/form/confirm-form";
import { SelectField, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { Panel, PanelPart } from "@/components/ui/panel";
import type { FormAction } from "@/lib/action";
import { lastDayOf } from "@/lib/people/rules";
import { type PersonDetail, roles } from "@/lib/people/schema";
import { ProofField } from "./proof-field";

export type RightsActions = {
  changeRole: FormAction;
  changeExpiry: FormAction;
  disable: FormAction;
  enable: FormAction;
  resetFactor: FormAction;
};

/** What an administrator may do about a colleague's rights. */
export function RightsPanel({
  person,
  actions,
  today,
  proofByCode,
}: {
  person: PersonDetail;
  actions: RightsActions;
  today: string;
  /** Whether the administrator proves himself by code or by password. */
  proofByCode: boolean;
}) {
  const [t, form] = [useTranslations("people"), useTranslations("form")];
  const hidden = { personId: person.personId, version: String(person.version) };
  const again = { summary: t("signIn.notDone"), working: form("working") };
  return (
    <Panel title={t("person.rights")} icon="key-round" footer={t("person.ends")}>
      <PanelPart>
        <ActionForm action={actions.changeRole} {...again}>
          <Hidden values={hidden} />
          <SelectField
            name="role"
            label={t("person.role")}
            defaultValue={person.role}
            options={roles.map((role) => ({ value: role, label: t(`roles.${role}`) }))}
          />
          <SubmitButton variant="default">{t("person.saveRole")}</SubmitButton>
        </ActionForm>
      </PanelPart>
      <PanelPart>
        <ActionForm action={actions.changeExpiry} {...again}>
          <Hidden values={hidden} />
          <TextField
            name="expiresOn"
            type="date"
            label={t("person.expiry")}
            optional={form("optional")}
            min={today}
            defaultValue={person.expiresAt ? lastDayOf(person.expiresAt) : undefined}
            hint={t("person.expiryHint")}
          />
          <SubmitButton variant="default">{t("person.saveExpiry")}</SubmitButton>
        </ActionForm>
      </PanelPart>
      <PanelPart>
        <div className="flex flex-wrap gap-2">
          {person.disabledAt ? (
            <ConfirmForm
              action={actions.enable}
              opener={t("person.enable")}
              title={t("person.enableTitle", { name: person.name })}
              body={t("person.enableBody")}
              submit={t("person.enable")}
              hidden={hidden}
            />
          ) : (
            <ConfirmForm
              action={actions.disable}
              opener={t("person.disable")}
              openerVariant="danger"
              title={t("person.disableTitle", { name: person.name })}
              body={t("person.disableBody")}
              submit={t("person.disable")}
              variant="danger"
              hidden={hidden}
            >
              <TextField name="note" label={t("person.note")} optional={form("optional")} maxLength={200} />
            </ConfirmForm>
          )}
          {person.totpConfirmed ? (
            <ConfirmForm
              action={actions.resetFactor}
              opener={t("person.resetFactor")}
              title={t("person.resetFactorTitle", { name: person.name })}
              body={t("person.resetFactorBody")}
              submit={t("person.resetFactor")}
              variant="danger"
              hidden={{ personId: person.personId }}
            >
              <ProofField byCode={proofByCode} />
            </ConfirmForm>
          ) : null}
        </div>
      </PanelPart>
    </Panel>
  );
}

function Hidden({ values }: { values: Readonly<Record<string, string>> }) {
  return Object.entries(values).map(([name, value]) => <input key={name} type="hidden" name={name} value={value} />);
}
