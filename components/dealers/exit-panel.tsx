import { useLocale, useTranslations } from "next-intl";
import { ConfirmForm } from "@/components/form/confirm-form";
import { TextField } from "@/components/form/field";
import { TextArea } from "@/components/form/text-area";
import { Panel, PanelPart } from "@/components/ui/panel";
import type { FormAction } from "@/lib/action";
import { endOfButtons } from "@/lib/channels/rules/life";
import { dayAndTime, daysBetween, dayWithWeekday, kstDay } from "@/lib/clock";
import type { ContractView } from "@/lib/dealers/rules/contract-view";
import { endingChannels, exitProgress } from "@/lib/dealers/rules/exit";
import type { ExitView } from "@/lib/dealers/rules/exit-view";

type Props = {
  contract: Pick<ContractView, "id" | "number" | "service" | "dealer" | "approved">;
  exit: ExitView;
  mayAsk: boolean;
  now: Date;
  actions: Record<"end" | "reinstate", FormAction>;
};

/** Where the end stands: what it would do, the countdown to 24:00 KST of the last day, and what can be asked. */
export function ExitPanel({ contract, exit, mayAsk, now, actions }: Props) {
  const t = useTranslations("dealers.exit");
  const { standing } = exit;
  const over = standing !== null && standing.endsOn < kstDay(now);
  const askable = mayAsk && exit.pending === null && contract.approved !== null;
  return (
    <Panel title={standing ? t("title") : t("before.title")} aside={standing ? null : t("before.note")}>
      <PanelPart>
        {standing ? <Standing exit={exit} standing={standing} now={now} /> : null}
        {over ? null : (
          <p className="text-sm">
            <EffectWords contract={contract} exit={exit} />
          </p>
        )}
        {standing ? null : (
          <blockquote className="mt-3 border-l-2 border-line-2 pl-2.5 text-xs" lang="ko">
            {endOfButtons.quote}{" "}
            <cite className="text-fg-3 not-italic">{t("quoteGuide", { section: endOfButtons.section })}</cite>
          </blockquote>
        )}
        {askable ? (
          <div className="mt-3 flex flex-wrap gap-2">
            {over ? null : <AskEnd contract={contract} exit={exit} now={now} action={actions.end} />}
            {standing ? <AskReinstatement contract={contract} exit={exit} action={actions.reinstate} /> : null}
          </div>
        ) : null}
        {contract.approved === null ? <p className="hint mt-3">{t("request.draft")}</p> : null}
        {mayAsk ? null : <p className="hint mt-3">{t("request.admin")}</p>}
      </PanelPart>
    </Panel>
  );
}

/** What the end does, or would do, to channels and to the places where their buttons hang. */
function EffectWords({ contract, exit }: { contract: { service: boolean }; exit: ExitView }) {
  const t = useTranslations("dealers.exit.before");
  const ending = endingChannels({ service: contract.service, channels: exit.channels });
  if (!contract.service) return t("consignmentOnly");
  if (exit.channels.length === 0) return t("none");
  if (ending.length === 0) return t("noEffect");
  return t("effect", {
    channels: ending.length,
    placements: ending.reduce((sum, channel) => sum + channel.placements, 0),
  });
}

function Standing({ exit, standing, now }: { exit: ExitView; standing: NonNullable<ExitView["standing"]>; now: Date }) {
  const t = useTranslations("dealers.exit.standing");
  const locale = useLocale();
  const left = daysBetween(kstDay(now), standing.endsOn);
  const day = dayWithWeekday(standing.endsOn, locale, now);
  const progress = exit.states ? exitProgress(exit.states) : { done: 0, of: 0 };
  return (
    <div className="mb-2 text-sm">
      <p className="font-semibold">{left > 0 ? t("coming", { day }) : left === 0 ? t("today") : t("over", { day })}</p>
      {left > 0 ? <p>{t("left", { count: left })}</p> : null}
      <p>{exit.closed ? t("closed") : t("open", progress)}</p>
      {standing.closedAt ? (
        <p className="hint">
          {t("agreed", { name: standing.closedBy ?? "", at: dayAndTime(standing.closedAt, locale, now) })}
        </p>
      ) : null}
    </div>
  );
}

function AskEnd({ contract, exit, now, action }: Omit<Props, "mayAsk" | "actions"> & { action: FormAction }) {
  const t = useTranslations("dealers.exit.request");
  return (
    <ConfirmForm
      key={`end-${exit.standing?.id ?? ""}`}
      action={action}
      opener={t(exit.standing ? "move" : "act")}
      openerSize="sm"
      title={t("question", { number: contract.number })}
      body={
        <>
          <p className="mb-1">
            <EffectWords contract={contract} exit={exit} />
          </p>
          <p>{t(exit.standing ? "moveAbout" : "about")}</p>
        </>
      }
      submit={t("act")}
      variant="danger"
      hidden={{ contractId: contract.id }}
      fields={{ endsOn: t("endsOn"), reason: t("reason") }}
    >
      <TextField
        name="endsOn"
        type="date"
        label={t("endsOn")}
        hint={t("endsOnHint")}
        min={kstDay(now)}
        defaultValue={exit.standing?.endsOn}
      />
      <TextArea name="reason" label={t("reason")} hint={t("reasonHint")} limit={500} rows={2} />
    </ConfirmForm>
  );
}

function AskReinstatement({ contract, exit, action }: Pick<Props, "contract" | "exit"> & { action: FormAction }) {
  const t = useTranslations("dealers.exit");
  const moved = contract.service
    ? exit.channels.filter(({ dealer }) => dealer !== null && dealer !== contract.dealer)
    : [];
  if (moved.length > 0)
    return <p className="hint">{t("reinstate.moved", { channels: moved.map(({ name }) => name).join(", ") })}</p>;
  const channels = endingChannels({ service: contract.service, channels: exit.channels }).length;
  return (
    <ConfirmForm
      key={`reinstate-${exit.standing?.id ?? ""}`}
      action={action}
      opener={t("reinstate.act")}
      openerSize="sm"
      title={t("reinstate.question", { number: contract.number })}
      body={t("reinstate.body", { channels })}
      submit={t("reinstate.act")}
      hidden={{ contractId: contract.id }}
      fields={{ reason: t("request.reason") }}
    >
      <TextArea name="reason" label={t("request.reason")} hint={t("request.reasonHint")} limit={500} rows={2} />
    </ConfirmForm>
  );
}
