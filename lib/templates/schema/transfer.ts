// What is handed out: which templates, and how.
import { z } from "zod";

export const exportWays = ["pack", "csv"] as const;
/** Templates in one file. */
export const mostExported = 500;

export const exportTemplatesSchema = z.object({
  way: z.enum(exportWays),
  /** None: all that are not in the archive. */
  ids: z.array(z.uuid()).max(mostExported).default([]),
});
export type ExportTemplates = z.output<typeof exportTemplatesSchema>;
