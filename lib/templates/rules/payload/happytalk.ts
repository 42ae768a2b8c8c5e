// A message as HappyTalk's v3 takes it (field-facts 1.4, 1.5). The envelope and buttons are documented; the names inside `item` and `carousel`
// are inferred from Infobank's camelCase and from Friendtalk's documents on the same platform, which the schema marks with `x-inferred`.
import type { MessageType, TemplateButton, TemplateContent, TemplateLink, TemplatePicture } from "../../schema/content";
import { sentText } from "../counting";

/** What is known only when a message is sent. */
export type SendWith = {
  userKey: string;
  senderKey: string;
  /** Ours, at most 30 characters: the dealer refuses the second of the same (field-facts 1.1). */
  serial: string;
  /** Address of a file after its upload to Kakao: only files there can be sent. */
  urlOf: (mediaId: string) => string;
  fileOf: (mediaId: string) => { name: string; bytes: number };
  /** Fills the variables of a text. */
  fill: (text: string) => string;
};

type Json = Readonly<Record<string, unknown>>;

/** field-facts 1.4: codes are not the same at every dealer. */
const codes: Readonly<Record<MessageType, string>> = {
  ...{ PLAIN_TEXT: "TEXT", PLAIN_IMAGE: "IMAGE", PLAIN_FILE: "FILE", PLAIN_VIDEO: "VIDEO", PLAIN_AUDIO: "AUDIO" },
  ...{ RICH_TEXT: "TEXT", RICH_IMAGE: "IMAGE", WIDE_IMAGE: "WIDE_IMAGE", WIDE_ITEM_LIST: "WIDE_ITEM_LIST" },
  ...{ CAROUSEL_FEED: "CAROUSEL_FEED", ITEM_LIST: "ITEM_LIST" },
};

/** @returns path of the call and its body */
export function happytalkPayload(content: TemplateContent, given: SendWith): { path: string; body: Json } {
  const kind = content.type.startsWith("PLAIN_") ? "plain" : "rich";
  return {
    path: `/kakaoWebhook/v3/bzc/chat/send/${kind}`,
    body: {
      user_key: given.userKey,
      sender_key: given.senderKey,
      serial_number: given.serial,
      chat_bubble_type: codes[content.type],
      ...(kind === "plain" ? plainBody(content, given) : richBody(content, given)),
    },
  };
}

export function plainBody({ type, text, media }: TemplateContent, given: SendWith): Json {
  if (type === "PLAIN_TEXT") return { message: said(text, given) };
  const id = media?.mediaId ?? "";
  if (type === "PLAIN_IMAGE") return { attachment: { image: { img_url: given.urlOf(id) } } };
  const { name, bytes } = given.fileOf(id);
  return { attachment: { file: { file_url: given.urlOf(id), file_name: name, file_size: bytes } } };
}

export function richBody(content: TemplateContent, given: SendWith): Json {
  const { type, title, text, extraText, picture, pictureLink, buttons } = content;
  const attachment = dropped({
    image: picture && type !== "CAROUSEL_FEED" ? image(picture, given, given.fill(pictureLink.trim())) : undefined,
    item:
      type === "WIDE_ITEM_LIST"
        ? { list: wideItems(content, given) }
        : type === "ITEM_LIST"
          ? rows(content, given)
          : undefined,
    buttons: buttons.length > 0 ? buttons.map((one) => button(one, given)) : undefined,
  });
  return dropped({
    header: said(title, given) || undefined,
    message: said(text, given) || undefined,
    description: said(extraText, given) || undefined,
    attachment: Object.keys(attachment).length > 0 ? attachment : undefined,
    carousel: type === "CAROUSEL_FEED" ? carousel(content, given) : undefined,
  });
}

function wideItems({ items }: TemplateContent, given: SendWith): Json[] {
  return items.map(({ title, picture, link: to }) =>
    dropped({
      title: said(title, given),
      img_url: picture ? given.urlOf(picture.mediaId) : undefined,
      ...link(to, given),
    }),
  );
}

function rows({ highlight, list, summary }: TemplateContent, given: SendWith): Json {
  const pair = (one: { title: string; description: string }) =>
    dropped({ title: said(one.title, given) || undefined, description: said(one.description, given) });
  return dropped({
    highlight: highlight
      ? dropped({ ...pair(highlight), img_url: highlight.picture ? given.urlOf(highlight.picture.mediaId) : undefined })
      : undefined,
    list: list.map(pair),
    summary: summary ? pair(summary) : undefined,
  });
}

function carousel({ items, tail }: TemplateContent, given: SendWith): Json {
  return dropped({
    list: items.map((item) =>
      dropped({
        header: said(item.title, given) || undefined,
        message: said(item.text, given) || undefined,
        attachment: dropped({
          image: item.picture ? image(item.picture, given, "") : undefined,
          buttons: item.buttons.length > 0 ? item.buttons.map((one) => button(one, given)) : undefined,
        }),
      }),
    ),
    tail: tail ? link(tail, given) : undefined,
  });
}

const image = ({ mediaId }: TemplatePicture, given: SendWith, to: string): Json =>
  dropped({ img_url: given.urlOf(mediaId), img_link: to || undefined });

function link(to: TemplateLink, { fill }: SendWith): Json {
  const at = (address: string) => fill(address.trim()) || undefined;
  return dropped({
    url_mobile: at(to.urlMobile),
    url_pc: at(to.urlPc),
    scheme_android: at(to.schemeAndroid),
    scheme_ios: at(to.schemeIos),
  });
}

function button(one: TemplateButton, given: SendWith): Json {
  return dropped({
    name: said(one.name, given),
    type: one.type,
    ...link(one, given),
    target: one.outside ? "out" : undefined,
    extra: one.extra.trim() || undefined,
    event: one.event.trim() || undefined,
  });
}

const said = (text: string, { fill }: SendWith): string => sentText(fill(text)).trim();

function dropped(fields: Json): Json {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
