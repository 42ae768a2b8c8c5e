import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { ConfirmForm } from "@/components/form/confirm-form";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import { Callout } from "@/components/ui/callout";
import { KeyValue } from "@/components/ui/key-value";
import { Panel, PanelPart } from "@/components/ui/panel";
import { Hash } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import type { FormAction } from "@/lib/action";
import { lawByKey } from "@/lib/retention/rules/law-table";
import type { PolicyWarning } from "@/lib/retention/rules/policy-fit";
import type { PolicyView } from "@/lib/retention/rules/policy-view";
import { PolicyStatus } from "./policy-status";

/** What the viewer may do with the newest version; `own` where the person wrote or submitted it. */
export type PolicyActs = {
  submit: FormAction | null;
  withdraw: FormAction | null;
  approve: FormAction | null;
  reject: FormAction | null;
  own: boolean;
};

/** The newest version's hash, what to think about, and the acts: each posts the hash that was looked at. */
export function PolicyApprovalPanel({
  policy,
  warnings,
  acts,
  now,
}: {
  policy: PolicyView;
  warnings: readonly PolicyWarning[];
  acts: PolicyActs;
  now: Date;
}) {
  const t = useTranslations("retention.policies");
  const form = useTranslations("form");
  const { state, version: number } = policy;
  const hidden = { policyId: policy.id, hash: policy.hash };
  const open = state === "draft" || state === "rejected";
  const [newest] = policy.versions;
  const rejected = state === "rejected" ? policy.steps[0] : undefined;
  const record = lawByKey(policy.content.basis)?.record ?? "";
  return (
    <Panel
      title={t("approval.title")}
      aside={
        <PolicyStatus
          policy={{ ...policy, inForce: policy.inForce && { ...policy.inForce, basis: policy.inForce.content.basis } }}
        />
      }
    >
      <PanelPart>
        <p className="mb-2 text-sm text-fg-2">
          {state === "approved" ? t("approval.inForce") : t("approval.about", { number })}
        </p>
        <KeyValue
          rows={[
            [t("hash"), <Hash key="hash" value={policy.hash} head={8} tail={8} />],
            ...(newest
              ? [
                  [
                    t("savedBy"),
                    <span key="saved">
                      {newest.by} · <Time at={newest.at} now={now} />
                    </span>,
                  ] as [string, React.ReactNode],
                ]
              : []),
          ]}
        />
        {rejected?.note ? <p className="mt-2 whitespace-pre-line text-sm text-bad">{rejected.note}</p> : null}
      </PanelPart>
      {warnings.length > 0 ? (
        <PanelPart>
          <Callout kind="warn" title={t("warnings.title")}>
            <ul>
              {warnings.map((warning) => (
                <li key={warning}>{t(`warnings.${warning}`, { record })}</li>
              ))}
            </ul>
          </Callout>
        </PanelPart>
      ) : null}
      {open && acts.submit ? (
        <PanelPart>
          <ActionForm action={acts.submit} summary={t("approval.submit")} working={form("working")}>
            <input type="hidden" name="policyId" value={policy.id} />
            <input type="hidden" name="hash" value={policy.hash} />
            <TextArea name="note" label={t("approval.note")} optional={form("optional")} limit={500} rows={2} />
            <p className="hint mb-2">{t("approval.submitNote")}</p>
            <SubmitButton>{t("approval.submit")}</SubmitButton>
          </ActionForm>
        </PanelPart>
      ) : null}
      {state === "submitted" ? (
        <PanelPart>
          <p className="mb-2 text-sm text-fg-2">{t(acts.own ? "approval.own" : "approval.waiting")}</p>
          <div className="flex flex-wrap gap-2">
            {acts.approve ? (
              <ConfirmForm
                action={acts.approve}
                opener={t("approval.approve")}
                openerVariant="primary"
                title={t("approval.approveTitle", { number })}
                body={
                  <>
                    {t("approval.approveBody")} <Hash value={policy.hash} head={8} tail={8} />
                  </>
                }
                submit={t("approval.approve")}
                hidden={hidden}
                fields={{ note: t("approval.note") }}
              >
                <TextArea name="note" label={t("approval.note")} optional={form("optional")} limit={500} rows={2} />
              </ConfirmForm>
            ) : null}
            {acts.reject ? (
              <ConfirmForm
                action={acts.reject}
                opener={t("approval.reject")}
                title={t("approval.rejectTitle", { number })}
                submit={t("approval.reject")}
                variant="danger"
                hidden={hidden}
                fields={{ note: t("approval.reason") }}
              >
                <TextArea name="note" label={t("approval.reason")} limit={500} rows={3} />
              </ConfirmForm>
            ) : null}
            {acts.withdraw ? (
              <ActionForm action={acts.withdraw} summary={t("approval.withdraw")} working={form("working")}>
                <input type="hidden" name="policyId" value={policy.id} />
                <input type="hidden" name="hash" value={policy.hash} />
                <SubmitButton variant="default">{t("approval.withdraw")}</SubmitButton>
              </ActionForm>
            ) : null}
          </div>
        </PanelPart>
      ) : null}
    </Panel>
  );
}
