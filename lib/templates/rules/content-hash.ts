// What an approval names: the content as one canonical text, so that the same words have the same hash wherever they are read.
import { createHash } from "node:crypto";
import type { TemplateContent } from "../schema/content";
import { sentText } from "./counting";

/** Canonical JSON of a content: keys in order of their code units, texts as they are sent (NFC, LF). */
export function canonicalContent(content: TemplateContent): string {
  return canonical(content);
}

/** Hex SHA-256 of the canonical JSON of a content, UTF-8. */
export function contentHash(content: TemplateContent): string {
  return createHash("sha256").update(canonicalContent(content)).digest("hex");
}

function canonical(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(sentText(value));
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${entries.map(([key, held]) => `${JSON.stringify(key)}:${canonical(held)}`).join(",")}}`;
}
