import { useLocale, useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { Panel, PanelPart } from "@/components/ui/panel";
import { Glyph, Status } from "@/components/ui/status";
import { goLiveGaps, type ItemState } from "@/lib/channels/rules/onboarding";
import { fullTime, shortDay } from "@/lib/clock";
import { GoLiveAsk, PointOfNoReturn } from "./go-live-ask";
import type { GateChannel, GateView } from "./go-live-view";
import { contractAddress } from "./onboarding-evidence";
import { itemGlyph } from "./onboarding-table";

/** The gate: closed with each of its reasons, then open to a request that another person agrees to (guide 3-3). */
export function GoLivePanel({ channel, view }: { channel: GateChannel; view: GateView }) {
  const t = useTranslations("channels");
  if (channel.wentLiveAt !== null) return <AfterPanel channel={channel} at={channel.wentLiveAt} />;
  if (channel.state === "ended") {
    return (
      <Panel title={t("gate.title")} aside={<Status kind="off">{t("gate.closed")}</Status>}>
        <PanelPart>{t("gate.ended")}</PanelPart>
      </Panel>
    );
  }
  const gaps = goLiveGaps(channel.states);
  const open = gaps.length === 0;
  const status = channel.request ? (
    <Status kind="waiting">{t("gate.pending")}</Status>
  ) : open ? (
    <Status kind="ok">{t("gate.ready")}</Status>
  ) : (
    <Status kind="bad">{t("gate.closed")}</Status>
  );
  return (
    <Panel title={t("gate.title")} icon="shield-check" aside={status}>
      <PanelPart>
        {open ? (
          t("gate.allHold")
        ) : (
          <ul>
            {gaps.map((gap) => (
              <Gap key={gap.key} gap={gap} channel={channel} view={view} />
            ))}
          </ul>
        )}
      </PanelPart>
      <PanelPart>
        <p className="mb-2 text-xs font-medium">{t("gate.warning")}</p>
        <PointOfNoReturn />
        <div className="mt-3">
          <GoLiveAsk channel={channel} view={view} gaps={gaps.length} />
        </div>
      </PanelPart>
    </Panel>
  );
}

const sentences = {
  done: "gate.missing",
  "not-applicable": "gate.missing",
  open: "gate.missing",
  contradicted: "gate.contradicted",
  expired: "gate.expired",
  waiting: "gate.waiting",
  unknown: "gate.unknown",
} as const;

/** One reason, with the way to where it is put right, and whose it is until when. */
function Gap({ gap, channel, view }: { gap: ItemState; channel: GateChannel; view: GateView }) {
  const t = useTranslations("channels");
  const locale = useLocale();
  const plan = channel.plans.find((one) => one.item === gap.key);
  const href = gap.contractId && view.may.contracts ? contractAddress(gap.key, gap.contractId) : `#item-${gap.key}`;
  const day = plan?.dueOn ? shortDay(plan.dueOn, locale, view.now) : null;
  const whose = plan?.owner
    ? day
      ? t("gate.dueBy", { name: plan.owner, day })
      : plan.owner
    : day && t("gate.byDay", { day });
  const why = gap.reason ? t(`onboarding.reasons.${gap.reason}`, { count: gap.count }) : null;
  return (
    <li className="flex gap-2 border-b border-line py-2 text-sm first:pt-0 last:border-0 last:pb-0">
      <span className="pt-0.5">
        <Glyph kind={itemGlyph(gap.status, true)} />
      </span>
      <span>
        {t.rich(sentences[gap.status], {
          item: t(`onboarding.items.${gap.key}`),
          a: (title) => (
            <a className="underline underline-offset-2" href={href}>
              {title}
            </a>
          ),
        })}
        {why || whose ? (
          <span className="block text-xs text-fg-2">{[why, whose].filter(Boolean).join(" ")}</span>
        ) : null}
      </span>
    </li>
  );
}

/** What follows: chat in the old place is off, buttons answer, people who were blocked have to be blocked again. */
function AfterPanel({ channel, at }: { channel: GateChannel; at: Date }) {
  const t = useTranslations("channels");
  const locale = useLocale();
  const time = fullTime(at, locale);
  const name = channel.wentLiveBy ?? "";
  const ended = channel.state === "ended";
  return (
    <Panel
      title={t("gate.title")}
      icon="shield-check"
      aside={<Status kind={ended ? "off" : "ok"}>{t(ended ? "states.ended" : "gate.live")}</Status>}
    >
      <PanelPart>
        {channel.requestedBy === null
          ? t("gate.since", { time, name })
          : t("gate.sinceBoth", { time, name, by: channel.requestedBy })}
      </PanelPart>
      {ended ? null : (
        <PanelPart>
          <h3 className="mb-1 text-xs font-semibold">{t("gate.after.title")}</h3>
          <ul className="flex flex-col gap-1 text-sm">
            <li>
              {channel.placements > 0
                ? t("gate.after.placements", { count: channel.placements })
                : t("gate.after.noPlacements")}
            </li>
            <li>{t("gate.after.chat")}</li>
            {channel.blocked === null ? null : (
              <li>
                <Link className="underline underline-offset-2" href={`/channels/${channel.id}/blocks`}>
                  {t("gate.after.blocks")}
                </Link>
              </li>
            )}
          </ul>
        </PanelPart>
      )}
    </Panel>
  );
}
