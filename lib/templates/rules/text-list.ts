// Texts of templates as a list for translators and lawyers: one line for each text, with the place where it stands and a hash of what it said.
import type { CsvCell } from "@/lib/csv";
import type { TemplateContent } from "../schema/content";
import { sentText } from "./counting";
import { sha256Of } from "./pack";
import { textsOf } from "./texts";

export const textColumns = ["template", "name", "path", "hash", "original", "text"] as const;

/** What a line names its original by: hex SHA-256 of the text as it is sent, cut to 16 digits. */
export const textHash = (text: string): string => sha256Of(sentText(text)).slice(0, 16);

/** Words alone: addresses and codes are no translator's. The last cell is the one to be changed. */
export function textLines(template: { id: string; name: string; content: TemplateContent }): CsvCell[][] {
  return textsOf(template.content)
    .filter(({ what }) => what === "words")
    .map(({ path, text }) => [template.id, template.name, path, textHash(text), sentText(text), sentText(text)]);
}
