import { Icon, type IconName } from "@/components/ui/icon";
import type { MessageType } from "@/lib/templates/schema/content";

const glyphs: Readonly<Record<MessageType, IconName>> = {
  PLAIN_TEXT: "type-plain-text",
  PLAIN_IMAGE: "type-plain-image",
  PLAIN_FILE: "type-plain-file",
  PLAIN_VIDEO: "type-plain-video",
  PLAIN_AUDIO: "type-plain-audio",
  RICH_TEXT: "type-rich-text",
  RICH_IMAGE: "type-rich-image",
  WIDE_IMAGE: "type-wide-image",
  WIDE_ITEM_LIST: "type-wide-item-list",
  CAROUSEL_FEED: "type-carousel-feed",
  ITEM_LIST: "type-item-list",
};

/** The shape of a type's bubble, beside its name. */
export function TypeGlyph({ type, large = false }: { type: MessageType; large?: boolean }) {
  return <Icon name={glyphs[type]} className={large ? "large" : ""} />;
}
