// The examples of the gallery with files of their own: drawings of no company's product, and names of files that are not there.
import type { MessageType, TemplateContent, TemplatePicture } from "../schema/content";
import { exampleContent } from "./examples";
import { limits } from "./limits";
import type { MediaFacts } from "./report";

const drawn = ["chair", "lamp", "table"] as const;
type Drawing = (typeof drawn)[number];
const names: Readonly<Record<Drawing, string>> = { chair: "나무 의자", lamp: "스탠드 조명", table: "접이식 식탁" };

const nothing = { width: null, height: null, seconds: null, sha256: "" };

/** Facts of every file that an example shows, by id. */
export const exampleFiles: ReadonlyMap<string, MediaFacts> = new Map<string, MediaFacts>([
  ...drawn.map((one): [string, MediaFacts] => [
    `example:${one}`,
    { ...nothing, kind: "image", mime: "image/svg+xml", name: names[one], bytes: 500, width: 800, height: 400 },
  ]),
  ["example:manual", { ...nothing, kind: "file", mime: "application/pdf", name: "조립설명서.pdf", bytes: 1_887_437 }],
  ["example:voice", { ...nothing, kind: "audio", mime: "audio/mpeg", name: "안내.mp3", bytes: 391_000, seconds: 24 }],
  ["example:film", { ...nothing, kind: "video", mime: "video/mp4", name: "조립.mp4", bytes: 9_400_000, seconds: 42 }],
]);

const picture = (one: Drawing): TemplatePicture => ({ mediaId: `example:${one}`, alt: names[one] });
const mediaOf: Partial<Record<MessageType, TemplatePicture>> = {
  PLAIN_IMAGE: picture("lamp"),
  PLAIN_FILE: { mediaId: "example:manual", alt: "" },
  PLAIN_VIDEO: { mediaId: "example:film", alt: "조립하는 모습" },
  PLAIN_AUDIO: { mediaId: "example:voice", alt: "안내 말씀" },
};
const pictureOf: Partial<Record<MessageType, TemplatePicture>> = {
  RICH_IMAGE: picture("chair"),
  WIDE_IMAGE: picture("lamp"),
};

/** An example as the gallery shows it, with a picture wherever its type asks for one. */
export function illustratedExample(type: MessageType): TemplateContent {
  const content = exampleContent(type);
  const first = type === "WIDE_ITEM_LIST" ? 2 : 0;
  const items = content.items.map((item, at) => ({ ...item, picture: picture(drawn[(first + at) % 3] ?? "chair") }));
  return {
    ...content,
    media: mediaOf[type] ?? null,
    picture: pictureOf[type] ?? null,
    items: limits[type].items ? items : content.items,
  };
}
