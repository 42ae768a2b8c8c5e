// What each of the eleven types holds: the one table that editor, server, import, API and tests read. The guide's own numbers (1-2) are errors;
// what only dealers' documents say is marked so, and warns unless it is enforced.
import type { ButtonType, MessageType } from "../schema/content";

export type Source = { source: "guide" | "dealer" | "ours"; section: string };
const guide: Source = { source: "guide", section: "1-2" };
const dealer = (section: string): Source => ({ source: "dealer", section });

/** Lengths in UTF-16 code units of the text as it is sent (counting.ts). `advice`: longer ones warn only. */
export type TextLimit = Source & { max: number; required?: boolean; advice?: boolean };
export type CountLimit = Source & { max: number; min?: number; minSource?: Source };
export type PictureLimit = Source & { required: boolean };
export type MediaKind = "image" | "file" | "video" | "audio";
/** Sizes in bytes. */
export type MediaLimit = Source & { kind: MediaKind; maxBytes: number; mimes?: readonly string[] };

export type TypeLimits = {
  family: "plain" | "rich";
  title?: TextLimit;
  text?: TextLimit;
  extraText?: TextLimit;
  picture?: PictureLimit & { link: boolean };
  media?: MediaLimit;
  items?: CountLimit & {
    /** The first of a list may be shorter than the rest. */
    title: TextLimit & { first?: number };
    text?: TextLimit;
    picture: PictureLimit;
    link: boolean;
    buttons?: CountLimit;
    /** Title or text: one of them must be there. */
    words?: boolean;
    tail?: boolean;
  };
  highlight?: Source & { title: readonly [alone: number, beside: number]; description: readonly [number, number] };
  list?: CountLimit & { title: TextLimit; description: TextLimit };
  summary?: Source & { title: TextLimit; description: TextLimit };
  buttons?: CountLimit & { layout: "vertical" | "horizontal"; withCoupon?: number };
};

const vertical = { ...guide, max: 5, layout: "vertical", withCoupon: 4 } as const;
const horizontal = { ...guide, max: 2, layout: "horizontal" } as const;
const megabyte = 2 ** 20;

export const limits: Readonly<Record<MessageType, TypeLimits>> = {
  PLAIN_TEXT: { family: "plain", text: { ...guide, max: 1_000, required: true } },
  PLAIN_IMAGE: {
    family: "plain",
    media: { ...guide, kind: "image", maxBytes: 5 * megabyte, mimes: ["image/jpeg", "image/png", "image/gif"] },
  },
  PLAIN_FILE: { family: "plain", media: { ...guide, kind: "file", maxBytes: 300 * megabyte } },
  PLAIN_VIDEO: { family: "plain", media: { ...guide, kind: "video", maxBytes: 300 * megabyte } },
  PLAIN_AUDIO: { family: "plain", media: { ...guide, kind: "audio", maxBytes: 10 * megabyte } },
  RICH_TEXT: { family: "rich", text: { ...guide, max: 1_000, required: true }, buttons: vertical },
  RICH_IMAGE: {
    family: "rich",
    text: { ...guide, max: 1_000, required: true },
    picture: { ...guide, required: true, link: true },
    buttons: vertical,
  },
  WIDE_IMAGE: {
    family: "rich",
    text: { ...guide, max: 76, required: true },
    picture: { ...guide, required: true, link: false },
    buttons: horizontal,
  },
  WIDE_ITEM_LIST: {
    family: "rich",
    // The guide knows no limit of the heading; Friendtalk's is 25.
    title: { ...dealer("field-facts 1.4"), max: 25, advice: true },
    items: {
      ...{ ...guide, min: 3, max: 4 },
      title: { ...guide, max: 30, first: 25, required: true },
      picture: { ...guide, required: true },
      link: true,
    },
    buttons: horizontal,
  },
  CAROUSEL_FEED: {
    family: "rich",
    items: {
      ...{ ...guide, max: 6, min: 2, minSource: dealer("field-facts 1.4") },
      title: { ...guide, max: 20 },
      text: { ...guide, max: 180 },
      words: true,
      picture: { ...guide, required: true },
      link: false,
      buttons: { ...guide, max: 2 },
      tail: true,
    },
  },
  ITEM_LIST: {
    family: "rich",
    title: { ...guide, max: 16, required: true },
    picture: { ...guide, required: false, link: false },
    highlight: { ...guide, title: [30, 21], description: [19, 13] },
    list: {
      ...{ ...dealer("field-facts 1.4"), min: 2, max: 10 },
      title: { ...guide, max: 6, required: true },
      description: { ...guide, max: 23, required: true },
    },
    summary: {
      ...guide,
      title: { ...guide, max: 6, required: true },
      description: { ...guide, max: 14, required: true },
    },
    text: { ...guide, max: 700 },
    extraText: { ...guide, max: 200 },
    buttons: vertical,
  },
};

/** Field-facts 1.4: the name of a button, by how the buttons stand. */
export const buttonName = { vertical: 14, horizontal: 8, ...dealer("field-facts 1.4") } as const;

/** Field-facts 1.5: which addresses and codes a button carries. */
export const buttonFields: Readonly<Record<ButtonType, readonly ButtonField[]>> = {
  WL: ["urlMobile", "urlPc"],
  AL: ["schemeAndroid", "schemeIos", "urlMobile", "urlPc"],
  BK: ["extra"],
  MD: ["extra"],
  BT: ["event"],
};
export type ButtonField = "urlMobile" | "urlPc" | "schemeAndroid" | "schemeIos" | "extra" | "event";

/** Field-facts 1.4: an address of 500 characters passes everywhere, none of more than 1,000; a bot's event of 50. */
export const addressAdvice = { max: 500, most: 1_000, ...dealer("field-facts 1.4") } as const;
export const eventLimit = { max: 50, ...dealer("field-facts 1.5") } as const;

/** Pictures of rich messages (field-facts 1.4). Sizes in bytes and pixels, ratio as width over height. */
export const richPicture = {
  ...dealer("field-facts 1.4"),
  mimes: ["image/jpeg", "image/png"] as readonly string[],
  maxBytes: 500_000,
  minWidth: 500,
  ratio: [3 / 4, 2] as readonly [number, number],
} as const;

/** Of a limit in megabytes nobody says which megabyte is meant: from here on a file passes with a warning. @param maxBytes in 2^20 */
export const decimalBytes = (maxBytes: number): number => (maxBytes / 2 ** 20) * 10 ** 6;
