// What would come of a pack: each template beside what is here already.
import type { TemplateContent, TemplatePicture } from "../schema/content";
import type { PackList } from "../schema/transfer";
import { contentHash } from "./content-hash";
import { mediaOf } from "./search-text";

export type Here = {
  /** Names of templates that are here. */
  names: ReadonlySet<string>;
  /** Hashes of what they say now. */
  hashes: ReadonlySet<string>;
  /** Files of the library by their sum. */
  media: ReadonlyMap<string, string>;
  /** Channels by their search id. */
  channels: ReadonlyMap<string, string>;
};

export type ImportRow = {
  /** Its place in the pack, from 0. */
  place: number;
  name: string;
  /** Under which it comes in: another where the name is taken. */
  newName: string;
  tags: string[];
  channelId: string | null;
  /** Search id of a channel that is not here; it comes in for every channel. */
  missingChannel: string | null;
  content: TemplateContent;
  conflict: "none" | "sameName" | "sameText";
  /** Names of files that the library does not have: their places come in empty. */
  missingMedia: string[];
};

/** One row for each template of a pack, in its order. */
export function importPlan({ templates, media }: PackList, here: Here): ImportRow[] {
  const taken = new Set(here.names);
  return templates.map(({ name, tags, channel, content }, place) => {
    const idOf = (id: string) => here.media.get(media[id]?.sha256 ?? "") ?? null;
    const missing = mediaOf(content).filter((id) => idOf(id) === null);
    const moved = withMedia(content, idOf);
    const conflict = here.hashes.has(contentHash(moved)) ? "sameText" : here.names.has(name) ? "sameName" : "none";
    const newName = freeName(name, taken);
    taken.add(newName);
    const channelId = channel === null ? null : (here.channels.get(channel) ?? null);
    return {
      ...{ place, name, newName, tags, channelId, content: moved, conflict },
      missingChannel: channel !== null && channelId === null ? channel : null,
      missingMedia: missing.map((id) => media[id]?.name ?? id),
    };
  });
}

/** A name that nobody has: "인사" → "인사 (2)". */
export function freeName(name: string, taken: ReadonlySet<string>): string {
  for (let number = 1; ; number += 1) {
    const tail = number === 1 ? "" : ` (${number})`;
    const next = `${[...name].slice(0, 80 - tail.length).join("")}${tail}`;
    if (!taken.has(next)) return next;
  }
}

/** The content with the files of this library; what is not here leaves its place empty. */
function withMedia(content: TemplateContent, idOf: (id: string) => string | null): TemplateContent {
  const moved = (picture: TemplatePicture | null): TemplatePicture | null => {
    const mediaId = picture && idOf(picture.mediaId);
    return picture && mediaId ? { ...picture, mediaId } : null;
  };
  return {
    ...content,
    picture: moved(content.picture),
    media: moved(content.media),
    highlight: content.highlight && { ...content.highlight, picture: moved(content.highlight.picture) },
    items: content.items.map((item) => ({ ...item, picture: moved(item.picture) })),
  };
}
