// What may be said about the end of a contract, and about an item of its way out.
import { z } from "zod";
import { exitKeys } from "../rules/exit-items";

/** Forbidden in several lines of text: control characters, and marks that turn the reading direction of what follows. */
const unreadable = /[^\P{Cc}\n\t]|[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

const note = (least: number) =>
  z
    .string()
    .transform((text) => text.normalize("NFC").replaceAll("\r\n", "\n").trim())
    .pipe(
      z
        .string()
        .min(least, least === 1 ? "errors.required" : undefined)
        .max(500)
        .refine((text) => !unreadable.test(text) && text.isWellFormed(), "errors.text"),
    );

const contractId = z.uuid();
const endingId = z.uuid();
/** SHA-256 of what was shown when it was agreed to, hex: `endingDigest`. */
const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** Asks for the end of a contract; `endsOn` is the last day of use, KST. */
export const requestEndSchema = z.object({ contractId, endsOn: z.iso.date(), reason: note(5) });
export type RequestEnd = z.infer<typeof requestEndSchema>;

export const requestReinstatementSchema = z.object({ contractId, reason: note(5) });
export type RequestReinstatement = z.infer<typeof requestReinstatementSchema>;

export const agreeEndingSchema = z.object({ endingId, digest, note: note(0).default("") });
export type AgreeEnding = z.infer<typeof agreeEndingSchema>;

export const declineEndingSchema = z.object({ endingId, note: note(5) });
export type DeclineEnding = z.infer<typeof declineEndingSchema>;

export const withdrawEndingSchema = z.object({ endingId, note: note(0).default("") });
export type WithdrawEnding = z.infer<typeof withdrawEndingSchema>;

export const exitMarkKinds = ["done", "reopened", "not-applicable"] as const;
export type ExitMarkKind = (typeof exitMarkKinds)[number];

/** `seen` is the id of the newest mark that the form was made for, empty without one. */
export const markExitSchema = z.object({
  contractId,
  endingId,
  item: z.enum(exitKeys),
  kind: z.enum(exitMarkKinds),
  note: note(0).default(""),
  documentId: z.uuid().nullable().default(null),
  seen: z.union([z.uuid(), z.literal("")]).default(""),
});
export type MarkExit = z.infer<typeof markExitSchema>;
