// What may be said when the list of consignees is published.
import { z } from "zod";
import { line, note } from "@/lib/text";

/** Fields of the form by the place in the generated table: work.0, period.0, sub.0.1. */
export const consigneePlace = /^(work|period|sub)\.\d{1,3}(\.\d{1,3})?$/;

/** Words by their places come as fields of the form; together they are `words`. */
function gathered(sent: unknown): unknown {
  if (typeof sent !== "object" || sent === null) return sent;
  const words = Object.fromEntries(Object.entries(sent).filter(([name]) => consigneePlace.test(name)));
  return { words, ...sent };
}

export const publishConsigneesSchema = z.preprocess(
  gathered,
  z.object({
    /** Number of the list that stood while this was typed; 0: none. */
    number: z.coerce.number().int().min(0).max(100_000),
    /** Hash of the generated table that the person saw. */
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    effectiveOn: z.iso.date(),
    reason: note(300, 1),
    words: z.record(z.string().regex(consigneePlace), line(200)),
  }),
);
export type PublishConsignees = z.infer<typeof publishConsigneesSchema>;
