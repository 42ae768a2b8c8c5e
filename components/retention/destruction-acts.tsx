import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { ConfirmForm } from "@/components/form/confirm-form";
import { Checkbox } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import { Callout } from "@/components/ui/callout";
import { Panel, PanelPart } from "@/components/ui/panel";
import type { FormAction } from "@/lib/action";
import { duration } from "@/lib/clock";
import { destructionPhrase } from "@/lib/retention/rules/destruction";
import type { RunView } from "@/lib/retention/rules/destruction-view";
import { DestructionFacts } from "./destruction-facts";

export type DestructionActs = Record<"request" | "approve" | "reject" | "cancel" | "start", FormAction | null>;

/** What the viewer may do with a run that has not begun; each form carries the digest that was looked at. */
export function DestructionActsPanel({
  run,
  acts,
  why,
  now,
}: {
  run: RunView;
  /** Null: not theirs to do, or not now. */
  acts: DestructionActs;
  /** What it waits for, to whoever cannot go on. */
  why: "own" | "second" | "asks" | "officer" | "approver" | null;
  now: Date;
}) {
  const t = useTranslations("retention.destructions");
  const form = useTranslations("form");
  const locale = useLocale();
  const hidden = { destructionId: run.id, digest: run.digest };
  const guard = run.guard === "none" ? null : (run.guard as "share");
  const count = run.sessions || run.files;
  const of = run.sessions > 0 ? "sessions" : "files";
  return (
    <Panel title={t(`acts.${run.state as "prepared"}`)}>
      {guard ? (
        <PanelPart>
          <Callout kind="warn" title={t("guard.title")}>
            {t(`guard.${guard}`)}
          </Callout>
        </PanelPart>
      ) : null}
      {acts.request ? (
        <PanelPart>
          <ActionForm action={acts.request} summary={t("acts.request")} working={form("working")}>
            <input type="hidden" name="destructionId" value={run.id} />
            <input type="hidden" name="digest" value={run.digest} />
            <TextArea name="note" label={t("acts.note")} optional={form("optional")} limit={500} rows={2} />
            <p className="hint mb-2">{t("acts.requestNote")}</p>
            <SubmitButton>{t("acts.request")}</SubmitButton>
          </ActionForm>
        </PanelPart>
      ) : null}
      <PanelPart>
        {why ? <p className="mb-3 text-sm text-fg-2">{t(`acts.why.${why}`)}</p> : null}
        <div className="flex flex-wrap gap-2">
          {acts.approve ? (
            <ConfirmForm
              action={acts.approve}
              opener={t("acts.approve")}
              openerVariant="primary"
              title={t(`acts.approveTitle.${of}`, { count })}
              body={<DestructionFacts run={run} opensRequest={false} now={now} />}
              submit={t("acts.approve")}
              hidden={hidden}
              fields={{ note: t("acts.note"), guardSeen: t("guard.seen") }}
            >
              {guard ? <Checkbox name="guardSeen" label={t("guard.seen")} hint={t(`guard.${guard}`)} /> : null}
              <TextArea name="note" label={t("acts.note")} optional={form("optional")} limit={500} rows={2} />
            </ConfirmForm>
          ) : null}
          {acts.reject ? (
            <ConfirmForm
              action={acts.reject}
              opener={t("acts.reject")}
              title={t("acts.rejectTitle")}
              submit={t("acts.reject")}
              hidden={hidden}
              fields={{ note: t("acts.rejectReason") }}
            >
              <TextArea name="note" label={t("acts.rejectReason")} limit={500} rows={2} />
            </ConfirmForm>
          ) : null}
          {acts.start ? (
            <ConfirmForm
              action={acts.start}
              opener={t("acts.start")}
              openerVariant="danger"
              title={t(`acts.startTitle.${of}`, { count })}
              body={
                <>
                  <p className="mb-3">{t("acts.startBody")}</p>
                  <DestructionFacts run={run} opensRequest={false} now={now} />
                  <p className="mt-3">{t("acts.startRule")}</p>
                </>
              }
              submit={t(`acts.startNow.${of}`, { count })}
              variant="danger"
              phrase={destructionPhrase(count)}
              phraseFirst
              hidden={hidden}
              note={t("left", { time: duration(run.validUntil.getTime() - now.getTime(), locale) })}
            />
          ) : null}
          {acts.cancel ? (
            <ConfirmForm
              action={acts.cancel}
              opener={t("acts.cancel")}
              title={t("acts.cancelTitle")}
              body={t("acts.cancelBody")}
              submit={t("acts.cancel")}
              hidden={hidden}
            />
          ) : null}
        </div>
      </PanelPart>
    </Panel>
  );
}
