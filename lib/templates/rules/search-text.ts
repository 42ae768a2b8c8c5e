// What a search by substring finds a template by: its name, its tags and everything that it says.
import type { TemplateContent } from "../schema/content";
import { textsOf } from "./texts";

/** In small letters and NFC, with a line between one text and the next, so that nothing is found across two of them. */
export function searchText(name: string, tags: readonly string[], content: TemplateContent): string {
  return searchable(
    [name, ...tags, ...textsOf(content).map(({ text }) => text)].filter((text) => text !== "").join("\n"),
  );
}

/** A text, or what somebody looks for, as the two are compared. */
export function searchable(text: string): string {
  return text.normalize("NFC").toLowerCase();
}

/** Files of the media library that a content names, each once, whether its type shows them or not. */
export function mediaOf(content: TemplateContent): string[] {
  const pictures = [
    ...[content.picture, content.media, content.highlight?.picture],
    ...content.items.map(({ picture }) => picture),
  ];
  return [...new Set(pictures.flatMap((picture) => (picture ? [picture.mediaId] : [])))];
}
