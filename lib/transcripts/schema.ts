// What a consultation's events may say, whatever dealer they come from.
import { z } from "zod";
import type { AuditValue } from "@/lib/audit/record";

/** JSON as it is sealed; numbers beyond 2^53 stand as text. */
export type Json = AuditValue;

export const entryPoints = ["button", "qr", "channel_search", "message_screen"] as const;
export type EntryPoint = (typeof entryPoints)[number];

export const messageKinds = ["text", "photo", "video", "audio", "file", "button", "other"] as const;
export type MessageKind = (typeof messageKinds)[number];

export const noteKinds = ["opened", "ended", "seen", "result", "forwarded"] as const;
export type NoteKind = (typeof noteKinds)[number];

const visible = (most: number) =>
  z
    .string()
    .regex(/^[\x21-\x7e]+$/)
    .max(most);

/** 1 to 20 characters, per channel, case-sensitive (field-facts 1.1). */
export const userKeySchema = z
  .string()
  .min(1)
  .max(20)
  .regex(/^[^\p{C}]+$/u);
export const sessionIdSchema = visible(100);

/**
 * A way-in code as it may stand in clear: a code, not a sentence, an address or a telephone number.
 * Whatever else a dealer reports as `extra` is kept, but sealed (a company may have put a person's data there).
 */
export const clearCode = /^(?!\d{8,}$)[A-Za-z0-9_.~-]{1,50}$/;

/** One event of a consultation, the same for every dealer format. `content` is what is sealed; the rest steers. */
export const consultEventSchema = z.object({
  /** What makes it the same event again, e.g. "message:1689884130894833200"; only a keyed hash of it is kept. */
  key: z.string().min(1),
  /** Canonical text of what must be equal when the same event comes again; only a keyed hash of it is kept. */
  digest: z.string(),
  kind: z.enum(["opened", "message", "ended", "note"]),
  /** Null where the dealer leaves it out: then it is the user's open session. */
  sessionId: sessionIdSchema.nullable(),
  userKey: userKeySchema,
  at: z.date(),
  /** Way-in code in clear, null for none or for one that may not stand in clear. */
  extra: z.string().regex(clearCode).nullable(),
  entry: z.enum(entryPoints).nullable(),
  /** Why it ended, as a code. */
  reason: z
    .string()
    .regex(/^[A-Za-z0-9_.-]{1,50}$/)
    .nullable(),
  direction: z.enum(["in", "out", "note"]),
  /** Null: nothing to keep beyond the session itself. */
  row: z.enum([...messageKinds, ...noteKinds]).nullable(),
  content: z.custom<Json>().nullable(),
});
export type ConsultEvent = z.infer<typeof consultEventSchema>;

/** Why an event that could be read was not kept. */
export const refusals = ["conflicting_repeat", "other_user", "no_session", "destroyed"] as const;
export type Refusal = (typeof refusals)[number];
export type Taken = { stored: true } | { stored: false; reason: Refusal };

export const knownness = ["known", "unknown", "none"] as const;

/** How the monitor's list is narrowed; everything optional, unreadable values count as absent. */
export const consultFilterSchema = z.object({
  channel: z.uuid().optional().catch(undefined),
  place: z.enum(knownness).optional().catch(undefined),
  code: z.string().regex(clearCode).optional().catch(undefined),
  from: z.iso.date().optional().catch(undefined),
  to: z.iso.date().optional().catch(undefined),
  before: z.string().max(100).optional().catch(undefined),
  after: z.string().max(100).optional().catch(undefined),
});
export type ConsultFilter = z.infer<typeof consultFilterSchema>;
