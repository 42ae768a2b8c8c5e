// What the access records (접속기록) are narrowed to, and what a review of them may say.
import { z } from "zod";
import { line, note, paperDay } from "@/lib/text";

export const accessActions = [
  "search",
  "find",
  "read",
  "unmask",
  "file",
  "export",
  "download",
  "classify",
  "forward",
] as const;
export type AccessActionKey = (typeof accessActions)[number];

const cursor = z
  .string()
  .regex(/^\d{1,13}_[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/)
  .optional()
  .catch(undefined);

/** What the list is narrowed to, as its address says it; what cannot be read is left out. */
export const accessFilterSchema = z.object({
  /** KST days, both included. */
  from: z.iso.date().optional().catch(undefined),
  to: z.iso.date().optional().catch(undefined),
  actor: z.string().min(1).max(100).optional().catch(undefined),
  action: z.enum(accessActions).optional().catch(undefined),
  /** Exactly: a data subject's handle or its beginning (8 hex digits at least), a session's id. */
  q: z
    .string()
    .trim()
    .regex(/^[0-9a-f-]{8,36}$/i)
    .transform((text) => text.toLowerCase())
    .optional()
    .catch(undefined),
  before: cursor,
  after: cursor,
});
export type AccessFilter = z.infer<typeof accessFilterSchema>;

/** Conditions under which 접속기록 must be kept two years (안전성 확보조치 기준 제8조 제1항, 2026-07-01). */
export const keepConditions = ["fifty-thousand", "unique-id", "carrier"] as const;
export type KeepCondition = (typeof keepConditions)[number];

const hour = z.number().int().min(0).max(23);

export const saveAccessPlanSchema = z.object({
  intervalMonths: z.number("errors.number").int().min(1, "errors.number").max(12, "errors.number"),
  /** Clause of the internal plan (내부 관리계획). */
  clause: line(200, 2),
  conditions: z.array(z.enum(keepConditions)),
  keepYears: z.number("errors.number").int().min(1).max(5),
  nightFrom: hour,
  nightTo: hour,
  bulk: z.number("errors.number").int().min(2, "errors.number").max(10_000, "errors.number"),
  sameSubject: z.number("errors.number").int().min(2, "errors.number").max(1_000, "errors.number"),
});
export type SaveAccessPlan = z.infer<typeof saveAccessPlanSchema>;

export const startReviewSchema = z.object({ from: paperDay, to: paperDay });
export type StartReview = z.infer<typeof startReviewSchema>;

export const verdicts = ["fine", "question"] as const;

export const judgeSampleSchema = z.object({
  reviewId: z.uuid(),
  sampleId: z.uuid(),
  verdict: z.enum(verdicts),
  note: line(500),
});
export type JudgeSample = z.infer<typeof judgeSampleSchema>;

export const recordFindingSchema = z.object({
  reviewId: z.uuid(),
  sampleId: z.uuid().optional(),
  text: note(1_000, 5),
  ownerId: z.uuid("errors.required"),
  dueOn: paperDay,
});
export type RecordFinding = z.infer<typeof recordFindingSchema>;

export const closeFindingSchema = z.object({ reviewId: z.uuid(), findingId: z.uuid(), followUp: note(1_000, 5) });
export type CloseFinding = z.infer<typeof closeFindingSchema>;

export const closeReviewSchema = z.object({
  reviewId: z.uuid(),
  version: z.number().int(),
  conclusion: note(2_000, 5),
});
export type CloseReview = z.infer<typeof closeReviewSchema>;
