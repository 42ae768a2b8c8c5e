import { useLocale, useTranslations } from "next-intl";
import { KeyValue } from "@/components/ui/key-value";
import type { StatusKind } from "@/components/ui/status";
import { Hash, Mono } from "@/components/ui/text";
import { Time } from "@/components/ui/time";
import { Timeline } from "@/components/ui/timeline";
import type { FormAction } from "@/lib/action";
import { duration } from "@/lib/clock";
import { asLocale } from "@/lib/locale";
import { leaps, type RehearsalEvent, type RehearsalView } from "@/lib/rehearsal/schema/rehearsal";
import { ActButton } from "./act-button";

export type TimeActs = Record<"leap" | "destroy" | "reopen", FormAction>;

const kinds: Partial<Record<RehearsalEvent["kind"], StatusKind>> = {
  ...{ refused: "warn", unheard: "warn", ended: "off", destroyed: "lock", passed: "waiting", reopened: "warn" },
  ...{ alimtalk: "off", opened: "ok", noticed: "ok", replied: "ok" },
};

/** What really happened: events, the session as it is kept, notice, policy, and the day of its destruction. */
export function RehearseFacts({ view, acts }: { view: RehearsalView; acts: TimeActs | null }) {
  const t = useTranslations("rehearsal.run");
  const f = useTranslations("form");
  const locale = asLocale(useLocale());
  const own = { rehearsalId: view.id, working: f("working") };
  const [current] = view.sessions;
  return (
    <section className="rehearse-facts" aria-label={t("facts")}>
      <header>
        <h2>{t("facts")}</h2>
        <p>
          {t("clock")} <Time at={view.now} now={view.now} />
          {view.aheadMs > 0 ? ` · ${t("ahead", { span: duration(view.aheadMs, locale) })}` : ""}
        </p>
      </header>
      {acts ? (
        <div className="mb-4 flex flex-wrap gap-2">
          {leaps.map((leap) => (
            <ActButton key={leap} action={acts.leap} given={{ leap }} {...own}>
              {t(`leap.${leap}`)}
            </ActButton>
          ))}
          <ActButton action={acts.destroy} {...own}>
            {t("destroy")}
          </ActButton>
          <ActButton action={acts.reopen} {...own}>
            {t("reopen")}
          </ActButton>
        </div>
      ) : null}
      <KeyValue
        rows={[
          [
            t("notice"),
            view.notice ? (
              <span key="notice">
                {t(view.notice.verified ? "noticeVerified" : "noticeApproved", { number: view.notice.number })}{" "}
                <Hash value={view.notice.hash} />
              </span>
            ) : (
              t("noticeNone")
            ),
          ],
          [t("scenario"), view.scenario ? t("scenarioOf", view.scenario) : t("scenarioNone")],
          [t("hook"), <Mono key="hook">{view.format}</Mono>],
          ...(current
            ? ([
                [t("record"), <Mono key="record">{current.externalId}</Mono>],
                [t("recordCount"), String(current.messageCount)],
                [t("recordKey"), current.ring ? <Mono key="ring">{current.ring}</Mono> : t("keyGone")],
                [t("policy"), current.policyName ?? t(`waits.${(current.waitsFor ?? "policy") as "end"}`)],
                [t("due"), current.dueOn ?? t(`waits.${(current.waitsFor ?? "policy") as "end"}`)],
              ] as const)
            : []),
        ]}
      />
      <p className="my-3 text-xs text-fg-3">{t("marked")}</p>
      {view.events.length === 0 ? (
        <p className="text-sm text-fg-3">{t("noEvents")}</p>
      ) : (
        <Timeline
          moments={view.events.toReversed().map((event) => ({
            key: String(event.number),
            kind: kinds[event.kind] ?? "note",
            title: t(`event.${event.kind}`),
            note: <EventNote event={event} now={view.now} />,
          }))}
        />
      )}
    </section>
  );
}

function EventNote({ event, now }: { event: RehearsalEvent; now: Date }) {
  const t = useTranslations("rehearsal.run");
  const { kind, detail } = event;
  const more = (): string => {
    if (kind === "entered")
      return [t(`entry.${detail.entry as "qr"}`), detail.place, detail.leads ?? detail.code]
        .filter(Boolean)
        .join(" · ");
    if (kind === "noticed")
      return detail.hash === "" ? t("noticeNone") : t("version", { number: Number(detail.number) });
    if (kind === "refused") return t(`refusedWhy.${detail.why as "first"}`);
    if (kind === "replied") return detail.template === null ? t("freely") : String(detail.template);
    if (kind === "passed") return Number(detail.days) > 0 ? t("days", { days: Number(detail.days) }) : t("hours");
    if (kind === "ended") return t(`endedBy.${(detail.by || "agent") as "agent"}`);
    if (kind === "destroyed")
      return t("destroyedOf", { sessions: Number(detail.sessions), messages: Number(detail.messages) });
    return String(detail.session ?? "");
  };
  return (
    <>
      <Time at={event.at} now={now} /> {more()}
    </>
  );
}
