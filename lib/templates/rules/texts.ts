// Every text of a message with the place where it stands: for search, translators, the lint and the search for variables.
import type { TemplateContent, TemplateLink } from "../schema/content";

/** `what`: words that a reader sees or hears, or an address or code that a machine reads. */
export type PlacedText = { path: string; text: string; what: "words" | "address" };

/** Texts that are not empty, top to bottom. Samples of variables are not among them. */
export function textsOf(content: TemplateContent): PlacedText[] {
  const found: PlacedText[] = [];
  const words = (path: string, text: string) => {
    if (text !== "") found.push({ path, text, what: "words" });
  };
  const address = (path: string, text: string) => {
    if (text !== "") found.push({ path, text, what: "address" });
  };
  const link = (path: string, { urlMobile, urlPc, schemeAndroid, schemeIos }: TemplateLink) => {
    address(`${path}.urlMobile`, urlMobile);
    address(`${path}.urlPc`, urlPc);
    address(`${path}.schemeAndroid`, schemeAndroid);
    address(`${path}.schemeIos`, schemeIos);
  };
  const buttons = (path: string, all: TemplateContent["buttons"]) => {
    for (const [at, button] of all.entries()) {
      words(`${path}.${at}.name`, button.name);
      link(`${path}.${at}`, button);
      address(`${path}.${at}.extra`, button.extra);
      address(`${path}.${at}.event`, button.event);
    }
  };
  const pair = (path: string, { title, description }: { title: string; description: string }) => {
    words(`${path}.title`, title);
    words(`${path}.description`, description);
  };
  words("media.alt", content.media?.alt ?? "");
  words("picture.alt", content.picture?.alt ?? "");
  address("pictureLink", content.pictureLink);
  words("title", content.title);
  if (content.highlight) {
    pair("highlight", content.highlight);
    words("highlight.picture.alt", content.highlight.picture?.alt ?? "");
  }
  for (const [at, row] of content.list.entries()) pair(`list.${at}`, row);
  if (content.summary) pair("summary", content.summary);
  words("text", content.text);
  words("extraText", content.extraText);
  for (const [at, item] of content.items.entries()) {
    words(`items.${at}.picture.alt`, item.picture?.alt ?? "");
    words(`items.${at}.title`, item.title);
    words(`items.${at}.text`, item.text);
    link(`items.${at}.link`, item.link);
    buttons(`items.${at}.buttons`, item.buttons);
  }
  if (content.tail) link("tail", content.tail);
  buttons("buttons", content.buttons);
  return found;
}
