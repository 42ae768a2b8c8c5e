import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import type { FormAction } from "@/lib/action";

/** A form of the way in: fields, one button over the whole width, where to go afterwards. */
export function EntryForm({
  action,
  submit,
  next,
  hidden = {},
  children,
}: {
  action: FormAction;
  submit: string;
  next?: string;
  hidden?: Readonly<Record<string, string>>;
  children?: ReactNode;
}) {
  const [t, form] = [useTranslations("people"), useTranslations("form")];
  return (
    <ActionForm action={action} summary={t("signIn.notDone")} working={form("working")} className="mt-5">
      {Object.entries({ ...hidden, ...(next && next !== "/" ? { next } : {}) }).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      {children}
      <div className="form-foot">
        <SubmitButton full>{submit}</SubmitButton>
      </div>
    </ActionForm>
  );
}
