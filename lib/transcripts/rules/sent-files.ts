// The files that a message brings, in whatever shape its dealer names them (field-facts 1.2). Pure.
import type { ConsultEvent, Json } from "../schema";

export const sentFileKinds = ["photo", "video", "audio", "file", "text"] as const;
export type SentFileKind = (typeof sentFileKinds)[number];

export type SentFile = {
  kind: SentFileKind;
  /** As the dealer wrote it. */
  url: string;
  /** As the sender named it; "" where it did not. Never trusted. */
  name: string;
  /** Host and port of the address, for the administrator to allow; "" when it is no address to fetch from. */
  host: string;
};

/** A message's files beyond these stay addresses in its content. */
const mostFiles = 150;
const longestUrl = 2_000;
const longestName = 200;

/** Fields in which dealers put an address, and the name beside it (HappyTalk `attachment.url`, Infobank `contents[].url`, canonical `attachments`). */
const urlFields = ["url", "imageUrl", "imgUrl", "fileUrl", "videoUrl", "audioUrl"] as const;
const nameFields = ["name", "fileName"] as const;

/** The files of an event, in order, each address once. A long text's whole comes as a file of its own (kind `text`). */
export function sentFiles({ kind, row, content }: Pick<ConsultEvent, "kind" | "row" | "content">): SentFile[] {
  if (kind !== "message" || !isFields(content)) return [];
  const files: SentFile[] = [];
  const seen = new Set<string>();
  for (const { item, whole } of itemsOf(content)) {
    const url = urlOf(item);
    if (url === "" || seen.has(url) || files.length === mostFiles) continue;
    seen.add(url);
    files.push({ kind: kindOf(item, row, whole), url, name: nameOf(item, url), host: hostOf(url) });
  }
  return files;
}

type Fields = { readonly [name: string]: Json | undefined };
/** `whole`: beside a text it is the text's whole (the dealers' long text), not a file of its own. */
type Item = { item: Json; whole: boolean };

function itemsOf({ attachment, attachments, contents }: Fields): Item[] {
  const dealers = [...listOf(contents).filter(isFields), ...listOf(attachment)];
  // Sent messages nest theirs by kind: {image: {img_url}}, {file: {file_url, file_name}} (field-facts 1.5).
  const open = (item: Json) =>
    isFields(item) && urlOf(item) === "" ? Object.values(item).filter((inner) => isFields(inner)) : [item];
  return [
    ...dealers.flatMap(open).map((item) => ({ item, whole: true })),
    ...listOf(attachments)
      .flatMap(open)
      .map((item) => ({ item, whole: false })),
  ];
}

function listOf(value: Json | undefined): Json[] {
  if (value === undefined || value === null) return [];
  return Array.isArray(value) ? [...value] : [value];
}

function isFields(value: Json | undefined): value is { [name: string]: Json } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The first of the fields, under its own name or in snake_case, that is a text. */
function textOf(item: Json, names: readonly string[]): string {
  if (!isFields(item)) return "";
  for (const name of names) {
    const value = item[name] ?? item[name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)];
    if (typeof value === "string" && value.trim() !== "") return value.trim();
  }
  return "";
}

function urlOf(item: Json): string {
  const url = typeof item === "string" ? item.trim() : textOf(item, urlFields);
  return url.length <= longestUrl ? url : "";
}

function nameOf(item: Json, url: string): string {
  const name = textOf(item, nameFields) || lastPart(url);
  return name.replace(/\p{C}/gu, "").slice(0, longestName);
}

function lastPart(url: string): string {
  if (!URL.canParse(url)) return "";
  const part = new URL(url).pathname.split("/").at(-1) ?? "";
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** What the file itself is said to be, else what its message is. */
function kindOf(item: Json, row: ConsultEvent["row"], whole: boolean): SentFileKind {
  const own = textOf(item, ["kind", "type"]).toLowerCase();
  const said = own === "image" ? "photo" : own;
  const named = sentFileKinds.find((kind) => kind === said && kind !== "text");
  if (named) return named;
  if (row === "text" || row === "button") return whole ? "text" : "file";
  return sentFileKinds.find((kind) => kind === row) ?? "file";
}

/** Lower-case host with its port where it names one. An address with a sign-in or of another protocol has none. */
export function hostOf(url: string): string {
  if (!URL.canParse(url)) return "";
  const { protocol, username, password, host } = new URL(url);
  return /^https?:$/.test(protocol) && username === "" && password === "" && host.length <= 255 ? host : "";
}
