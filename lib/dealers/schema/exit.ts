// What may be said about the end of a contract, and about an item of its way out.
import { z } from "zod";
import { note } from "@/lib/text";
import { exitKeys } from "../rules/exit-items";

const contractId = z.uuid();
const endingId = z.uuid();
/** SHA-256 of what was shown when it was agreed to, hex: `endingDigest`. */
const digest = z.string().regex(/^[0-9a-f]{64}$/);

/** Asks for the end of a contract; `endsOn` is the last day of use, KST. */
export const requestEndSchema = z.object({ contractId, endsOn: z.iso.date(), reason: note(500, 5) });
export type RequestEnd = z.infer<typeof requestEndSchema>;

export const requestReinstatementSchema = z.object({ contractId, reason: note(500, 5) });
export type RequestReinstatement = z.infer<typeof requestReinstatementSchema>;

export const agreeEndingSchema = z.object({ endingId, digest, note: note(500).default("") });
export type AgreeEnding = z.infer<typeof agreeEndingSchema>;

export const declineEndingSchema = z.object({ endingId, note: note(500, 5) });
export type DeclineEnding = z.infer<typeof declineEndingSchema>;

export const withdrawEndingSchema = z.object({ endingId, note: note(500).default("") });
export type WithdrawEnding = z.infer<typeof withdrawEndingSchema>;

export const exitMarkKinds = ["done", "reopened", "not-applicable"] as const;
export type ExitMarkKind = (typeof exitMarkKinds)[number];

/** `seen` is the id of the newest mark that the form was made for, empty without one. */
export const markExitSchema = z.object({
  contractId,
  endingId,
  item: z.enum(exitKeys),
  kind: z.enum(exitMarkKinds),
  note: note(500).default(""),
  documentId: z.uuid().nullable().default(null),
  seen: z.union([z.uuid(), z.literal("")]).default(""),
});
export type MarkExit = z.infer<typeof markExitSchema>;
