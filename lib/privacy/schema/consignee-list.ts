// What may be said when the list of consignees is published.
import { z } from "zod";
import { line, note } from "@/lib/text";

/** Rows of the form come as fields work.0, period.0, sub.0.0 …: `words` is what lib/privacy/rules reads out of them. */
export const publishConsigneesSchema = z.object({
  /** Number of the list that stood while this was typed; 0: none. */
  number: z.coerce.number().int().min(0).max(100_000),
  /** Hash of the generated table that the person saw. */
  hash: z.string().regex(/^[0-9a-f]{64}$/),
  effectiveOn: z.iso.date(),
  reason: note(300, 1),
  /** Words by the place they stand at, in the order of the generated table. */
  works: z.array(line(200)).max(500).default([]),
  periods: z.array(line(100)).max(500).default([]),
  subWorks: z.array(line(200)).max(2_000).default([]),
});
export type PublishConsignees = z.infer<typeof publishConsigneesSchema>;
