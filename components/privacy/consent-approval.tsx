import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { ConfirmForm } from "@/components/form/confirm-form";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import { KeyValue } from "@/components/ui/key-value";
import { Panel, PanelPart } from "@/components/ui/panel";
import { Hash } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import type { FormAction } from "@/lib/action";
import type { ConsentFormView } from "@/lib/privacy/rules/consent-view";
import { ConsentStatus } from "./consent-status";

export type ConsentActs = {
  submit: FormAction | null;
  withdraw: FormAction | null;
  approve: FormAction | null;
  reject: FormAction | null;
  /** The person wrote or submitted it. */
  own: boolean;
};

/** The newest version's hash, the acts on it, and what came of it. */
export function ConsentApproval({ form, acts, now }: { form: ConsentFormView; acts: ConsentActs; now: Date }) {
  const t = useTranslations("privacy.consents.approval");
  const f = useTranslations("form");
  const [newest] = form.versions;
  if (!newest) return null;
  const hidden = { formId: form.id, hash: newest.hash };
  const ids = Object.entries(hidden).map(([name, value]) => (
    <input key={name} type="hidden" name={name} value={value} />
  ));
  const rejected = form.state === "rejected" ? form.steps[0] : undefined;
  return (
    <Panel title={t("title", { number: form.version })} aside={<ConsentStatus state={form.state} />}>
      <PanelPart>
        <KeyValue
          rows={[
            [t("hash"), <Hash key="hash" value={newest.hash} head={8} tail={8} />],
            [
              t("saved"),
              <span key="saved">
                {newest.by} · <Time at={newest.at} now={now} />
              </span>,
            ],
          ]}
        />
        {rejected?.note ? <p className="mt-2 whitespace-pre-line text-bad">{rejected.note}</p> : null}
      </PanelPart>
      {acts.submit ? (
        <PanelPart>
          <ActionForm action={acts.submit} summary={t("submit")} working={f("working")}>
            {ids}
            <TextArea name="note" label={t("note")} optional={f("optional")} limit={500} rows={2} />
            <SubmitButton>{t("submit")}</SubmitButton>
          </ActionForm>
        </PanelPart>
      ) : null}
      {form.state === "submitted" ? (
        <PanelPart>
          <p className="mb-2 text-sm text-fg-2">{t(acts.own ? "own" : "waiting")}</p>
          <div className="flex flex-wrap gap-2">
            {acts.approve ? (
              <ConfirmForm
                action={acts.approve}
                opener={t("approve")}
                openerVariant="primary"
                title={t("approveTitle", { number: form.version })}
                body={
                  <>
                    <p className="mb-2 whitespace-pre-line" lang="ko">
                      {form.message}
                    </p>
                    <Hash value={newest.hash} head={8} tail={8} />
                  </>
                }
                submit={t("approve")}
                hidden={hidden}
                fields={{ note: t("note") }}
              >
                <TextArea name="note" label={t("note")} optional={f("optional")} limit={500} rows={2} />
              </ConfirmForm>
            ) : null}
            {acts.reject ? (
              <ConfirmForm
                action={acts.reject}
                opener={t("reject")}
                title={t("rejectTitle", { number: form.version })}
                submit={t("reject")}
                variant="danger"
                hidden={hidden}
                fields={{ note: t("reason") }}
              >
                <TextArea name="note" label={t("reason")} limit={500} rows={3} />
              </ConfirmForm>
            ) : null}
            {acts.withdraw ? (
              <ActionForm action={acts.withdraw} summary={t("withdraw")} working={f("working")}>
                {ids}
                <SubmitButton variant="default">{t("withdraw")}</SubmitButton>
              </ActionForm>
            ) : null}
          </div>
        </PanelPart>
      ) : null}
    </Panel>
  );
}
