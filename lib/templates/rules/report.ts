import type { MessageType, TemplateContent } from "../schema/content";

/** What is known of a file of the media library when a message that shows it is judged. Sizes in bytes and pixels, time in seconds. */
export type MediaFacts = {
  kind: "image" | "video" | "audio" | "file";
  mime: string;
  name: string;
  bytes: number;
  width: number | null;
  height: number | null;
  seconds: number | null;
  sha256: string;
};

/**
 * One thing that is wrong, or that a dealer may refuse. `path` names the field as `items.1.title`, `buttons.0.urlMobile`, `text`.
 * `rule` is a key of `messages/<locale>/templates.json` under `rule`, filled with `values`; `source` says who asks for it.
 */
export type Finding = {
  path: string;
  severity: "error" | "warning";
  rule: string;
  values: Readonly<Record<string, string | number>>;
  source: "guide" | "dealer" | "ours" | "company";
  /** Where the source says it: `1-2`, `field-facts 1.5`. */
  section: string;
};

/** Length of one field in UTF-16 code units: as written without values, with every variable at its longest, and what is allowed. */
export type FieldCount = { path: string; count: number; longest: number; limit: number; graphemes: number };

export type TemplateReport = { findings: readonly Finding[]; counts: readonly FieldCount[] };

/** What a judgement needs besides the words: media by id, the cap of the connection that will carry it, and the day. */
export type JudgeWith = {
  /** Null: files are not looked at, only whether one is named. */
  media: ReadonlyMap<string, MediaFacts> | null;
  /** Bytes: a dealer's own cap on files, where its connection states one. */
  fileCap?: number;
  /** Codes of the code book that `extra` may carry; without it nothing is said of unknown codes. */
  codes?: ReadonlySet<string>;
};

export type Judge = (content: TemplateContent, given: JudgeWith) => TemplateReport;

export const isPlain = (type: MessageType): boolean => type.startsWith("PLAIN_");
