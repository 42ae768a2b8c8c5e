// What is handed out: which templates, and how.
import { z } from "zod";
import { packedTemplateSchema } from "../rules/pack";
import { mediaKindSchema } from "./media";

export const exportWays = ["pack", "csv"] as const;
/** Templates in one file. */
export const mostExported = 500;

export const exportTemplatesSchema = z.object({
  way: z.enum(exportWays),
  /** None: all that are not in the archive. */
  ids: z.array(z.uuid()).max(mostExported).default([]),
});
export type ExportTemplates = z.output<typeof exportTemplatesSchema>;

/** Templates of a pack as they were read. */
export const packListSchema = z.object({
  kind: z.literal("pack"),
  templates: z.array(packedTemplateSchema),
  /** Files that the pack's templates show, by the ids that they have there. */
  media: z.record(
    z.string(),
    z.object({ path: z.string(), name: z.string(), mime: z.string(), kind: mediaKindSchema, sha256: z.string() }),
  ),
});
export type PackList = z.output<typeof packListSchema>;

/** Lines of a list of texts that came back. */
export const textListSchema = z.object({
  kind: z.literal("texts"),
  /** `line`: where it stands in the file, from 1. `hash`: what the text said when it went out (textHash). */
  rows: z.array(
    z.object({ line: z.number(), templateId: z.uuid(), path: z.string(), hash: z.string(), text: z.string() }),
  ),
});
export type TextList = z.output<typeof textListSchema>;
export const importListSchema = z.discriminatedUnion("kind", [packListSchema, textListSchema]);
export type ImportList = z.output<typeof importListSchema>;

export const takeTemplateImportSchema = z.object({
  importId: z.uuid(),
  /** Places in the list, from 0. */
  rows: z.array(z.coerce.number().int().min(0).max(mostExported)).max(mostExported).default([]),
});
export type TakeTemplateImport = z.output<typeof takeTemplateImportSchema>;
export const discardTemplateImportSchema = z.object({ importId: z.uuid() });
