import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { RadioGroup, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { LinkButton } from "@/components/ui/button";
import type { FormAction } from "@/lib/action";
import { roles } from "@/lib/people/schema";

/** Whom to invite, as what, and until when. */
export function InviteForm({
  action,
  auditorUntil,
  today,
}: {
  action: FormAction;
  auditorUntil: string;
  today: string;
}) {
  const [t, p, form] = [useTranslations("people.inviteForm"), useTranslations("people"), useTranslations("form")];
  const fields = { email: t("email"), name: t("name"), role: t("role"), expiresOn: t("expiresOn") };
  return (
    <ActionForm action={action} summary={p("signIn.notDone")} working={form("working")} fields={fields}>
      <TextField name="email" type="email" label={t("email")} maxLength={254} autoCapitalize="none" />
      <TextField name="name" label={t("name")} maxLength={60} />
      <RadioGroup
        name="role"
        label={t("role")}
        options={roles.map((role) => ({ value: role, label: p(`roles.${role}`), note: p(`roleNote.${role}`) }))}
      />
      <TextField
        name="expiresOn"
        type="date"
        min={today}
        label={t("expiresOn")}
        optional={t("optional")}
        hint={t("expiresHint", { day: auditorUntil })}
      />
      <div className="form-foot">
        <SubmitButton>{t("submit")}</SubmitButton>
        <LinkButton href="/people">{form("cancel")}</LinkButton>
      </div>
    </ActionForm>
  );
}
