import { useLocale, useTranslations } from "next-intl";
import { ConfirmForm } from "@/components/form/confirm-form";
import { TextField } from "@/components/form/field";
import { TextArea } from "@/components/form/text-area";
import { Link } from "@/components/ui/link";
import { Panel, PanelPart } from "@/components/ui/panel";
import type { FormAction } from "@/lib/action";
import { endOfButtons } from "@/lib/channels/rules/life";
import type { ChannelState } from "@/lib/channels/schema";
import { type Day, dayWithWeekday, kstDay } from "@/lib/clock";

/** The last day of use: none, coming or past, and what follows for buttons (guide 3-4). */
export function EndPanel({
  channel,
  mayEnd,
  now,
  endAction,
  withdrawAction,
}: {
  channel: {
    id: string;
    name: string;
    version: number;
    state: ChannelState;
    endsOn: Day | null;
    endReason: string | null;
    ownEndsOn: Day | null;
    endsByContract: boolean;
    endContract: { id: string; number: string } | null;
    placements: number;
  };
  mayEnd: boolean;
  now: Date;
  endAction: FormAction;
  withdrawAction: FormAction;
}) {
  const t = useTranslations("channels");
  const locale = useLocale();
  const day = channel.endsOn ? dayWithWeekday(channel.endsOn, locale, now) : null;
  const own = channel.ownEndsOn ? dayWithWeekday(channel.ownEndsOn, locale, now) : null;
  const over = channel.state === "ended";
  const count = channel.placements;
  const hidden = { channelId: channel.id, version: String(channel.version) };
  const reason = <TextArea name="reason" label={t("fields.reason")} hint={t("hints.reason")} limit={500} rows={2} />;
  return (
    <Panel title={t("end.title")}>
      <PanelPart>
        <p className="text-sm">{day === null ? t("end.none") : t(over ? "end.over" : "end.until", { day })}</p>
        {channel.endsByContract ? (
          <p className="hint">
            {channel.endContract ? (
              <Link href={`/dealers/contracts/${channel.endContract.id}/exit`}>
                {t("end.byContract", { number: channel.endContract.number })}
              </Link>
            ) : (
              t("end.bySomeContract")
            )}
          </p>
        ) : null}
        {channel.endReason ? <p className="hint">{t("end.reason", { reason: channel.endReason })}</p> : null}
        {day === null ? null : (
          <p className="hint">
            <Effect over={over} count={count} />
          </p>
        )}
        {mayEnd && !over ? (
          <div className="mt-3 flex flex-wrap gap-2">
            <ConfirmForm
              key={`end-${channel.version}`}
              action={endAction}
              opener={t(channel.ownEndsOn === null ? "end.set" : "end.move")}
              openerSize="sm"
              title={t("end.question", { name: channel.name })}
              body={<EndEffect count={count} />}
              submit={t("end.act")}
              variant="danger"
              hidden={hidden}
              fields={{ endsOn: t("fields.lastDay"), reason: t("fields.reason") }}
            >
              <TextField
                name="endsOn"
                type="date"
                label={t("fields.lastDay")}
                hint={t("hints.lastDay")}
                min={kstDay(now)}
                defaultValue={channel.ownEndsOn ?? undefined}
              />
              {reason}
            </ConfirmForm>
            {own === null ? null : (
              <ConfirmForm
                key={`withdraw-${channel.version}`}
                action={withdrawAction}
                opener={t("end.withdraw")}
                openerSize="sm"
                title={t("end.withdrawQuestion", { name: channel.name })}
                body={t(channel.endsByContract ? "end.withdrawBodyContract" : "end.withdrawBody", { day: own })}
                submit={t("end.withdraw")}
                hidden={hidden}
                fields={{ reason: t("fields.reason") }}
              >
                {reason}
              </ConfirmForm>
            )}
          </div>
        ) : null}
      </PanelPart>
    </Panel>
  );
}

function EndEffect({ count }: { count: number }) {
  const t = useTranslations("channels");
  return (
    <>
      <p className="mb-2">
        <Effect over={false} count={count} />
      </p>
      <blockquote className="border-l-2 border-line-2 pl-2.5 text-xs" lang="ko">
        {endOfButtons.quote}{" "}
        <cite className="text-fg-3 not-italic">{t("onboarding.guide", { section: endOfButtons.section })}</cite>
      </blockquote>
    </>
  );
}

/** What follows for the places where buttons hang. */
function Effect({ over, count }: { over: boolean; count: number }) {
  const t = useTranslations("channels");
  if (count === 0) return t(over ? "end.effectOverNone" : "end.effectNone");
  return t(over ? "end.effectOver" : "end.effect", { count });
}
