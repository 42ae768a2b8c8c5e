import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { ConfirmForm } from "@/components/form/confirm-form";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import { TemplateStatus } from "@/components/templates/template-status";
import { KeyValue } from "@/components/ui/key-value";
import { Panel, PanelPart } from "@/components/ui/panel";
import { Hash } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import type { FormAction } from "@/lib/action";
import type { ScenarioView } from "@/lib/rehearsal/schema/view";
import { mayTakeStep } from "@/lib/templates/rules/status";

export type ScenarioActs = Record<
  "submit" | "withdraw" | "approve" | "giveBack" | "use" | "retire",
  FormAction | null
> & {
  /** The person wrote or submitted it. */
  own: boolean;
};

/** The newest draft's hash, and what may be done about it now. */
export function ScenarioApproval({ scenario, acts, now }: { scenario: ScenarioView; acts: ScenarioActs; now: Date }) {
  const t = useTranslations("templates.step");
  const r = useTranslations("rehearsal");
  const f = useTranslations("form");
  const { standing, hash, findings, steps } = scenario;
  const hidden = { scenarioId: scenario.id, hash };
  const number = standing.version ?? 0;
  const faults = findings.filter(({ severity }) => severity === "error").length;
  const note = <TextArea name="note" label={t("note")} optional={f("optional")} limit={500} rows={2} />;
  const can = (kind: Parameters<typeof mayTakeStep>[1]) => mayTakeStep(standing, kind);
  return (
    <Panel title={t("panel")} aside={<TemplateStatus state={standing.state} />}>
      <PanelPart>
        <KeyValue
          rows={[
            [t("hash"), <Hash key="hash" value={hash} head={8} tail={8} />],
            [t("saved"), <Time key="saved" at={scenario.changedAt} now={now} />],
          ]}
        />
        {standing.state === "returned" && steps[0]?.note ? (
          <p className="mt-2 whitespace-pre-line text-bad">{steps[0].note}</p>
        ) : null}
        {standing.state === "submitted" ? (
          <p className="mt-2 text-sm text-fg-2">{t(acts.own ? "own" : "waiting")}</p>
        ) : null}
      </PanelPart>
      <PanelPart>
        <div className="flex flex-wrap gap-2">
          {acts.submit && can("submitted") ? (
            faults > 0 ? (
              <p className="text-sm text-fg-2">{t("faults", { count: faults })}</p>
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
            )
          ) : null}
          {acts.approve && can("approved") ? (
            <ConfirmForm
              action={acts.approve}
              opener={t("approve")}
              openerVariant="primary"
              title={t("approveTitle", { number })}
              body={t("approveBody")}
              submit={t("approve")}
              hidden={hidden}
              fields={{ note: t("note") }}
            >
              {note}
            </ConfirmForm>
          ) : null}
          {acts.giveBack && can("returned") ? (
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
          {acts.withdraw && can("withdrawn") ? (
            <Act action={acts.withdraw} hidden={hidden} words={t("withdraw")} />
          ) : null}
          {acts.use && can("used") ? <Act action={acts.use} hidden={hidden} words={r("use")} primary /> : null}
          {acts.retire && can("retired") ? (
            <ConfirmForm
              action={acts.retire}
              opener={r("retire")}
              title={r("retireTitle")}
              body={r("retireBody")}
              submit={r("retire")}
              variant="danger"
              hidden={hidden}
            />
          ) : null}
        </div>
      </PanelPart>
    </Panel>
  );
}

function Act({
  action,
  hidden,
  words,
  primary = false,
}: {
  action: FormAction;
  hidden: Readonly<Record<string, string>>;
  words: string;
  primary?: boolean;
}) {
  const f = useTranslations("form");
  return (
    <ActionForm action={action} summary={words} working={f("working")}>
      {Object.entries(hidden).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <SubmitButton variant={primary ? "primary" : "default"}>{words}</SubmitButton>
    </ActionForm>
  );
}
