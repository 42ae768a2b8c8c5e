import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { ConfirmForm } from "@/components/form/confirm-form";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import { Callout } from "@/components/ui/callout";
import { KeyValue } from "@/components/ui/key-value";
import { Panel, PanelPart } from "@/components/ui/panel";
import { Status } from "@/components/ui/status";
import { Hash } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import type { FormAction } from "@/lib/action";
import { fullTime } from "@/lib/clock";
import { clauseRules } from "@/lib/dealers/rules/clauses";
import type { SubmitGap } from "@/lib/dealers/rules/contract-approval";
import type { ContractView } from "@/lib/dealers/rules/contract-view";

/** What the viewer may do with the newest version; `own` where the person wrote or submitted it. */
export type ApprovalActs = {
  submit: FormAction | null;
  withdraw: FormAction | null;
  approve: FormAction | null;
  reject: FormAction | null;
  own: boolean;
};

/** The newest version's hash, what is still missing, and the acts: each posts the hash that was looked at. */
export function ApprovalPanel({
  contract,
  gaps,
  acts,
  now,
}: {
  contract: Pick<ContractView, "id" | "version" | "hash" | "savedAt" | "savedBy" | "approval" | "approved">;
  gaps: readonly SubmitGap[];
  acts: ApprovalActs;
  now: Date;
}) {
  const t = useTranslations("dealers.contracts.approval");
  const form = useTranslations("form");
  const locale = useLocale();
  const { approval, approved } = contract;
  const number = contract.version;
  const hidden = { contractId: contract.id, hash: contract.hash };
  const open = approval === "draft" || approval === "rejected";
  return (
    <Panel title={t("title")} aside={<ApprovalWord approval={approval} />}>
      <PanelPart>
        <p className="mb-2 text-sm text-fg-2">{t("about", { number })}</p>
        <KeyValue
          rows={[
            [t("hash"), <Hash key="hash" value={contract.hash} head={8} tail={8} />],
            [
              t("savedBy"),
              <span key="saved">
                {contract.savedBy} · <Time at={contract.savedAt} now={now} />
              </span>,
            ],
          ]}
        />
        {approved ? (
          <p className="hint mt-2">
            {t("version", { number: approved.number })} ·{" "}
            {t("approvedBy", { who: approved.by, at: fullTime(approved.at, locale) })}
          </p>
        ) : null}
      </PanelPart>
      {open && gaps.length > 0 ? (
        <PanelPart>
          <Callout kind="bad" title={t("gapsTitle")}>
            <ul>
              {gaps.map((gap) => (
                <li key={gap.kind === "clause" ? gap.clause : gap.reason}>
                  {gap.kind === "clause"
                    ? t(`gaps.${gap.reason}`, { clause: clauseRules.find((one) => one.key === gap.clause)?.text ?? "" })
                    : t(`gaps.${gap.reason}`)}
                </li>
              ))}
            </ul>
          </Callout>
        </PanelPart>
      ) : null}
      {open && acts.submit ? (
        <PanelPart>
          <ActionForm action={acts.submit} summary={t("submit")} working={form("working")}>
            <input type="hidden" name="contractId" value={contract.id} />
            <input type="hidden" name="hash" value={contract.hash} />
            <TextArea name="note" label={t("note")} optional={form("optional")} limit={500} rows={2} />
            <p className="hint mb-2">{t("submitNote")}</p>
            <SubmitButton disabled={gaps.length > 0}>{t("submit")}</SubmitButton>
          </ActionForm>
        </PanelPart>
      ) : null}
      {approval === "submitted" ? (
        <PanelPart>
          <p className="mb-2 text-sm text-fg-2">{t(acts.own ? "own" : "waiting")}</p>
          <div className="flex flex-wrap gap-2">
            {acts.approve ? (
              <ConfirmForm
                action={acts.approve}
                opener={t("approve")}
                openerVariant="primary"
                title={t("approveTitle", { number })}
                body={
                  <>
                    {t("approveBody")} <Hash value={contract.hash} head={8} tail={8} />
                  </>
                }
                submit={t("approve")}
                hidden={hidden}
                fields={{ note: t("note") }}
              >
                <TextArea name="note" label={t("note")} optional={form("optional")} limit={500} rows={2} />
              </ConfirmForm>
            ) : null}
            {acts.reject ? (
              <ConfirmForm
                action={acts.reject}
                opener={t("reject")}
                title={t("rejectTitle", { number })}
                submit={t("reject")}
                variant="danger"
                hidden={hidden}
                fields={{ note: t("reason") }}
              >
                <TextArea name="note" label={t("reason")} limit={500} rows={3} />
              </ConfirmForm>
            ) : null}
            {acts.withdraw ? (
              <ActionForm action={acts.withdraw} summary={t("withdraw")} working={form("working")}>
                <input type="hidden" name="contractId" value={contract.id} />
                <input type="hidden" name="hash" value={contract.hash} />
                <SubmitButton variant="default">{t("withdraw")}</SubmitButton>
              </ActionForm>
            ) : null}
          </div>
        </PanelPart>
      ) : null}
    </Panel>
  );
}

function ApprovalWord({ approval }: { approval: ContractView["approval"] }) {
  const t = useTranslations("dealers.contracts");
  if (approval === "approved") return <Status kind="ok">{t("approval.step.approved")}</Status>;
  const kind = approval === "submitted" ? "waiting" : approval === "rejected" ? "bad" : "off";
  return <Status kind={kind}>{t(`states.${approval}`)}</Status>;
}
