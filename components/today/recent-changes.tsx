import { getLocale, getTranslations } from "next-intl/server";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { Time } from "@/components/ui/time";
import { Timeline } from "@/components/ui/timeline";
import type { Locale } from "@/lib/locale";
import { hasSentence, sentence } from "@/lib/messages";

/** An audit entry as far as the rail shows it. */
export type RecentEvent = {
  id: string;
  at: Date;
  action: string;
  result: string;
  actor: { name: string | null };
  target: { name: string | null };
};

/** What was done since yesterday; each line leads to its audit entry. */
export async function RecentChanges({ events, now }: { events: readonly RecentEvent[]; now: Date }) {
  const t = await getTranslations("today");
  const locale = (await getLocale()) as Locale;
  const phrase = (action: string) => {
    const key = `audit.actions.${action}`;
    return hasSentence(key, locale) ? sentence(key, locale) : action;
  };
  return (
    <Section title={t("changes")} actions={<Link href="/audit">{t("seeAll")}</Link>}>
      {events.length === 0 ? (
        <p className="text-fg-3">{t("noChanges")}</p>
      ) : (
        <Timeline
          moments={events.map((event) => ({
            key: event.id,
            kind: event.result === "refused" ? "bad" : "ok",
            title: (
              <Link href={`/audit?event=${event.id}`}>
                {phrase(event.action)}
                {event.target.name ? ` · ${event.target.name}` : null}
              </Link>
            ),
            note: (
              <>
                <Time at={event.at} now={now} />
                {event.actor.name ? ` · ${event.actor.name}` : null}
              </>
            ),
          }))}
        />
      )}
    </Section>
  );
}
