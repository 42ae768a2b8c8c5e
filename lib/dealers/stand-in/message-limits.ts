// What a dealer checks of a message before it goes to Kakao: lengths and counts of the guide (1-2), read from the one table of limits.
import { textLength } from "@/lib/templates/rules/counting";
import { limits } from "@/lib/templates/rules/limits";
import type { MessageType } from "@/lib/templates/schema/content";
import { at, listAt, textAt } from "../client/dialect";

/** Codes of both dealers (field-facts 1.4): they name the wide image differently. */
const rich: Readonly<Record<string, MessageType>> = {
  ...{ TEXT: "RICH_TEXT", IMAGE: "RICH_IMAGE", WIDE_IMAGE: "WIDE_IMAGE", WIDE: "WIDE_IMAGE" },
  ...{ WIDE_ITEM_LIST: "WIDE_ITEM_LIST", CAROUSEL_FEED: "CAROUSEL_FEED", ITEM_LIST: "ITEM_LIST" },
};
const plain: Readonly<Record<string, MessageType>> = {
  ...{ TEXT: "PLAIN_TEXT", IMAGE: "PLAIN_IMAGE", FILE: "PLAIN_FILE", VIDEO: "PLAIN_VIDEO", AUDIO: "PLAIN_AUDIO" },
};

/** What is wrong with a message that an agent sends; null: nothing that a dealer looks at. */
export function overLimit(
  isPlain: boolean,
  code: string,
  body: Readonly<Record<string, unknown>>,
): "tooLong" | "invalid" | null {
  const type = (isPlain ? plain : rich)[code];
  if (!type) return "invalid";
  const { text, title, extraText, items, list, summary, buttons, media, picture } = limits[type];
  const message = textAt(body, "message");
  const attachment = at(body, "attachment");
  if (text?.required && message === "") return "invalid";
  if (media && textAt(attachment, "image", "img_url") === "" && !hasFile(attachment)) return "invalid";
  if (picture?.required && listAt(body, "carousel", "list").length === 0 && !hasFile(attachment)) return "invalid";
  const cards =
    type === "CAROUSEL_FEED" ? listAt(body, "carousel", "list") : items ? listAt(attachment, "item", "list") : [];
  if (items && (cards.length > items.max || cards.length < (items.min ?? 1))) return "invalid";
  const rows = list ? listAt(attachment, "item", "list") : [];
  if (list && rows.length > list.max) return "invalid";
  if (listAt(attachment, "buttons").length > (buttons?.max ?? 0)) return "invalid";
  if (cards.some((card) => listAt(card, "attachment", "buttons").length > (items?.buttons?.max ?? 0))) return "invalid";
  const held: [string, number | undefined][] = [
    [message, text?.max],
    [textAt(body, "header"), title?.advice ? Number.POSITIVE_INFINITY : title?.max],
    [textAt(body, "description"), extraText?.max],
    ...cards.flatMap((card, place): [string, number | undefined][] => [
      [
        textAt(card, "title") || textAt(card, "header"),
        place === 0 ? (items?.title.first ?? items?.title.max) : items?.title.max,
      ],
      [textAt(card, "message"), items?.text?.max],
    ]),
    ...rows.flatMap((row): [string, number | undefined][] => [
      [textAt(row, "title"), list?.title.max],
      [textAt(row, "description"), list?.description.max],
    ]),
    [textAt(attachment, "item", "summary", "title"), summary?.title.max],
    [textAt(attachment, "item", "summary", "description"), summary?.description.max],
  ];
  return held.some(([said, most]) => textLength(said) > (most ?? 0)) ? "tooLong" : null;
}

/** Whether an attachment names a file or a picture, in either dialect. */
function hasFile(attachment: unknown): boolean {
  return ["image", "file"].some((kind) =>
    ["img_url", "imgUrl", "file_url", "fileUrl"].some((name) => textAt(attachment, kind, name) !== ""),
  );
}
