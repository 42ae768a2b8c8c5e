import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { RadioGroup, SelectField, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import type { FormAction } from "@/lib/action";
import type { Day } from "@/lib/clock";
import { reasonsFor } from "@/lib/privacy/rules/reasons";
import { answers, type RequestKind } from "@/lib/privacy/schema/request";

type Request = { id: string; version: number; kind: RequestKind };

const names = [
  ...["answer", "reason", "note", "viewing", "objection", "addressee", "signer", "signerTitle", "untilOn"],
] as const;

function useWords() {
  const t = useTranslations("privacy.requests.answer");
  const f = useTranslations("form");
  return {
    ...{ t, optional: f("optional"), summary: t("check"), working: f("working"), choose: f("choose") },
    fields: Object.fromEntries(names.map((name) => [name, t(`field.${name as "note"}`)])),
  };
}

/** The answer and everything that its letter says. */
export function AnswerForm({ action, request }: { action: FormAction; request: Request }) {
  const { t, optional, choose, ...words } = useWords();
  return (
    <ActionForm action={action} {...words} className="max-w-140">
      <Hidden request={request} />
      <RadioGroup
        name="answer"
        label={t("field.answer")}
        options={answers.map((answer) => ({
          value: answer,
          label: t(`kinds.${answer}`),
          note: t(answer === "granted" && request.kind === "deletion" ? "deletionNote" : `notes.${answer}`),
        }))}
      />
      <SelectField
        name="reason"
        label={t("field.reason")}
        hint={t("field.reasonHint")}
        optional={optional}
        empty={choose}
        options={reasonsFor(request.kind).map(({ key, text, law, article }) => ({
          value: key,
          label: `${text} (${law.replace("개인정보 보호법", "법").trim()} ${article})`,
        }))}
      />
      <TextArea name="note" label={t("field.note")} hint={t("field.noteHint")} limit={2_000} rows={4} />
      {request.kind === "access" ? (
        <TextArea
          name="viewing"
          label={t("field.viewing")}
          hint={t("field.viewingHint")}
          optional={optional}
          limit={300}
          rows={2}
        />
      ) : null}
      <LetterFields optional={optional} />
      <div className="form-foot">
        <SubmitButton>{t("send")}</SubmitButton>
      </div>
    </ActionForm>
  );
}

/** Puts an access off, once. */
export function PostponeForm({
  action,
  request,
  after,
}: {
  action: FormAction;
  request: Request;
  /** The day that it is put off from. */
  after: Day;
}) {
  const { t, optional, choose: _choose, ...words } = useWords();
  return (
    <ActionForm action={action} {...words} className="max-w-140">
      <Hidden request={request} />
      <TextArea name="note" label={t("field.postponeNote")} limit={1_000} rows={3} />
      <TextField name="untilOn" type="date" label={t("field.untilOn")} hint={t("field.untilOnHint")} min={after} />
      <LetterFields optional={optional} needed />
      <div className="form-foot">
        <SubmitButton variant="default">{t("postpone")}</SubmitButton>
      </div>
    </ActionForm>
  );
}

function Hidden({ request }: { request: Request }) {
  return (
    <>
      <input type="hidden" name="requestId" value={request.id} />
      <input type="hidden" name="version" value={request.version} />
    </>
  );
}

function LetterFields({ optional, needed = false }: { optional: string; needed?: boolean }) {
  const t = useTranslations("privacy.requests.answer");
  return (
    <>
      <TextArea
        name="objection"
        label={t("field.objection")}
        hint={t("field.objectionHint")}
        {...(needed ? {} : { optional })}
        limit={300}
        rows={2}
      />
      <TextField name="addressee" label={t("field.addressee")} hint={t("field.addresseeHint")} maxLength={60} />
      <TextField name="signerTitle" label={t("field.signerTitle")} optional={optional} maxLength={60} />
      <TextField name="signer" label={t("field.signer")} maxLength={60} />
    </>
  );
}
