import { useLocale, useTranslations } from "next-intl";
import { ActionForm } from "@/components/form/action-form";
import { SubmitButton } from "@/components/form/submit-button";
import { RefreshWhile } from "@/components/transcripts/refresh-while";
import { Callout } from "@/components/ui/callout";
import { KeyValue } from "@/components/ui/key-value";
import { Section } from "@/components/ui/section";
import { Hash } from "@/components/ui/text";
import type { FormAction } from "@/lib/action";
import { dayAndTime, duration, fullTime } from "@/lib/clock";
import { asLocale } from "@/lib/locale";
import type { PlacementRow } from "@/lib/placements/schema";
import type { PresenceCheckRow, PresenceHistory } from "@/lib/placements/schema/presence";
import { PresenceStatus } from "./presence-status";

/** Every look at a place's page: what was seen, why, and what shows it. */
export function PresenceHistoryView({
  placement,
  history,
  now,
  action,
}: {
  placement: PlacementRow;
  history: PresenceHistory;
  now: Date;
  action: FormAction | null;
}) {
  const t = useTranslations("placements");
  const f = useTranslations("form");
  const locale = asLocale(useLocale());
  return (
    <>
      {history.asked ? (
        <Callout kind="note" role="status" title={t("presence.askedOne")}>
          <RefreshWhile everyMs={2_000} />
        </Callout>
      ) : null}
      {action ? (
        <ActionForm action={action} summary={t("new.check")} working={f("working")} className="mb-5">
          <input type="hidden" name="placementId" value={placement.id} />
          <SubmitButton>{t("presence.check")}</SubmitButton>
          <p className="hint mt-2">
            {history.nextDueAt
              ? t("presence.next", { at: dayAndTime(history.nextDueAt, locale, now) })
              : t("presence.noNext")}
          </p>
        </ActionForm>
      ) : null}
      {history.items.length === 0 ? (
        <p className="hint">{t("presence.noHistory")}</p>
      ) : (
        history.items.map((look) => <Look key={look.id} look={look} />)
      )}
    </>
  );
}

function Look({ look }: { look: PresenceCheckRow }) {
  const t = useTranslations("placements.presence");
  const locale = asLocale(useLocale());
  return (
    <Section title={fullTime(look.at, locale)} note={t(`trigger.${look.trigger}`, { name: look.personName ?? "" })}>
      <KeyValue
        rows={[
          [t("column.seen"), <PresenceStatus key="s" wanted={look.wanted} verdict={look.verdict} />],
          [t("column.why"), t(`reason.${look.reason}`)],
          [
            t("final"),
            <span key="f" className="mono">
              {look.finalUrl || look.pageUrl}
            </span>,
          ],
          [
            t("answer"),
            look.status === null
              ? t("noAnswer")
              : t("status", { status: look.status, bytes: look.bytes ?? 0, took: duration(look.durationMs, locale) }),
          ],
          ...(look.bodySha256
            ? ([[t("hash"), <Hash key="h" value={look.bodySha256} head={8} tail={8} />]] as const)
            : []),
          ...(look.snippet
            ? ([
                [
                  t("snippet"),
                  <code key="c" className="mono break-all">
                    {look.snippet}
                  </code>,
                ],
              ] as const)
            : []),
        ]}
      />
      {look.oldLinks.length > 0 ? (
        <div className="mt-3">
          <Callout kind="warn" title={t("oldLinks", { count: look.oldLinks.length })}>
            <ul>
              {look.oldLinks.map((link) => (
                <li key={`${link.kind} ${link.address} ${link.snippet}`}>
                  {t(`oldLink.${link.kind}`)} <code className="mono break-all">{link.address || link.snippet}</code>
                </li>
              ))}
            </ul>
          </Callout>
        </div>
      ) : null}
    </Section>
  );
}
