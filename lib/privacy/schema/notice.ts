// What may be said of the first automatic notice (자동 안내).
import { z } from "zod";
import { sentText } from "@/lib/templates/rules/counting";
import { line, note } from "@/lib/text";
import { noticeLimit } from "../rules/notice-text";

export const noticeWeights = ["major", "minor"] as const;
export type NoticeWeight = (typeof noticeWeights)[number];

const day = z.iso.date();
const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** A text as it is sent: NFC, LF; nothing invisible that would turn or break what is read. */
const source = z
  .string()
  .transform((typed) => sentText(typed).trim())
  .pipe(
    z
      .string()
      .min(1, "errors.required")
      // Twice the limit may be saved as a draft: who writes may be over it for a while; submitting is not.
      .max(noticeLimit * 2)
      .refine(
        (typed) => typed.isWellFormed() && !/[^\P{Cc}\n]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u.test(typed),
        "errors.text",
      ),
  );

export const saveNoticeSchema = z.object({
  channelId: z.uuid(),
  /** The version and its save that was open while this was typed; 0 and 0 for the first text of a channel. */
  number: z.coerce.number().int().min(0).max(100_000),
  save: z.coerce.number().int().min(0).max(100_000),
  source,
  hours: line(60).default(""),
  summary: line(100).default(""),
  weight: z.enum(noticeWeights).default("major"),
});
export type SaveNotice = z.infer<typeof saveNoticeSchema>;

const about = { noticeId: z.uuid(), number: z.coerce.number().int().min(1).max(100_000), hash };

export const submitNoticeSchema = z.object({ ...about, note: note(500).default("") });
export type SubmitNotice = z.infer<typeof submitNoticeSchema>;

export const approveNoticeSchema = z.object({ ...about, note: note(500).default("") });
export type ApproveNotice = z.infer<typeof approveNoticeSchema>;

export const rejectNoticeSchema = z.object({ ...about, note: note(500, 1) });
export type RejectNotice = z.infer<typeof rejectNoticeSchema>;

export const withdrawNoticeSchema = z.object({ ...about, note: note(500, 1) });
export type WithdrawNotice = z.infer<typeof withdrawNoticeSchema>;

/** The dealer was asked: its ticket, where it gave one. */
export const requestNoticeSchema = z.object({
  ...about,
  ticket: line(60).default(""),
  doneOn: day,
  note: note(500).default(""),
});
export type RequestNotice = z.infer<typeof requestNoticeSchema>;

export const declineNoticeSchema = z.object({ ...about, doneOn: day, note: note(500, 1) });
export type DeclineNotice = z.infer<typeof declineNoticeSchema>;

export const applyNoticeSchema = z.object({ ...about, doneOn: day, note: note(500).default("") });
export type ApplyNotice = z.infer<typeof applyNoticeSchema>;

/** What stands in a real chat room, pasted; a screenshot comes as an upload beside it. */
export const verifyNoticeSchema = z.object({
  ...about,
  pasted: z
    .string()
    .max(noticeLimit * 4)
    .default(""),
  /** Of a screenshot: the person says that it shows the approved text. */
  confirmed: z.preprocess((value) => value === "on" || value === "true" || value === true, z.boolean()).default(false),
  /** Records a text that differs as what stands there. */
  differs: z.preprocess((value) => value === "on" || value === "true" || value === true, z.boolean()).default(false),
  note: note(500).default(""),
});
export type VerifyNotice = z.infer<typeof verifyNoticeSchema>;
