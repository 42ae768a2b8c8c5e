// The same words in another shape: what fits is carried over, and what does not is named before anything is lost.
import { emptyContent, type MessageType, type TemplateContent, type TemplateItem } from "../schema/content";
import { leavesOf } from "./leaves";
import { limits } from "./limits";
import { fieldsOf } from "./shape";

const noLink = { urlMobile: "", urlPc: "", schemeAndroid: "", schemeIos: "" };
const emptyItem: TemplateItem = { title: "", text: "", picture: null, link: noLink, buttons: [] };

/**
 * Turns a message into one of another type. Fields that both have stay; the picture of a plain image and of a rich one are the same picture;
 * a text, picture and buttons become the first card, and the first card becomes them.
 * @returns the new message, and the paths of the old one whose values have no place in it
 */
export function changeType(content: TemplateContent, to: MessageType): { content: TemplateContent; lost: string[] } {
  if (content.type === to) return { content, lost: [] };
  const made: TemplateContent = { ...emptyContent(to), variables: content.variables };
  const source = limits[to].items === undefined ? unfolded(content) : content;
  for (const field of fieldsOf(to)) Object.assign(made, { [field]: source[field] });
  if (limits[to].media && made.media === null && limits[to].media.kind === "image") made.media = source.picture;
  if (limits[to].picture && made.picture === null && limits[content.type].media?.kind === "image")
    made.picture = content.media;
  if (limits[to].items) made.items = cardsOf(content, to);
  if (limits[to].buttons?.withCoupon !== undefined) made.coupon = content.coupon;
  return { content: made, lost: lostOf(content, made) };
}

/** The first card's words, picture and buttons where a message without cards has its own. */
function unfolded(content: TemplateContent): TemplateContent {
  const [first] = content.items;
  if (!first) return content;
  return {
    ...content,
    title: content.title || first.title,
    text: content.text || first.text || first.title,
    picture: content.picture ?? first.picture,
    buttons: content.buttons.length > 0 ? content.buttons : first.buttons,
  };
}

function cardsOf(content: TemplateContent, to: MessageType): TemplateItem[] {
  const { text, link, buttons } = limits[to].items ?? {};
  const first = {
    ...emptyItem,
    text: content.text,
    picture: content.picture ?? content.media,
    buttons: content.buttons,
  };
  const folded = content.text !== "" || first.picture !== null ? [first] : [];
  return (content.items.length > 0 ? content.items : folded).map((item) => ({
    title: item.title || (text ? "" : item.text),
    text: text ? item.text : "",
    picture: item.picture,
    link: link ? item.link : noLink,
    buttons: buttons ? item.buttons : [],
  }));
}

/** Values of the old message that stand nowhere in the new one, as often as they did. */
function lostOf(before: TemplateContent, after: TemplateContent): string[] {
  const left = new Map<string, number>();
  for (const { value } of leavesOf(after)) left.set(value, (left.get(value) ?? 0) + 1);
  return leavesOf(before).flatMap(({ path, value }) => {
    const kept = left.get(value) ?? 0;
    left.set(value, kept - 1);
    return kept > 0 || path === "type" || path.startsWith("variables.") || /\.type$/.test(path) ? [] : [path];
  });
}
