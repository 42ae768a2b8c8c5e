import { useLocale, useTranslations } from "next-intl";
import { KeyValue } from "@/components/ui/key-value";
import { Panel, PanelPart } from "@/components/ui/panel";
import { Deadline, Missing } from "@/components/ui/text";
import { type Day, dayWithWeekday } from "@/lib/clock";
import { clocks } from "@/lib/privacy/rules/reasons";
import { isUnanswered } from "@/lib/privacy/rules/request";
import type { RequestKind, RequestState, RequestWay } from "@/lib/privacy/schema/request";

/** A request's receipt and its clock, with the article that sets it. */
export function RequestFacts({
  request,
  now,
}: {
  request: {
    kind: RequestKind;
    state: RequestState;
    receivedOn: Day;
    receivedVia: RequestWay;
    channelName: string | null;
    known: boolean;
    proxy: boolean;
    dueOn: Day;
  };
  now: Date;
}) {
  const t = useTranslations("privacy.requests");
  const locale = useLocale();
  const clock = clocks[request.kind];
  return (
    <Panel title={t("facts")} icon="inbox">
      <PanelPart>
        <KeyValue
          rows={[
            [t("columns.receivedOn"), dayWithWeekday(request.receivedOn, locale, now)],
            [t("field.receivedVia"), t(`ways.${request.receivedVia}`)],
            [
              t("columns.dueOn"),
              <Deadline key="due" on={request.dueOn} now={now} done={!isUnanswered(request.state)} />,
            ],
            [t("columns.channel"), request.channelName ?? <Missing key="channel" what="field" />],
            [t("field.userKey"), t(request.known ? "known" : "unknown")],
            [t("field.proxy"), t(request.proxy ? "yes" : "no")],
          ]}
        />
        <p className="hint mt-3">{t("clock", { days: clock.days, article: clock.article })}</p>
        <p className="hint">{t("clockSource", { source: clock.source, day: clock.checkedOn })}</p>
      </PanelPart>
    </Panel>
  );
}
