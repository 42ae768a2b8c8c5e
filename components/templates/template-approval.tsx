import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { ConfirmForm } from "@/components/form/confirm-form";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import { KeyValue } from "@/components/ui/key-value";
import { Panel, PanelPart } from "@/components/ui/panel";
import { Hash, Missing } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import type { FormAction } from "@/lib/action";
import type { TemplateView } from "@/lib/templates/schema/view";
import { TemplateStatus } from "./template-status";

export type ApprovalActs = {
  submit: FormAction | null;
  withdraw: FormAction | null;
  approve: FormAction | null;
  giveBack: FormAction | null;
  /** The person wrote or submitted it. */
  own: boolean;
  /** Faults that keep it from being submitted. */
  faults: number;
};

/** The newest text's hash, what is asked about it, and the acts of the life cycle up to its approval. */
export function TemplateApproval({ template, acts, now }: { template: TemplateView; acts: ApprovalActs; now: Date }) {
  const t = useTranslations("templates.step");
  const f = useTranslations("form");
  const { standing, hash } = template;
  const [last] = template.steps;
  const approval = template.steps.find(({ kind }) => kind === "approved");
  const hidden = { templateId: template.id, hash };
  const number = standing.version ?? 0;
  const note = <TextArea name="note" label={t("note")} optional={f("optional")} limit={500} rows={2} />;
  return (
    <Panel title={t("panel")} aside={<TemplateStatus state={standing.state} />}>
      <PanelPart>
        <KeyValue
          rows={[
            [t("hash"), <Hash key="hash" value={hash} head={8} tail={8} />],
            [
              t("saved"),
              <span key="saved">
                <Time at={template.changedAt} now={now} />
                <span className="block text-xs text-fg-3">{t("revision", { number: template.revision })}</span>
              </span>,
            ],
            [
              t("approved"),
              approval ? (
                <span key="approved">
                  {t("version", { number: approval.number ?? 0 })} · {approval.personName}
                  <span className="block text-xs text-fg-3">
                    <Time at={approval.at} now={now} />
                  </span>
                </span>
              ) : (
                <Missing key="approved" />
              ),
            ],
          ]}
        />
        {standing.state === "returned" && last?.note ? (
          <p className="mt-2 whitespace-pre-line text-bad">{last.note}</p>
        ) : null}
      </PanelPart>
      {acts.submit && standing.state === "draft" ? (
        <PanelPart>
          {acts.faults > 0 ? (
            <p className="text-sm text-fg-2">{t("faults", { count: acts.faults })}</p>
          ) : (
            <ConfirmForm
              action={acts.submit}
              opener={t("submit")}
              openerVariant="primary"
              title={t("submitTitle")}
              body={t("submitBody")}
              submit={t("submit")}
              hidden={hidden}
              fields={{ note: t("note") }}
            >
              {note}
            </ConfirmForm>
          )}
        </PanelPart>
      ) : null}
      {standing.state === "submitted" ? (
        <PanelPart>
          <p className="mb-2 text-sm text-fg-2">{t(acts.own ? "own" : "waiting")}</p>
          {last?.note ? <p className="mb-2 whitespace-pre-line text-sm">{last.note}</p> : null}
          <div className="flex flex-wrap gap-2">
            {acts.approve ? (
              <ConfirmForm
                action={acts.approve}
                opener={t("approve")}
                openerVariant="primary"
                title={t("approveTitle", { number })}
                body={
                  <>
                    <p className="mb-2">{t("approveBody")}</p>
                    <Hash value={hash} head={8} tail={8} />
                  </>
                }
                submit={t("approve")}
                hidden={hidden}
                fields={{ note: t("note") }}
              >
                {note}
              </ConfirmForm>
            ) : null}
            {acts.giveBack ? (
              <ConfirmForm
                action={acts.giveBack}
                opener={t("return")}
                title={t("returnTitle", { number })}
                submit={t("return")}
                variant="danger"
                hidden={hidden}
                fields={{ note: t("reason") }}
              >
                <TextArea name="note" label={t("reason")} limit={500} rows={3} />
              </ConfirmForm>
            ) : null}
            {acts.withdraw ? (
              <ActionForm action={acts.withdraw} summary={t("withdraw")} working={f("working")}>
                {Object.entries(hidden).map(([name, value]) => (
                  <input key={name} type="hidden" name={name} value={value} />
                ))}
                <SubmitButton variant="default">{t("withdraw")}</SubmitButton>
              </ActionForm>
            ) : null}
          </div>
        </PanelPart>
      ) : null}
    </Panel>
  );
}
