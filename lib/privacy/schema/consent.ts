// What may be said of consent forms and of answers to them.
import { z } from "zod";
import { periodUnits } from "@/lib/retention/rules/period";
import { line, note } from "@/lib/text";
import { userKeySchema } from "@/lib/transcripts/schema";
import { consentKinds, consentWays } from "../rules/consent";

const hash = z.string().regex(/^[0-9a-f]{64}$/);
const emptyIsNull = (value: unknown) => (value === "" || value === undefined ? null : value);
const ticked = z.preprocess((value) => value === "on" || value === "true" || value === true, z.boolean());

/** Items as people type them: one a line, or with commas between them. */
const items = z.preprocess(
  (value) =>
    typeof value === "string"
      ? value
          .split(/[\n,]/)
          .map((one) => one.trim())
          .filter((one) => one !== "")
      : value,
  z.array(line(60, 1)).min(1, "errors.required").max(30),
);

const words = {
  purpose: note(300, 1),
  items,
  refusal: note(300, 1),
  periodOf: z.enum(["policy", "own"]),
  count: z.preprocess(emptyIsNull, z.coerce.number().int().min(1).max(999).nullable()),
  unit: z.preprocess(emptyIsNull, z.enum(periodUnits).nullable()),
  recipient: line(100).default(""),
  optional: ticked.default(false),
  minors: z.enum(["refuse", "guardian"]).default("refuse"),
};

export const draftConsentFormSchema = z.object({
  name: line(60, 1),
  kind: z.enum(consentKinds),
  channelId: z.preprocess(emptyIsNull, z.uuid().nullable()),
  ...words,
});
export type DraftConsentForm = z.infer<typeof draftConsentFormSchema>;

export const saveConsentVersionSchema = z.object({
  formId: z.uuid(),
  /** Number of the version that was open while this was typed. */
  version: z.coerce.number().int().min(1).max(100_000),
  ...words,
});
export type SaveConsentVersion = z.infer<typeof saveConsentVersionSchema>;

const about = { formId: z.uuid(), hash };
export const submitConsentSchema = z.object({ ...about, note: note(500).default("") });
export type SubmitConsent = z.infer<typeof submitConsentSchema>;
export const approveConsentSchema = z.object({ ...about, note: note(500).default("") });
export const rejectConsentSchema = z.object({ ...about, note: note(500, 1) });
export type DecideConsent = z.infer<typeof approveConsentSchema>;
export const retireConsentSchema = z.object({ formId: z.uuid() });
export type RetireConsent = z.infer<typeof retireConsentSchema>;

/** An answer of a user, by user_key of one channel; at most twenty characters (field-facts 1.1). */
export const recordConsentSchema = z.object({
  formId: z.uuid(),
  channelId: z.uuid(),
  userKey: userKeySchema,
  session: z.preprocess(emptyIsNull, z.uuid().nullable()).default(null),
  given: z.enum(["given", "refused"]),
  how: z.enum(consentWays),
  /** KST, as a field of date and time gives it; empty: now. */
  at: z.preprocess(emptyIsNull, z.iso.datetime({ local: true }).nullable()).default(null),
  guardian: ticked.default(false),
});
export type RecordConsent = z.infer<typeof recordConsentSchema>;

export const withdrawConsentSchema = z.object({
  consentId: z.uuid(),
  how: z.enum(consentWays),
  note: note(300).default(""),
});
export type WithdrawConsent = z.infer<typeof withdrawConsentSchema>;

export const findConsentsSchema = z.object({
  channelId: z.uuid(),
  userKey: userKeySchema,
});
export type FindConsents = z.infer<typeof findConsentsSchema>;
