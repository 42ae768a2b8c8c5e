import type { View } from "@/lib/templates/rules/fill";
import { limits } from "@/lib/templates/rules/limits";
import type { MediaFacts } from "@/lib/templates/rules/report";
import type { TemplateContent } from "@/lib/templates/schema/content";
import {
  BubbleButtons,
  BubbleMedia,
  BubblePicture,
  BubbleText,
  type BubbleWords,
  type Drawn,
  mediaAddress,
} from "./bubble-parts";
import { CarouselCards, ItemListRows, WideItems } from "./bubble-rows";

export type { BubbleWords };
export { mediaAddress };

/**
 * A message as its reader gets it, in the room of a phone: light in both themes, at the widths of look.md 10. A drawing of our own; the
 * note under it says that the real one may differ. Whoever listens gets the same words in the same order.
 */
export function MessageBubble({
  content,
  view = "sample",
  media,
  words,
  bare = false,
}: {
  content: TemplateContent;
  /** As written, with the first example, or with the longest values. */
  view?: View;
  /** Facts of the files in it, by id; a file that is not there shows an empty frame. */
  media: ReadonlyMap<string, MediaFacts>;
  words: BubbleWords;
  /** Without the sender and the note: where many stand side by side. */
  bare?: boolean;
}) {
  const drawn: Drawn = { variables: content.variables, view, media, words };
  return (
    <figure className="bubble-room" aria-label={words.room}>
      {bare ? null : (
        <p className="bubble-sender">
          <span aria-hidden="true">{[...words.channel][0] ?? ""}</span>
          {words.channel}
        </p>
      )}
      <div lang="ko">
        <Bubble content={content} drawn={drawn} />
      </div>
      {bare ? null : <figcaption>{words.note}</figcaption>}
    </figure>
  );
}

function Bubble({ content, drawn }: { content: TemplateContent; drawn: Drawn }) {
  const { type } = content;
  const kind = limits[type].media?.kind;
  if (kind) return <BubbleMedia kind={kind} media={content.media} drawn={drawn} />;
  if (type === "PLAIN_TEXT")
    return (
      <p className="bubble-text">
        <Words text={content.text} drawn={drawn} />
      </p>
    );
  if (type === "CAROUSEL_FEED") return <CarouselCards content={content} drawn={drawn} />;
  return (
    <div className="bubble-card">
      <CardBody content={content} drawn={drawn} />
      {content.coupon && limits[type].buttons?.withCoupon !== undefined ? (
        <p className="bubble-coupon">{drawn.words.coupon}</p>
      ) : null}
      <BubbleButtons buttons={content.buttons} layout={limits[type].buttons?.layout ?? "vertical"} drawn={drawn} />
    </div>
  );
}

/** What a card of the other five types holds above its buttons. */
function CardBody({ content, drawn }: { content: TemplateContent; drawn: Drawn }) {
  const { type, picture, text } = content;
  if (type === "WIDE_ITEM_LIST") return <WideItems content={content} drawn={drawn} />;
  if (type === "ITEM_LIST") return <ItemListRows content={content} drawn={drawn} />;
  return (
    <>
      {limits[type].picture ? (
        <BubblePicture picture={picture} shape={type === "WIDE_IMAGE" ? "wide" : "own"} drawn={drawn} />
      ) : null}
      <p className="bubble-words">
        <Words text={text} drawn={drawn} />
      </p>
    </>
  );
}

/** A text that the type cannot do without: its place is held while it is empty. */
function Words({ text, drawn }: { text: string; drawn: Drawn }) {
  if (text.trim() === "") return <span className="bubble-quiet">{drawn.words.noWords}</span>;
  return <BubbleText text={text} drawn={drawn} />;
}
