import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { ConfirmForm } from "@/components/form/confirm-form";
import { RadioGroup, SelectField, TextField } from "@/components/form/field";
import { TextArea } from "@/components/form/text-area";
import { Callout } from "@/components/ui/callout";
import { Section } from "@/components/ui/section";
import { Status } from "@/components/ui/status";
import type { FormAction } from "@/lib/action";
import type { Actor } from "@/lib/auth/actor";
import { can } from "@/lib/auth/permissions";
import { type Day, dayWithWeekday, deadline, fullDay, kstDay, shortDay } from "@/lib/clock";
import { choiceKinds } from "@/lib/dealers/rules/choice";
import { termRuleOf } from "@/lib/dealers/rules/contract-term";
import type { ContractView } from "@/lib/dealers/rules/contract-view";
import { outlookOf, termOn } from "@/lib/dealers/rules/deadlines";
import { choiceFor, isSnoozed, type OpenDeadline, openDeadlines, snoozeRange } from "@/lib/dealers/rules/reminders";
import { TermBar } from "./term-bar";
import { TermReasons } from "./term-reasons";

type Props = {
  contract: ContractView;
  actor: Actor;
  now: Date;
  actions: { decide: FormAction; snooze: FormAction };
  /** Stands right of the calculation, below it on the phone. */
  beside?: ReactNode;
};

/** The running term: its bar, what was decided, and how each deadline was reckoned. */
export function TermPanel({ contract, actor, now, actions, beside }: Props) {
  const t = useTranslations("dealers.deadlines");
  const locale = useLocale();
  const today = kstDay(now);
  const rule = termRuleOf(contract);
  const { endsOn } = termOn(rule, today);
  const open = openDeadlines({ ...contract, rule }, today);
  if (rule.endsOn === null || endsOn === null) {
    return (
      <>
        <Section title={t("term.title")}>
          <p className="text-sm text-fg-2">{t("term.open", { from: fullDay(contract.startsOn, locale) })}</p>
        </Section>
        {beside}
      </>
    );
  }
  const settled =
    contract.endedOn !== null
      ? t("term.ended", { on: fullDay(contract.endedOn, locale) })
      : endsOn < today
        ? t("term.over", { on: fullDay(endsOn, locale) })
        : null;
  const may = { decide: !settled && can(actor, "contract:decide"), snooze: can(actor, "deadline:snooze") };
  return (
    <>
      <Section
        title={t("term.title")}
        note={t("term.note")}
        actions={
          <>
            {may.snooze ? <SnoozeForm contract={contract} open={open} now={now} action={actions.snooze} /> : null}
            {may.decide ? <ChoiceForm contract={contract} endsOn={endsOn} now={now} action={actions.decide} /> : null}
          </>
        }
      >
        <TermBar rule={{ ...rule, endsOn: rule.endsOn }} today={today} now={now} />
        {settled ? (
          <p className="text-sm text-fg-2">{settled}</p>
        ) : (
          <Said contract={contract} endsOn={endsOn} now={now} />
        )}
      </Section>
      {settled ? (
        beside
      ) : (
        <div className="my-7 grid grid-cols-2 gap-x-8 gap-y-7 *:mt-0! *:min-w-0 max-desk:grid-cols-1">
          <TermReasons contract={contract} rule={rule} today={today} now={now} />
          {beside}
        </div>
      )}
    </>
  );
}

/** Beside the contract's state: the next deadline that waits, `결정일 D-15`. Nothing where nothing waits. */
export function DeadlinePill({ contract, now }: { contract: ContractView; now: Date }) {
  const t = useTranslations("dealers.deadlines.kinds");
  const locale = useLocale();
  const today = kstDay(now);
  const next = openDeadlines({ ...contract, rule: termRuleOf(contract) }, today).find(({ on }) => on >= today);
  if (!next) return null;
  const { kind, text, days } = deadline(next.on, locale, now);
  if (days > 90) return null;
  return (
    <Status kind={kind === "off" ? (days <= 30 ? "warn" : "waiting") : kind} pill>
      {t(next.kind)} {text}
    </Status>
  );
}

/** What was decided about this term, and what is too late by now. */
function Said({ contract, endsOn, now }: { contract: ContractView; endsOn: Day; now: Date }) {
  const t = useTranslations("dealers.deadlines");
  const locale = useLocale();
  const today = kstDay(now);
  const rule = termRuleOf(contract);
  const day = (on: Day) => dayWithWeekday(on, locale, now);
  const choice = choiceFor(contract.choices, endsOn);
  const outlook = outlookOf(rule, today);
  const open = openDeadlines({ ...contract, rule }, today);
  const until = { until: outlook.until ? day(outlook.until) : "" };
  const asleep = open.filter((one) => isSnoozed(one, contract.snoozes, today));
  return (
    <>
      {choice ? (
        <Callout
          kind={open.length > 0 ? "warn" : "ok"}
          title={t("choice.said", {
            choice: t(`choice.kinds.${choiceKinds.find((one) => one === choice.choice) ?? "renew"}`),
          })}
        >
          <p>
            {[
              t("choice.by", { name: choice.by, at: shortDay(choice.at, locale, now) }),
              ...(choice.noticeSentOn ? [t("choice.sent", { on: day(choice.noticeSentOn) })] : []),
              ...(choice.noticeHadOn ? [t("choice.had", { on: day(choice.noticeHadOn) })] : []),
            ].join(" · ")}
          </p>
          {choice.note ? <p className="whitespace-pre-line">{choice.note}</p> : null}
          {open.length > 0 ? <p>{t("choice.unheard")}</p> : null}
        </Callout>
      ) : null}
      {!choice && outlook.late && outlook.noticeOn ? (
        <Callout kind="warn" title={t("why.late", { on: day(outlook.noticeOn) })}>
          {outlook.outcome === "renews" ? t("why.lateRenews", until) : t("why.lateEnds", until)}
        </Callout>
      ) : null}
      {asleep.map((one) => {
        const snooze = contract.snoozes.find(({ kind, deadlineOn }) => kind === one.kind && deadlineOn === one.on);
        const values = { kind: t(`kinds.${one.kind}`), until: day(snooze?.untilOn ?? one.on), name: snooze?.by ?? "" };
        return (
          <p key={one.kind} className="text-sm text-fg-2">
            {t("snooze.said", values)}
          </p>
        );
      })}
    </>
  );
}

function ChoiceForm({
  contract,
  endsOn,
  now,
  action,
}: {
  contract: ContractView;
  endsOn: Day;
  now: Date;
  action: FormAction;
}) {
  const t = useTranslations("dealers.deadlines.choice");
  const f = useTranslations("form");
  const locale = useLocale();
  const today = kstDay(now);
  const fields = {
    choice: t("choice"),
    noticeSentOn: t("noticeSentOn"),
    noticeHadOn: t("noticeHadOn"),
    note: t("note"),
  };
  return (
    <ConfirmForm
      action={action}
      opener={t("open")}
      openerVariant="primary"
      openerSize="sm"
      title={t("title", { on: dayWithWeekday(endsOn, locale, now) })}
      body={t("body")}
      submit={t("submit")}
      hidden={{ contractId: contract.id, termEndsOn: endsOn }}
      fields={fields}
    >
      <RadioGroup
        name="choice"
        label={fields.choice}
        options={choiceKinds.map((value) => ({ value, label: t(`kinds.${value}`), note: t(`notes.${value}`) }))}
      />
      <TextField type="date" name="noticeSentOn" label={fields.noticeSentOn} optional={f("optional")} max={today} />
      <TextField
        type="date"
        name="noticeHadOn"
        label={fields.noticeHadOn}
        hint={t("noticeHint")}
        optional={f("optional")}
        max={today}
      />
      <TextArea name="note" label={fields.note} optional={f("optional")} maxLength={500} />
    </ConfirmForm>
  );
}

function SnoozeForm({
  contract,
  open,
  now,
  action,
}: {
  contract: ContractView;
  open: readonly OpenDeadline[];
  now: Date;
  action: FormAction;
}) {
  const t = useTranslations("dealers.deadlines");
  const f = useTranslations("form");
  const locale = useLocale();
  const today = kstDay(now);
  const ahead = open.filter(({ on }) => snoozeRange(on, today) !== null);
  if (ahead.length === 0) return null;
  const fields = { deadline: t("snooze.deadline"), untilOn: t("snooze.untilOn"), note: t("snooze.note") };
  const last = ahead
    .map(({ on }) => on)
    .sort()
    .at(-1);
  const first = ahead[0] && snoozeRange(ahead[0].on, today)?.first;
  return (
    <ConfirmForm
      action={action}
      opener={t("snooze.open")}
      openerSize="sm"
      title={t("snooze.title")}
      body={t("snooze.body")}
      submit={t("snooze.submit")}
      hidden={{ contractId: contract.id }}
      fields={fields}
    >
      <SelectField
        name="deadline"
        label={fields.deadline}
        options={ahead.map(({ kind, on }) => ({
          value: `${kind} ${on}`,
          label: `${t(`kinds.${kind}`)} ${dayWithWeekday(on, locale, now)}`,
        }))}
      />
      <TextField
        type="date"
        name="untilOn"
        label={fields.untilOn}
        hint={t("snooze.untilHint")}
        min={first}
        max={last}
      />
      <TextArea name="note" label={fields.note} optional={f("optional")} maxLength={500} />
    </ConfirmForm>
  );
}
