import { useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { ConfirmForm } from "@/components/form/confirm-form";
import { Checkbox, FileField, TextField } from "@/components/form/field";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import { Button } from "@/components/ui/button";
import { Callout } from "@/components/ui/callout";
import { Panel, PanelPart } from "@/components/ui/panel";
import { Hash } from "@/components/ui/text";
import type { FormAction } from "@/lib/action";
import type { Day } from "@/lib/clock";
import type { NoticeVerdict } from "@/lib/privacy/rules/notice-lint";
import type { NoticeVersionView } from "@/lib/privacy/rules/notice-view";

export type NoticeActions = Record<
  "submit" | "approve" | "reject" | "withdraw" | "request" | "decline" | "apply" | "verify",
  FormAction
>;
export type NoticeRights = { submit: boolean; approve: boolean; follow: boolean; withdraw: boolean };

type Props = {
  noticeId: string;
  channelId: string;
  version: NoticeVersionView;
  faults: readonly NoticeVerdict[];
  actions: NoticeActions;
  may: NoticeRights;
  /** The person saved or submitted it. */
  own: boolean;
  today: Day;
  /** Why an upload was refused, by its code. */
  refused: string | null;
};

/** What comes next for a version, and who does it; every act posts the hash that was looked at. */
export function NoticeActs(props: Props) {
  const { version, may, own, faults } = props;
  const t = useTranslations("privacy.notices");
  const { state } = version;
  const draft = state === "draft" || state === "rejected";
  const rejected = state === "rejected" ? version.steps.at(-1) : undefined;
  const live = state === "applied" || state === "differs";
  const withdrawable = !draft && state !== "withdrawn" && state !== "superseded";
  return (
    <Panel title={t("acts.title", { number: version.number })}>
      <PanelPart>
        <p className="mb-2 text-sm text-fg-2">{t(`next.${state}`)}</p>
        <Hash value={version.frozen?.textHash || version.hash} head={8} tail={8} />
        {rejected?.note ? <p className="mt-2 whitespace-pre-line text-bad">{rejected.note}</p> : null}
      </PanelPart>
      {draft && may.submit ? (
        <PanelPart>
          {faults.length > 0 ? (
            <Callout kind="bad">{t("acts.faults", { count: faults.length })}</Callout>
          ) : (
            <Act {...props} act="submit" note="optional" />
          )}
        </PanelPart>
      ) : null}
      {state === "submitted" ? <Decision {...props} /> : null}
      {may.follow && (state === "approved" || state === "declined" || state === "differs") ? (
        <PanelPart>
          <Act {...props} act="request" note="optional" day ticket />
        </PanelPart>
      ) : null}
      {may.follow && state === "requested" ? (
        <PanelPart>
          <Act {...props} act="apply" note="optional" day />
          <div className="mt-3 flex flex-wrap gap-2">
            <Ask {...props} act="decline" day />
            <Ask {...props} act="request" day ticket optional />
          </div>
        </PanelPart>
      ) : null}
      {may.follow && live ? <Verification {...props} /> : null}
      {may.withdraw && withdrawable && !(state === "submitted" && !own) ? (
        <PanelPart>
          <Ask {...props} act="withdraw" />
        </PanelPart>
      ) : null}
    </Panel>
  );
}

function Ids({ noticeId, version }: Pick<Props, "noticeId" | "version">) {
  return (
    <>
      <input type="hidden" name="noticeId" value={noticeId} />
      <input type="hidden" name="number" value={version.number} />
      <input type="hidden" name="hash" value={version.hash} />
    </>
  );
}

type ActName = keyof NoticeActions;

/** An act with its fields in sight. */
function Act({
  act,
  day = false,
  ticket = false,
  ...props
}: Props & { act: ActName; note: "optional"; day?: boolean; ticket?: boolean }) {
  const t = useTranslations("privacy.notices");
  const f = useTranslations("form");
  const fields = { ticket: t("fields.ticket"), doneOn: t("fields.doneOn"), note: t("fields.note") };
  return (
    <ActionForm action={props.actions[act]} summary={t(`acts.${act}`)} working={f("working")} fields={fields}>
      <Ids {...props} />
      {ticket ? <TextField name="ticket" label={fields.ticket} optional={f("optional")} maxLength={60} /> : null}
      {day ? (
        <TextField name="doneOn" type="date" label={fields.doneOn} defaultValue={props.today} max={props.today} />
      ) : null}
      <TextArea name="note" label={fields.note} optional={f("optional")} limit={500} rows={2} />
      <SubmitButton>{t(`acts.${act}`)}</SubmitButton>
    </ActionForm>
  );
}

/** An act behind a question, with its reason. */
function Ask({
  act,
  day = false,
  ticket = false,
  optional = false,
  ...props
}: Props & { act: ActName; day?: boolean; ticket?: boolean; optional?: boolean }) {
  const t = useTranslations("privacy.notices");
  const f = useTranslations("form");
  const fields = { ticket: t("fields.ticket"), doneOn: t("fields.doneOn"), note: t("fields.reason") };
  const { noticeId, version } = props;
  const again = act === "request";
  return (
    <ConfirmForm
      action={props.actions[act]}
      opener={again ? t("acts.again") : t(`acts.${act}`)}
      title={t(`ask.${act}`, { number: version.number })}
      submit={again ? t("acts.again") : t(`acts.${act}`)}
      variant={again ? "primary" : "danger"}
      hidden={{ noticeId, number: String(version.number), hash: version.hash }}
      fields={fields}
    >
      {ticket ? <TextField name="ticket" label={fields.ticket} optional={f("optional")} maxLength={60} /> : null}
      {day ? (
        <TextField name="doneOn" type="date" label={fields.doneOn} defaultValue={props.today} max={props.today} />
      ) : null}
      <TextArea
        name="note"
        label={fields.note}
        {...(optional ? { optional: f("optional") } : {})}
        limit={500}
        rows={3}
      />
    </ConfirmForm>
  );
}

function Decision(props: Props) {
  const { version, may, own, noticeId, actions, faults } = props;
  const t = useTranslations("privacy.notices");
  const f = useTranslations("form");
  const hidden = { noticeId, number: String(version.number), hash: version.hash };
  return (
    <PanelPart>
      <p className="mb-2 text-sm text-fg-2">{t(own ? "acts.own" : "acts.waiting")}</p>
      {may.approve && !own && faults.length > 0 ? (
        <Callout kind="bad">{t("acts.faults", { count: faults.length })}</Callout>
      ) : null}
      {may.approve && !own ? (
        <div className="mt-2 flex flex-wrap gap-2">
          <ConfirmForm
            action={actions.approve}
            opener={t("acts.approve")}
            openerVariant="primary"
            title={t("ask.approve", { number: version.number })}
            body={
              <>
                <p className="mb-2 max-h-60 overflow-y-auto whitespace-pre-wrap" lang="ko">
                  {version.frozen?.text}
                </p>
                <Hash value={version.frozen?.textHash ?? ""} head={8} tail={8} />
              </>
            }
            submit={t("acts.approve")}
            hidden={hidden}
            fields={{ note: t("fields.note") }}
          >
            <TextArea name="note" label={t("fields.note")} optional={f("optional")} limit={500} rows={2} />
          </ConfirmForm>
          <Ask {...props} act="reject" />
        </div>
      ) : null}
    </PanelPart>
  );
}

function Verification(props: Props) {
  const { channelId, refused } = props;
  const t = useTranslations("privacy.notices");
  const f = useTranslations("form");
  const fields = { pasted: t("fields.pasted"), note: t("fields.note"), differs: t("fields.differs") };
  return (
    <>
      <PanelPart>
        <ActionForm action={props.actions.verify} summary={t("acts.verify")} working={f("working")} fields={fields}>
          <Ids {...props} />
          <TextArea name="pasted" label={fields.pasted} hint={t("hints.pasted")} rows={6} />
          <Checkbox name="differs" label={fields.differs} hint={t("hints.differs")} />
          <TextArea name="note" label={fields.note} optional={f("optional")} limit={500} rows={2} />
          <SubmitButton>{t("acts.verify")}</SubmitButton>
        </ActionForm>
      </PanelPart>
      <PanelPart>
        <form
          id="screenshot"
          action={`/privacy/notices/${channelId}/upload`}
          method="post"
          encType="multipart/form-data"
          className="grid gap-2"
        >
          <Ids {...props} />
          {refused ? (
            <p role="alert" className="text-bad">
              {refused}
            </p>
          ) : null}
          <label className="choice">
            <input type="checkbox" name="confirmed" required />
            <span>{t("fields.confirmed")}</span>
          </label>
          <FileField
            name="file"
            label={t("fields.screenshot")}
            hint={t("hints.screenshot")}
            accept="image/png,image/jpeg,image/webp,application/pdf"
          />
          <Button type="submit">{t("acts.screenshot")}</Button>
        </form>
      </PanelPart>
    </>
  );
}
