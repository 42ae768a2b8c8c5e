// What is asked of a message that a person sends into a consultation.
import { z } from "zod";

const hash = z.string().regex(/^[0-9a-f]{64}$/);

/** `preview` shows the message as it would go; `send` sends the one that was shown. Values of variables stand in `value.0`, `value.1` … */
export const sendMessageSchema = z.object({
  sessionId: z.uuid(),
  templateId: z.uuid(),
  /** Of the version that the form was made from. */
  version: hash,
  act: z.enum(["preview", "send"]).default("preview"),
  /** Hash of the message that was shown. */
  seen: z.union([hash, z.literal("")]).default(""),
});

export const sendOutcomes = ["accepted", "refused", "unsent", "unknown"] as const;
export type SendOutcome = (typeof sendOutcomes)[number];

/** A message that a person sent, and what came of it; null while nothing is known. */
export type SentMessageRow = {
  id: string;
  templateId: string;
  templateName: string;
  number: number;
  personName: string;
  at: Date;
  outcome: SendOutcome | null;
  /** A reason of lib/dealers/client/reasons, or "". */
  reason: string;
};
