import { useLocale, useTranslations } from "next-intl";
import { ConfirmForm } from "@/components/form/confirm-form";
import { TextArea } from "@/components/form/text-area";
import { LinkButton } from "@/components/ui/button";
import { Section } from "@/components/ui/section";
import { Status, type StatusKind } from "@/components/ui/status";
import { Table, Td, TdName, Th, Tr } from "@/components/ui/table";
import type { FormAction } from "@/lib/action";
import { type SwitchStep, switchGaps } from "@/lib/channels/rules/switch";
import { type Day, dayWithWeekday } from "@/lib/clock";
import { dealerBySlug } from "@/lib/dealers/directory";

const kinds: Readonly<Record<SwitchStep["answer"], StatusKind>> = { yes: "ok", no: "off", unknown: "unknown" };

type Open = {
  id: string;
  fromDealer: string;
  toDealer: string;
  lastOn: Day;
  reason: string;
  by: string;
  steps: readonly SwitchStep[];
};

/** A switch under way: each step with its reason, and what opens the last act. */
export function SwitchOpen({
  channel,
  open,
  may,
  completeAction,
  withdrawAction,
  now,
}: {
  channel: { id: string; name: string };
  open: Open;
  may: { switch: boolean; connections: boolean };
  completeAction: FormAction;
  withdrawAction: FormAction;
  now: Date;
}) {
  const t = useTranslations("channels");
  const locale = useLocale();
  const dealers = { from: nameOf(open.fromDealer), to: nameOf(open.toDealer) };
  const { steps } = open;
  const done = steps.filter(({ answer }) => answer === "yes").length;
  const day = dayWithWeekday(open.lastOn, locale, now);
  const head = (
    <>
      <Th>{t("switch.step")}</Th>
      <Th>{t("switch.answer")}</Th>
      <Th end>
        <span className="sr-only">{t("switch.because")}</span>
      </Th>
    </>
  );
  return (
    <Section
      title={t("switch.open.title", dealers)}
      count={t("switch.open.progress", { done, of: steps.length })}
      note={t("switch.open.note", { day, by: open.by, reason: open.reason })}
    >
      <Table caption={t("switch.table")} head={head}>
        {steps.map((step) => (
          <Tr key={step.key}>
            <TdName second={<Because step={step} now={now} />}>{t(`switch.steps.${step.key}`)}</TdName>
            <Td nowrap>
              <Status kind={kinds[step.answer]}>{t(`switch.answers.${step.answer}`)}</Status>
            </Td>
            <Td end>{step.answer === "yes" ? null : <Way channelId={channel.id} step={step} may={may} />}</Td>
          </Tr>
        ))}
      </Table>
      {may.switch ? (
        <Acts
          channel={channel}
          open={open}
          dealers={dealers}
          completeAction={completeAction}
          withdrawAction={withdrawAction}
        />
      ) : null}
    </Section>
  );
}

function Because({ step, now }: { step: SwitchStep; now: Date }) {
  const t = useTranslations("channels");
  const locale = useLocale();
  const day = step.day === null ? "" : dayWithWeekday(step.day, locale, now);
  return t(`switch.reasons.${step.because}`, { day, number: step.number, count: step.count });
}

/** Where a step is brought about. */
function Way({
  channelId,
  step,
  may,
}: {
  channelId: string;
  step: SwitchStep;
  may: { switch: boolean; connections: boolean };
}) {
  const t = useTranslations("channels");
  const contract = step.subject === null ? "/dealers" : `/dealers/contracts/${step.subject}`;
  switch (step.key) {
    case "former-contract":
    case "new-contract":
    case "new-consignment":
      return (
        <LinkButton size="sm" href={contract}>
          {t(step.subject === null ? "switch.goTo.contracts" : "switch.goTo.contract")}
        </LinkButton>
      );
    case "new-reconsignment":
      return (
        <LinkButton size="sm" href={step.subject === null ? "/dealers" : `${contract}/consignees`}>
          {t(step.subject === null ? "switch.goTo.contracts" : "switch.goTo.consignees")}
        </LinkButton>
      );
    case "former-connection":
      return may.connections && step.subject ? (
        <LinkButton size="sm" href={`/dealers/${step.subject}`}>
          {t("switch.goTo.connection")}
        </LinkButton>
      ) : null;
    case "new-sender-key":
      return may.switch ? (
        <LinkButton size="sm" href={`/channels/${channelId}/edit`}>
          {t("switch.goTo.profile")}
        </LinkButton>
      ) : null;
    default:
      return null;
  }
}

function Acts({
  channel,
  open,
  dealers,
  completeAction,
  withdrawAction,
}: {
  channel: { id: string; name: string };
  open: Open;
  dealers: { from: string; to: string };
  completeAction: FormAction;
  withdrawAction: FormAction;
}) {
  const t = useTranslations("channels");
  const gaps = switchGaps(open.steps).length;
  const unknown = open.steps.filter(({ answer }) => answer === "unknown").length;
  const hidden = { channelId: channel.id, switchId: open.id };
  return (
    <div className="mt-4 flex flex-wrap items-center gap-2">
      <ConfirmForm
        action={completeAction}
        opener={t("switch.complete")}
        openerVariant={gaps === 0 ? "primary" : "default"}
        title={t("switch.completeTitle", { name: channel.name, to: dealers.to })}
        body={
          <>
            <p>{t("switch.completeBody", dealers)}</p>
            {unknown > 0 ? <p className="mt-2">{t("switch.completeUnknown", { count: unknown })}</p> : null}
          </>
        }
        submit={t("switch.complete")}
        hidden={hidden}
      />
      <ConfirmForm
        action={withdrawAction}
        opener={t("switch.withdraw")}
        title={t("switch.withdrawTitle")}
        body={t("switch.withdrawBody", dealers)}
        submit={t("switch.withdrawAct")}
        hidden={hidden}
        fields={{ reason: t("switch.fields.reason") }}
      >
        <TextArea
          name="reason"
          label={t("switch.fields.reason")}
          hint={t("switch.hints.reason")}
          limit={500}
          rows={2}
        />
      </ConfirmForm>
      {gaps > 0 ? <p className="hint">{t("switch.completeClosed", { count: gaps })}</p> : null}
    </div>
  );
}

function nameOf(slug: string): string {
  return dealerBySlug(slug)?.name ?? slug;
}
