import { getLocale, getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { LinkButton } from "@/components/ui/button";
import { Icon } from "@/components/ui/icon";
import { KeyValue } from "@/components/ui/key-value";
import { Panel, PanelPart } from "@/components/ui/panel";
import { Status } from "@/components/ui/status";
import { Hash, Missing } from "@/components/ui/text";
import { Timeline } from "@/components/ui/timeline";
import { clockTime, fullDay, fullTime } from "@/lib/clock";
import { asLocale } from "@/lib/locale";
import { hasSentence, sentence } from "@/lib/messages";
import type { AuditTableRow } from "./audit-table";
import { actionWord, actorWord, placeWord, targetWord, valuesOf } from "./audit-words";

export type AuditEventDetail = AuditTableRow & {
  reason: string;
  /** Hex. */
  digest: string;
  previous: string | null;
  sealedAt: Date | null;
  person: { email: string; role: string | null } | null;
};

/**
 * One entry: the five items of an access record (안전성 확보조치 기준 제2조 제3호, 2026-11-22: 식별자, 접속일시, 접속지, 처리한 정보주체 정보,
 * 수행업무) first, then what else is on record and its place in the chain.
 */
export async function EventPanel({ event, closeHref }: { event: AuditEventDetail; closeHref: string }) {
  const t = await getTranslations("audit");
  const locale = asLocale(await getLocale());
  const values = Object.entries(valuesOf(event.body)).filter(([, value]) => value !== null);
  const role = event.person?.role ? sentence(`shell.roles.${event.person.role}`, locale) : t("event.former");
  const result = `audit.results.${event.result}`;
  const nobody = <Missing key="missing" what="field" />;
  const long = (text: string, mono = false) => (
    <span key={text} className={mono ? "mono wrap-anywhere" : "wrap-anywhere"}>
      {text}
    </span>
  );
  const who = (
    <span key="who">
      {actorWord(event, locale)}{" "}
      <span className="text-xs text-fg-3 wrap-anywhere">{event.person?.email ?? event.actor.id}</span>
    </span>
  );
  const milliseconds = String(event.at.getUTCMilliseconds()).padStart(3, "0");
  const rows: [string, ReactNode][] = [
    [t("event.who"), who],
    [t("event.at"), `${fullDay(event.at, locale)} ${clockTime(event.at, true)}.${milliseconds} KST`],
    [t("event.address"), long(placeWord(event, locale), event.address !== "local")],
    [t("event.subject"), event.subject ? long(event.subject, true) : nobody],
    [t("event.work"), `${actionWord(event.action, locale)} · ${targetWord(event, locale)}`],
    [t("event.reason"), event.reason ? long(event.reason) : nobody],
    [t("event.result"), hasSentence(result, locale) ? sentence(result, locale) : event.result],
  ];
  if (event.person) rows.push([t("event.role"), role]);
  const recorded: [string, ReactNode][] = [
    [kindWord(event.target.kind, locale), long(event.target.id, true)],
    ...values.map(([name, value]): [string, ReactNode] => [
      name,
      long(typeof value === "object" ? JSON.stringify(value) : String(value), true),
    ]),
  ];
  return (
    <Panel
      title={event.seq === null ? t("event.unnumbered") : t("event.number", { seq: event.seq })}
      aside={
        <span className="flex items-center gap-2">
          <Status kind={event.hash ? "ok" : "unknown"}>{event.hash ? t("sealed") : t("waiting")}</Status>
          <LinkButton
            variant="ghost"
            size="sm"
            square
            href={closeHref}
            aria-label={t("event.close")}
            icon={<Icon name="x" />}
          />
        </span>
      }
      footer={t("event.footer")}
    >
      <PanelPart>
        <KeyValue rows={rows} />
        <p className="mt-3 text-xs text-fg-3">{t("event.law")}</p>
      </PanelPart>
      <PanelPart>
        <h3 className="mb-2 text-sm font-bold">{t("event.target")}</h3>
        <KeyValue rows={recorded} />
      </PanelPart>
      <PanelPart>
        <h3 className="mb-2 text-sm font-bold">{t("event.chain")}</h3>
        <Timeline
          moments={[
            {
              key: "previous",
              kind: event.previous ? "ok" : "unknown",
              title:
                event.seq === null || event.seq === 1 ? t("event.root") : t("event.previous", { seq: event.seq - 1 }),
              note: event.previous ? <Hash value={event.previous} head={8} tail={8} /> : t("event.notSealed"),
            },
            {
              key: "digest",
              kind: "note",
              title: t("event.digest"),
              note: <Hash value={event.digest} head={8} tail={8} />,
            },
            {
              key: "hash",
              kind: event.hash ? "ok" : "unknown",
              title: t("event.hash"),
              note: event.hash ? (
                <>
                  <Hash value={event.hash} head={8} tail={8} />
                  {event.sealedAt ? (
                    <span className="block">
                      {t("event.sealedAt", { time: fullTime(event.sealedAt, locale, true) })}
                    </span>
                  ) : null}
                </>
              ) : (
                t("event.notSealed")
              ),
            },
          ]}
        />
      </PanelPart>
    </Panel>
  );
}

function kindWord(kind: string, locale: "ko" | "en"): string {
  const key = `audit.targets.${kind}`;
  return hasSentence(key, locale) ? sentence(key, locale) : kind;
}
