// What may be said of finding, opening and marking a consultation.
import { z } from "zod";
import { categories } from "@/lib/retention/rules/categories";
import { knownness } from "../schema";

export const transcriptStates = ["open", "ended", "expired"] as const;
export type TranscriptState = (typeof transcriptStates)[number];

const flag = z.literal("1").optional().catch(undefined);

/** How the list is narrowed; everything optional, unreadable values count as absent. Never a user_key: `user` is its keyed handle. */
export const transcriptFilterSchema = z.object({
  channel: z.uuid().optional().catch(undefined),
  place: z.enum(knownness).optional().catch(undefined),
  placement: z.uuid().optional().catch(undefined),
  /** KST days on which the session opened, both included. */
  from: z.iso.date().optional().catch(undefined),
  to: z.iso.date().optional().catch(undefined),
  state: z.enum(transcriptStates).optional().catch(undefined),
  category: z.enum(categories).optional().catch(undefined),
  policy: z.uuid().optional().catch(undefined),
  hold: z.enum(["held", "free"]).optional().catch(undefined),
  /** Kept by law alone (제21조 제3항). */
  apart: flag,
  visit: z.enum(["first", "again"]).optional().catch(undefined),
  /** Its last day. */
  due: z.iso.date().optional().catch(undefined),
  overdue: flag,
  user: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional()
    .catch(undefined),
  /** The dealer's session id. */
  session: z
    .string()
    .regex(/^[\x21-\x7e]{1,100}$/)
    .optional()
    .catch(undefined),
  before: z.string().max(100).optional().catch(undefined),
  after: z.string().max(100).optional().catch(undefined),
});
export type TranscriptFilter = z.infer<typeof transcriptFilterSchema>;

/** A user is found by the exact user_key or a session by its id, in one channel or in all. */
export const findTranscriptSchema = z.object({
  key: z.string().trim().min(1).max(100),
  channel: z.uuid().optional(),
});
export type FindTranscript = z.infer<typeof findTranscriptSchema>;

/** Shortest reason of a look, as in the picture of the purpose dialog. */
export const shortestReason = 10;

export const openLookSchema = z.object({
  sessionId: z.uuid(),
  purposeId: z.uuid(),
  reason: z.string().trim().min(shortestReason).max(500),
});
export type OpenLook = z.infer<typeof openLookSchema>;

export const lookSchema = z.object({ sessionId: z.uuid(), lookId: z.uuid() });
export type LookPlace = z.infer<typeof lookSchema>;

/** Most sessions that are classified in one act. */
export const mostClassified = 200;

export const classifySchema = z.object({
  ids: z.array(z.uuid()).min(1).max(mostClassified),
  category: z.enum(categories),
});
export type Classify = z.infer<typeof classifySchema>;

export const anchorKinds = ["case-closed", "transaction-ended"] as const;
export type AnchorKind = (typeof anchorKinds)[number];

export const markAnchorSchema = z.object({
  sessionId: z.uuid(),
  kind: z.enum(anchorKinds),
  on: z.iso.date(),
});
export type MarkAnchor = z.infer<typeof markAnchorSchema>;

/** What a customer may hand on that 상담톡 cannot show (guide 3-2). */
export const forwardedSources = ["alimtalk", "friendtalk", "group", "chatbot", "other"] as const;
export type ForwardedSource = (typeof forwardedSources)[number];
export const longestForwarded = 4_000;

export const forwardSchema = z.object({
  sessionId: z.uuid(),
  source: z.enum(forwardedSources),
  text: z.string().trim().min(1).max(longestForwarded),
});
export type Forward = z.infer<typeof forwardSchema>;
