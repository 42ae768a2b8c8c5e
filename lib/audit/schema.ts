import { z } from "zod";

const day = z
  .string()
  .regex(/^(19|20|21)\d\d-\d\d-\d\d$/)
  .refine((text) => !Number.isNaN(Date.parse(text)) && new Date(text).toISOString().startsWith(text));
const word = z
  .string()
  .trim()
  .min(1)
  .max(100)
  .refine((text) => text.isWellFormed() && !text.includes("\u0000"));

/** What the list of the audit log is narrowed to, as its address says it. What cannot be read is left out, never an error. */
export const auditFilterSchema = z.object({
  /** KST days, both included. */
  from: day.optional().catch(undefined),
  to: day.optional().catch(undefined),
  /** A person's id, or a job's or connection's. */
  actor: word.optional().catch(undefined),
  /** The noun of the action: "placement" of "placement.retired". */
  group: z
    .string()
    .regex(/^[a-z-]{1,40}$/)
    .optional()
    .catch(undefined),
  result: z.enum(["ok", "refused"]).optional().catch(undefined),
  /** Exactly: a target's id, a subject's handle, a user_key, an address, an entry's number or id, or the beginning of a hash (8 hex digits). */
  q: word.optional().catch(undefined),
});
export type AuditFilter = z.infer<typeof auditFilterSchema>;

/** A place in the list: instant in microseconds and id. */
export const auditCursorSchema = z
  .string()
  .regex(/^\d{1,16}_[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/)
  .transform((text) => {
    const [at = "0", id = ""] = text.split("_");
    return { at: Number(at), id };
  });
export type AuditCursor = z.output<typeof auditCursorSchema>;

/** Which page of the list: what is older than `after`, or what is newer than `before`. */
export const auditPageSchema = z.object({
  after: auditCursorSchema.optional().catch(undefined),
  before: auditCursorSchema.optional().catch(undefined),
  event: z.uuid().optional().catch(undefined),
});

/** What an `audit.verified` entry holds. */
export const verdictSchema = z.object({
  sound: z.boolean(),
  entries: z.number(),
  seq: z.number(),
  hash: z.string(),
  unsealed: z.number(),
  milliseconds: z.number(),
  checkpoint: z.number().nullable(),
  fault: z.object({ kind: z.string(), seq: z.number().nullable(), eventId: z.string().nullable() }).nullable(),
});
export type Verdict = z.infer<typeof verdictSchema>;

/** What an `audit.checkpointed` entry holds. */
export const checkpointedSchema = z.object({ seq: z.number(), hash: z.string() });
