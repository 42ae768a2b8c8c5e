import { useLocale, useTranslations } from "next-intl";
import { ConfirmForm } from "@/components/form/confirm-form";
import { Checkbox } from "@/components/form/field";
import { Panel, PanelPart } from "@/components/ui/panel";
import { Glyph, Status } from "@/components/ui/status";
import type { FormAction } from "@/lib/action";
import { goLiveGaps, type ItemMark, pointOfNoReturn } from "@/lib/channels/rules";
import type { ChannelState } from "@/lib/channels/schema";
import { fullTime } from "@/lib/clock";

/** The gate: closed with each of its reasons, then open; behind it the point of no return (guide 3-3). */
export function GoLivePanel({
  channel,
  marks,
  mayGoLive,
  action,
}: {
  channel: {
    id: string;
    name: string;
    dealer: string | null;
    state: ChannelState;
    wentLiveAt: Date | null;
    wentLiveBy: string | null;
  };
  marks: readonly ItemMark[];
  mayGoLive: boolean;
  action: FormAction;
}) {
  const t = useTranslations("channels");
  const locale = useLocale();
  const gaps = goLiveGaps(channel.dealer, marks);
  if (channel.wentLiveAt !== null) {
    return (
      <Panel title={t("gate.title")} aside={<Status kind="ok">{t("gate.live")}</Status>}>
        <PanelPart>
          {t("gate.since", { time: fullTime(channel.wentLiveAt, locale), name: channel.wentLiveBy ?? "" })}
        </PanelPart>
      </Panel>
    );
  }
  if (channel.state === "ended") {
    return (
      <Panel title={t("gate.title")} aside={<Status kind="off">{t("gate.closed")}</Status>}>
        <PanelPart>{t("gate.ended")}</PanelPart>
      </Panel>
    );
  }
  const open = gaps.length === 0;
  return (
    <Panel
      title={t("gate.title")}
      aside={open ? <Status kind="ok">{t("gate.ready")}</Status> : <Status kind="bad">{t("gate.closed")}</Status>}
    >
      <PanelPart>
        {open ? (
          t("gate.allHold")
        ) : (
          <ul>
            {gaps.map((gap) => (
              <li
                key={gap.key}
                className="flex gap-2 border-b border-line py-2 text-sm first:pt-0 last:border-0 last:pb-0"
              >
                <span className="pt-0.5">
                  <Glyph kind="bad" />
                </span>
                <span>
                  {t.rich("gate.missing", {
                    item: t(`onboarding.items.${gap.key}`),
                    a: (title) => (
                      <a className="underline underline-offset-2" href={`#item-${gap.key}`}>
                        {title}
                      </a>
                    ),
                  })}
                </span>
              </li>
            ))}
          </ul>
        )}
      </PanelPart>
      <PanelPart>
        <p className="mb-2 text-xs font-medium">{t("gate.warning")}</p>
        <PointOfNoReturn />
        <div className="mt-3">
          {open && mayGoLive ? (
            <ConfirmForm
              action={action}
              opener={t("gate.act")}
              openerVariant="primary"
              title={t("gate.question", { name: channel.name })}
              body={<PointOfNoReturn />}
              submit={t("gate.act")}
              variant="danger"
              hidden={{ channelId: channel.id }}
              fields={{ confirmed: t("fields.confirmed") }}
            >
              <Checkbox name="confirmed" label={t("gate.confirm")} />
            </ConfirmForm>
          ) : (
            <>
              <button type="button" className="btn w-full" disabled aria-describedby="go-live-why">
                {t("gate.act")}
              </button>
              <p className="hint" id="go-live-why">
                {open ? t("gate.adminOnly") : t("gate.needs", { count: gaps.length })}
              </p>
            </>
          )}
        </div>
      </PanelPart>
    </Panel>
  );
}

/** Guide 3-3, letter by letter. */
function PointOfNoReturn() {
  const t = useTranslations("channels");
  return (
    <blockquote className="border-l-2 border-line-2 pl-2.5 text-xs text-fg-2" lang="ko">
      {pointOfNoReturn.map(({ quote }) => (
        <p key={quote} className="mb-1">
          {quote}
        </p>
      ))}
      <cite className="text-fg-3 not-italic">
        {t("onboarding.guide", { section: pointOfNoReturn[0]?.section ?? "" })}
      </cite>
    </blockquote>
  );
}
