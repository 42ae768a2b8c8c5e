import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { type ButtonVariant, buttonClass } from "@/components/ui/button-class";
import { ConfirmDialog, DialogCancel } from "@/components/ui/confirm-dialog";
import type { FormAction } from "@/lib/action";
import { ActionForm } from "./action-form";
import { TextField } from "./field";
import { PhraseAct } from "./phrase-act";
import { SubmitButton } from "./submit-button";

/**
 * An act behind a question: opener, a sentence with the count, what happens, perhaps a typed phrase, the act.
 * `hidden` are the values the action needs; `children` are further fields. The phrase is sent as `phrase` and checked by the action;
 * `phraseFirst` shuts the act until it is typed.
 */
export function ConfirmForm({
  action,
  opener,
  openerVariant = "default",
  openerSize = "md",
  title,
  body,
  submit,
  variant = "primary",
  phrase,
  phraseFirst = false,
  hidden = {},
  fields = {},
  note,
  children,
}: {
  action: FormAction;
  opener: ReactNode;
  openerVariant?: ButtonVariant;
  openerSize?: "sm" | "md";
  title: string;
  body?: ReactNode;
  submit: ReactNode;
  variant?: "primary" | "danger";
  phrase?: string;
  phraseFirst?: boolean;
  hidden?: Readonly<Record<string, string>>;
  fields?: Readonly<Record<string, string>>;
  /** Left of the buttons: time left, who is told. */
  note?: ReactNode;
  children?: ReactNode;
}) {
  const t = useTranslations("form");
  const phraseLabel = phrase ? t("typePhrase", { phrase }) : "";
  const foot = (
    <>
      {note ? <span className="hint">{note}</span> : null}
      <DialogCancel>{t("cancel")}</DialogCancel>
    </>
  );
  return (
    <ConfirmDialog
      opener={opener}
      openerClass={buttonClass({ variant: openerVariant, size: openerSize })}
      title={title}
    >
      <ActionForm
        action={action}
        summary={title}
        working={t("working")}
        fields={phrase ? { ...fields, phrase: phraseLabel } : fields}
      >
        {body ? <div className="mb-3 text-sm text-fg-2">{body}</div> : null}
        {Object.entries(hidden).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
        {children}
        {phrase && phraseFirst ? (
          <PhraseAct phrase={phrase} label={phraseLabel} foot={foot} submit={submit} variant={variant} />
        ) : (
          <>
            {phrase ? <TextField name="phrase" label={phraseLabel} autoComplete="off" /> : null}
            <div className="dialog-foot">
              {foot}
              <SubmitButton variant={variant}>{submit}</SubmitButton>
            </div>
          </>
        )}
      </ActionForm>
    </ConfirmDialog>
  );
}
