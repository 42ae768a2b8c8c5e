import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { ConfirmForm } from "@/components/form/confirm-form";
import { SubmitButton } from "@/components/form/submit-button";
import { TextArea } from "@/components/form/text-area";
import { Hash } from "@/components/ui/text";
import { goLivePhrase } from "@/lib/channels/rules/go-live";
import { pointOfNoReturn } from "@/lib/channels/rules/onboarding-items";
import { dayAndTime } from "@/lib/clock";
import type { GateChannel, GateView } from "./go-live-view";

/** What can be done at the gate: ask; agree, send back or take back what was asked; or why nothing can be done. */
export function GoLiveAsk({ channel, view, gaps }: { channel: GateChannel; view: GateView; gaps: number }) {
  const t = useTranslations("channels");
  const { request } = channel;
  if (request) return <Pending channel={channel} request={request} view={view} open={gaps === 0} />;
  const declined = channel.declined ? <Declined declined={channel.declined} now={view.now} /> : null;
  if (gaps === 0 && view.may.request) {
    return (
      <>
        {declined}
        <RequestForm channel={channel} view={view} opener={t("gate.request")} />
        <p className="hint">{t("gate.twoPeople")}</p>
      </>
    );
  }
  return (
    <>
      {declined}
      <button type="button" className="btn w-full" disabled aria-describedby="go-live-why">
        {t("gate.act")}
      </button>
      <p className="hint" id="go-live-why">
        {gaps === 0 ? t("gate.adminOnly") : t("gate.needs", { count: gaps })}
      </p>
    </>
  );
}

function RequestForm({ channel, view, opener }: { channel: GateChannel; view: GateView; opener: string }) {
  const t = useTranslations("channels");
  return (
    <ConfirmForm
      key={channel.request?.id ?? "none"}
      action={view.actions.request}
      opener={opener}
      openerVariant="primary"
      title={t("gate.requestQuestion", { name: channel.name })}
      body={<PointOfNoReturn />}
      submit={t("gate.requestAct")}
      hidden={{ channelId: channel.id }}
      phrase={goLivePhrase(channel.searchId)}
      note={t("gate.requestNote")}
    />
  );
}

function Pending({
  channel,
  request,
  view,
  open,
}: {
  channel: GateChannel;
  request: NonNullable<GateChannel["request"]>;
  view: GateView;
  open: boolean;
}) {
  const t = useTranslations("channels");
  const form = useTranslations("form");
  const locale = useLocale();
  const own = request.personId === view.personId;
  const hidden = { channelId: channel.id, requestId: request.id };
  return (
    <>
      <p className="text-sm">
        {t("gate.requestedBy", { name: request.by, time: dayAndTime(request.at, locale, view.now) })}
      </p>
      <p className="hint">
        {t("gate.digest")} <Hash value={request.digest} />
      </p>
      {request.changed ? <p className="hint k-warn">{t("gate.changed")}</p> : null}
      {own ? <p className="hint">{t("gate.ownRequest")}</p> : null}
      {own || view.may.agree ? null : <p className="hint">{t("gate.cannotAgree")}</p>}
      <div className="mt-3 flex flex-wrap gap-2">
        {!own && view.may.agree ? (
          <>
            {request.changed ? null : (
              <ConfirmForm
                key={`agree-${request.id}`}
                action={view.actions.agree}
                opener={t("gate.agree")}
                openerVariant="primary"
                title={t("gate.agreeQuestion", { name: channel.name })}
                body={<PointOfNoReturn />}
                submit={t("gate.agreeAct")}
                variant="danger"
                hidden={hidden}
                phrase={goLivePhrase(channel.searchId)}
              />
            )}
            <ConfirmForm
              key={`decline-${request.id}`}
              action={view.actions.decline}
              opener={t("gate.decline")}
              title={t("gate.declineQuestion", { name: channel.name })}
              submit={t("gate.declineAct")}
              hidden={hidden}
              fields={{ note: t("fields.note") }}
            >
              <TextArea name="note" label={t("fields.note")} hint={t("hints.declineNote")} limit={500} rows={2} />
            </ConfirmForm>
          </>
        ) : null}
        {request.changed && open && view.may.request ? (
          <RequestForm channel={channel} view={view} opener={t("gate.renew")} />
        ) : null}
        {own && view.may.request ? (
          <ActionForm action={view.actions.withdraw} summary={t("gate.withdraw")} working={form("working")}>
            {Object.entries(hidden).map(([name, value]) => (
              <input key={name} type="hidden" name={name} value={value} />
            ))}
            <SubmitButton variant="default">{t("gate.withdraw")}</SubmitButton>
          </ActionForm>
        ) : null}
      </div>
    </>
  );
}

function Declined({ declined, now }: { declined: NonNullable<GateChannel["declined"]>; now: Date }) {
  const t = useTranslations("channels");
  const locale = useLocale();
  return (
    <p className="mb-2 text-sm">
      {t("gate.declined", { name: declined.by, time: dayAndTime(declined.at, locale, now), note: declined.note })}
    </p>
  );
}

/** Guide 3-3, letter by letter. */
export function PointOfNoReturn() {
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
