// What may be said of training and inspecting a consignee (수탁자 교육·점검).
import { z } from "zod";
import { line, note, paperDay } from "@/lib/text";

export const supervisionKinds = ["training", "inspection"] as const;
export type SupervisionKind = (typeof supervisionKinds)[number];

export const recordSupervisionSchema = z.object({
  contractId: z.uuid(),
  kind: z.enum(supervisionKinds),
  heldOn: paperDay,
  subject: line(100, 1),
  result: note(1_000, 1),
  /** When the next one is due; null where none is set. */
  nextOn: paperDay.nullable().default(null),
  /** Document of the contract: minutes, a filled-in checklist. */
  documentId: z.uuid().nullable().default(null),
});
export type RecordSupervision = z.infer<typeof recordSupervisionSchema>;
