import { useTranslations } from "next-intl";
import { type BubbleWords, MessageBubble } from "@/components/templates/message-bubble";
import { type Bubble, lineKey, type ShownBubble } from "@/lib/rehearsal/rules/phone";
import type { RehearsalEvent } from "@/lib/rehearsal/schema/rehearsal";
import type { MediaFacts } from "@/lib/templates/rules/report";

import { RoomEnd } from "./room-end";

/** A room that is scrolled is reached by the keyboard. */
const reachable = { tabIndex: 0 } as const;
const noMedia: ReadonlyMap<string, MediaFacts> = new Map();

type Told = Pick<RehearsalEvent, "kind" | "detail">;

/** What a room shows, one below the other. @param events what the remarks are about, by number */
export function RoomBubbles({
  bubbles,
  events,
  words,
  media = noMedia,
}: {
  bubbles: readonly (Bubble & Partial<Pick<ShownBubble, "content">>)[];
  events: ReadonlyMap<number, Told>;
  words: BubbleWords;
  /** Facts of the files that messages name. */
  media?: ReadonlyMap<string, MediaFacts>;
}) {
  const t = useTranslations("rehearsal.run");
  return (
    <ol {...reachable} className="rehearse-room" aria-label={t("room")} lang="ko">
      {bubbles.map((bubble) => (
        <li key={bubble.event} className={bubble.side}>
          <BubbleOf bubble={bubble} told={events.get(bubble.event)} words={words} media={media} />
          {bubble === bubbles.at(-1) ? <RoomEnd count={bubbles.length} /> : null}
        </li>
      ))}
    </ol>
  );
}

function BubbleOf({
  bubble,
  told,
  words,
  media,
}: {
  bubble: Bubble & Partial<Pick<ShownBubble, "content">>;
  told: Told | undefined;
  words: BubbleWords;
  media: ReadonlyMap<string, MediaFacts>;
}) {
  const t = useTranslations("rehearsal.run");
  const { side, text, gone, picture, content, buttons } = bubble;
  if (side === "line") return told ? <p>{t(lineKey(told), { days: Number(told.detail.days ?? 0) })}</p> : null;
  if (side === "notice")
    return (
      <div>
        <b>{t("noticeHead")}</b>
        {text === "" ? t("noticeNone") : text}
      </div>
    );
  if (side === "other")
    return (
      <div>
        <b>{t("alimtalkHead")}</b>
        {t("alimtalkText")}
      </div>
    );
  if (told?.kind === "unheard") return <div>{t("unheard")}</div>;
  if (gone) return <div>{t("gone")}</div>;
  if (picture !== "") return <div>{t(`picture.${picture as "product"}`)}</div>;
  if (content && !content.type.startsWith("PLAIN_TEXT"))
    return <MessageBubble content={content} view="source" media={media} words={words} bare />;
  return (
    <div>
      {text}
      {buttons.length > 0 ? (
        <ul>
          {buttons.map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      ) : null}
    </div>
  );
}
