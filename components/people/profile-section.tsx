import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { Section } from "@/components/ui/section";
import type { FormAction } from "@/lib/action";
import { fullTime } from "@/lib/clock";
import { PasswordInput } from "./password-input";

/** The own name. */
export function ProfileSection({ name, action }: { name: string; action: FormAction }) {
  const [t, p, form] = [useTranslations("people.account"), useTranslations("people"), useTranslations("form")];
  return (
    <Section title={t("profile")}>
      <ActionForm action={action} summary={p("signIn.notDone")} working={form("working")} fields={{ name: t("name") }}>
        <TextField name="name" label={t("name")} defaultValue={name} autoComplete="name" maxLength={60} />
        <SubmitButton variant="default">{t("saveName")}</SubmitButton>
      </ActionForm>
    </Section>
  );
}

/** The own password: the present one is asked, every other session ends. */
export function PasswordSection({ setAt, action }: { setAt: Date | null; action: FormAction }) {
  const [t, p, form] = [useTranslations("people.account"), useTranslations("people"), useTranslations("form")];
  const locale = useLocale();
  const fields = { presentPassword: p("password.present"), newPassword: p("password.new") };
  return (
    <Section
      title={t("passwordTitle")}
      note={setAt ? t("passwordSetAt", { time: fullTime(setAt, locale) }) : undefined}
    >
      <ActionForm action={action} summary={p("signIn.notDone")} working={form("working")} fields={fields}>
        <PasswordInput name="presentPassword" present />
        <PasswordInput name="newPassword" />
        <p className="hint mb-3">{t("passwordNote")}</p>
        <SubmitButton variant="default">{t("changePassword")}</SubmitButton>
      </ActionForm>
    </Section>
  );
}
