import { getTranslations } from "next-intl/server";
import { Link } from "@/components/ui/link";
import { Section } from "@/components/ui/section";
import { Status } from "@/components/ui/status";
import { Time } from "@/components/ui/time";
import { templateContentSchema } from "@/lib/templates/schema/content";
import type { LockedMessage } from "@/lib/templates/schema/locked";
import { bubbleWords } from "./bubble-words";
import { MessageBubble } from "./message-bubble";

const homes = { notice: "/privacy/notices", consent: "/privacy/consents" } as const;

/** Messages of the privacy module as their readers get them; each leads to where it is changed. */
export async function LockedGrid({ messages }: { messages: readonly LockedMessage[] }) {
  const t = await getTranslations("templates.locked");
  const every = (await getTranslations("templates.list"))("everyChannel");
  const words = await bubbleWords("", "PLAIN_TEXT");
  return (["notice", "consent"] as const).map((kind) => {
    const shown = messages.filter((message) => message.kind === kind);
    return (
      <Section key={kind} title={t(kind)} count={shown.length}>
        {shown.length === 0 ? (
          <p className="text-sm text-fg-2">{t(`${kind}None`)}</p>
        ) : (
          <ul aria-label={t(kind)} className="grid grid-cols-[repeat(auto-fill,minmax(17.5rem,1fr))] items-start gap-6">
            {shown.map(({ of, name, channelName, text, at, version }) => (
              <li key={of} className="min-w-0">
                <p className="mb-2 flex flex-wrap items-baseline justify-between gap-x-3">
                  <Link className="name font-medium" href={`${homes[kind]}/${of}`}>
                    {name}
                  </Link>
                  <Status kind="lock">{t("locked")}</Status>
                </p>
                <p className="mb-2 text-xs text-fg-2">
                  {t("version", { number: version })} · {channelName ?? every} · <Time at={at} as="day" />
                </p>
                <MessageBubble
                  content={templateContentSchema.parse({ type: "PLAIN_TEXT", text })}
                  view="source"
                  media={new Map()}
                  words={words}
                  bare
                />
              </li>
            ))}
          </ul>
        )}
      </Section>
    );
  });
}
