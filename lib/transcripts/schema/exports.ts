// What may be said of taking consultations out of the house.
import { z } from "zod";
import { categories } from "@/lib/retention/rules/categories";
import { sessionIdSchema } from "../schema";
import { shortestReason, transcriptFilterSchema } from "./reading";

export const exportFormats = ["ndjson", "csv", "pdf"] as const;
export type ExportFormat = (typeof exportFormats)[number];

/** The list's own conditions; places in the list say nothing here. */
export const exportFilterSchema = transcriptFilterSchema.omit({ before: true, after: true });
export type ExportFilter = z.infer<typeof exportFilterSchema>;

export const requestExportSchema = exportFilterSchema.extend({
  format: z.enum(exportFormats),
  /** Show what is masked by default; only where the purpose allows it. */
  unmasked: z.boolean(),
  purposeId: z.uuid(),
  reason: z.string().trim().min(shortestReason).max(500),
});
export type RequestExport = z.infer<typeof requestExportSchema>;

export const exportSchema = z.object({ exportId: z.uuid() });
export type ExportRef = z.infer<typeof exportSchema>;

/** The operator's options: here a value that cannot be read is refused, not taken for absent. */
export const operatorExportSchema = z.object({
  format: z.enum(exportFormats),
  unmasked: z.boolean(),
  purpose: z.string().trim().min(1).max(40),
  reason: z.string().trim().min(shortestReason).max(500),
  session: sessionIdSchema.optional(),
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
  category: z.enum(categories).optional(),
});
