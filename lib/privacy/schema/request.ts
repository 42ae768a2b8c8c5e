// What may be said about a data subject's request (열람·정정·삭제·처리정지).
import { z } from "zod";
import { line, note, paperDay } from "@/lib/text";

export const requestKinds = ["access", "correction", "deletion", "suspension"] as const;
export type RequestKind = (typeof requestKinds)[number];

/** KakaoTalk first: asking must be at least as easy as the collection was (개인정보 보호법 제38조 제4항, 시행령 제41조 제2항 제2호). */
export const requestWays = ["kakaotalk", "email", "phone", "mail", "visit", "web"] as const;
export type RequestWay = (typeof requestWays)[number];

const requestId = z.uuid();
const version = z.number().int().min(1).max(2_147_483_647);
/** At most 20 characters, upper and lower case differ (field-facts 1.1). */
const userKey = z.string().regex(/^[\x21-\x7e]{1,20}$/, "privacy.requests.refused.userKey");
/** Whose consultations are meant: a user_key counts in one channel alone. */
const subject = { channelId: z.uuid().optional(), userKey: userKey.optional() };

type Subject = { channelId?: string | undefined; userKey?: string | undefined };

function wholeSubject(given: Subject, context: z.RefinementCtx): void {
  if (given.userKey && !given.channelId)
    context.addIssue({ code: "custom", path: ["channelId"], message: "privacy.requests.refused.channelFirst" });
}

export const registerRequestSchema = z
  .object({
    kind: z.enum(requestKinds),
    receivedOn: paperDay,
    receivedVia: z.enum(requestWays),
    ...subject,
    proxy: z.boolean().default(false),
    identity: note(500, 2),
    detail: note(2_000, 5),
  })
  .superRefine(wholeSubject);
export type RegisterRequest = z.infer<typeof registerRequestSchema>;

/** The person, or the proxy, is the one (시행령 제46조 제1항). */
export const identifyRequestSchema = z
  .object({ requestId, version, ...subject, note: note(500, 5) })
  .superRefine(wholeSubject);
export type IdentifyRequest = z.infer<typeof identifyRequestSchema>;

/** To whom a letter goes, who signs it, and where one can object. */
const letter = {
  addressee: line(60, 1),
  signer: line(60, 1),
  signerTitle: line(60).default(""),
  objection: note(300).default(""),
};

export const postponeRequestSchema = z.object({
  requestId,
  version,
  note: note(1_000, 5),
  untilOn: paperDay,
  ...letter,
  objection: note(300, 5),
});
export type PostponeRequest = z.infer<typeof postponeRequestSchema>;

export const answers = ["granted", "partly", "refused"] as const;
export type Answer = (typeof answers)[number];

export const answerRequestSchema = z
  .object({
    requestId,
    version,
    answer: z.enum(answers),
    reason: z.string().max(40).optional(),
    note: note(2_000, 5),
    /** Of an access that is granted: day, time and place (시행령 제41조 제5항). */
    viewing: note(300).default(""),
    ...letter,
  })
  .superRefine((given, context) => {
    if (given.answer === "granted") return;
    if (!given.reason) context.addIssue({ code: "custom", path: ["reason"], message: "errors.required" });
    if (given.objection === "") context.addIssue({ code: "custom", path: ["objection"], message: "errors.required" });
  });
export type AnswerRequest = z.infer<typeof answerRequestSchema>;

export const finishRequestSchema = z.object({ requestId, version, note: note(500, 5) });
export type FinishRequest = z.infer<typeof finishRequestSchema>;

/** The person takes the request back. */
export const withdrawRequestSchema = z.object({ requestId, version, note: note(500, 5) });
export type WithdrawRequest = z.infer<typeof withdrawRequestSchema>;

export const openRequestSchema = z.object({ requestId });

export const requestStates = [
  "received",
  "identified",
  "postponed",
  "granted",
  "done",
  "refused",
  "withdrawn",
] as const;
export type RequestState = (typeof requestStates)[number];

/** The list's address: what makes no sense is left out. */
export const listRequestsSchema = z.object({
  q: z.string().trim().max(20).optional().catch(undefined),
  kind: z.enum(requestKinds).optional().catch(undefined),
  state: z.enum(["open", "late", "closed"]).optional().catch(undefined),
  after: z.string().max(80).optional().catch(undefined),
  before: z.string().max(80).optional().catch(undefined),
});
export type ListRequests = z.infer<typeof listRequestsSchema>;
