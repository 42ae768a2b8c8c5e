import { z } from "zod";

/** The eleven shapes (guide 1-2; message-types.json): five plain ones, six rich ones. */
export const messageTypes = [
  ...(["PLAIN_TEXT", "PLAIN_IMAGE", "PLAIN_FILE", "PLAIN_VIDEO", "PLAIN_AUDIO"] as const),
  ...(["RICH_TEXT", "RICH_IMAGE", "WIDE_IMAGE", "WIDE_ITEM_LIST", "CAROUSEL_FEED", "ITEM_LIST"] as const),
] as const;
export type MessageType = (typeof messageTypes)[number];

/** Web link, app link, bot keyword, message delivery, hand over to the bot (field-facts 1.5). */
export const buttonTypes = ["WL", "AL", "BK", "MD", "BT"] as const;
export type ButtonType = (typeof buttonTypes)[number];

export const variableKinds = ["text", "number", "date", "time", "amount", "link"] as const;
export type VariableKind = (typeof variableKinds)[number];

/*
 * This is what may be written down, not what may be sent: a draft holds every mistake that its writer makes, so that nothing typed is
 * lost, and the rules name them all. The ceilings here only keep a request within reason.
 */
const kept = (most: number) =>
  z
    .string()
    .max(most)
    .refine((typed) => typed.isWellFormed() && !typed.includes("\0"), "errors.text");
const said = kept(5_000).default("");
const address = kept(5_000).default("");

const linkSchema = z.object({
  urlMobile: address,
  urlPc: address,
  schemeAndroid: address,
  schemeIos: address,
});

export const buttonSchema = linkSchema.extend({
  type: z.enum(buttonTypes).default("WL"),
  name: said,
  /** Opens outside the room's own browser: WL alone. */
  outside: z.boolean().default(false),
  /** A code that comes back with the press: BK and MD alone. */
  extra: said,
  /** What the bot is told: BT alone. */
  event: said,
});

/** A file of the media library, and what a listener hears in its place. */
export const pictureSchema = z.object({ mediaId: z.uuid(), alt: said });

const pairSchema = z.object({ title: said, description: said });

export const itemSchema = z.object({
  title: said,
  text: said,
  picture: pictureSchema.nullable().default(null),
  link: linkSchema.prefault({}),
  buttons: z.array(buttonSchema).max(20).default([]),
});

export const variableSchema = z.object({
  /** As it stands between `#{` and `}`. */
  name: kept(100).default(""),
  kind: z.enum(variableKinds).default("text"),
  /** Longest value in UTF-16 code units; null where a list or `longest` says it. */
  max: z.number().int().min(0).max(5_000).nullable().default(null),
  /** The longest value there is, written out. */
  longest: said,
  /** The first is what the sample view shows; all together they are the list of values where `closed`. */
  samples: z.array(kept(1_000)).max(1_000).default([]),
  /** Only a value of `samples` may ever be filled in. */
  closed: z.boolean().default(false),
});

/** A message of any type. Fields that its type does not use are empty; `rules/shape.ts` says which it uses. */
export const templateContentSchema = z.object({
  type: z.enum(messageTypes),
  /** ITEM_LIST and WIDE_ITEM_LIST: what stands on top. */
  title: said,
  text: said,
  /** ITEM_LIST: the small print under the text. */
  extraText: said,
  /** RICH_IMAGE, WIDE_IMAGE, ITEM_LIST. */
  picture: pictureSchema.nullable().default(null),
  /** RICH_IMAGE: where the picture leads; empty for nowhere. */
  pictureLink: address,
  /** PLAIN_IMAGE, PLAIN_FILE, PLAIN_VIDEO, PLAIN_AUDIO. */
  media: pictureSchema.nullable().default(null),
  /** WIDE_ITEM_LIST (title, picture, link) and CAROUSEL_FEED (title, text, picture, buttons). */
  items: z.array(itemSchema).max(30).default([]),
  /** CAROUSEL_FEED: the "more" behind the last card; null for none. */
  tail: linkSchema.nullable().default(null),
  /** ITEM_LIST. The picture is the thumbnail that shortens the two texts. */
  highlight: pairSchema
    .extend({ picture: pictureSchema.nullable().default(null) })
    .nullable()
    .default(null),
  /** ITEM_LIST. */
  list: z.array(pairSchema).max(50).default([]),
  /** ITEM_LIST. */
  summary: pairSchema.nullable().default(null),
  buttons: z.array(buttonSchema).max(20).default([]),
  /** A coupon goes with it: one button less (dealers' rule). */
  coupon: z.boolean().default(false),
  variables: z.array(variableSchema).max(100).default([]),
});

export type TemplateContent = z.output<typeof templateContentSchema>;
export type TemplateItem = TemplateContent["items"][number];
export type TemplateButton = z.output<typeof buttonSchema>;
export type TemplatePicture = z.output<typeof pictureSchema>;
export type TemplateVariable = z.output<typeof variableSchema>;
export type TemplateLink = z.output<typeof linkSchema>;

/** A blank message of a type. @throws never */
export function emptyContent(type: MessageType): TemplateContent {
  return templateContentSchema.parse({ type });
}
