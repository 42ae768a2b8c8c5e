// What may be said of a re-consignment approval (재위탁 서면 승인).
import { z } from "zod";
import { line, note, paperDay } from "@/lib/text";

const contractId = z.uuid();
const reconsignmentId = z.uuid();

export const recordReconsignmentSchema = z.object({
  contractId,
  /** One that the contract covers. */
  channelId: z.uuid(),
  consignor: line(100, 1),
  consignee: line(100, 1),
  subConsignee: line(100, 1),
  /** 위탁 업무의 범위 and 개인정보 항목. */
  scope: note(1_000, 1),
  items: note(500, 1),
  approverName: line(40, 1),
  approverTitle: line(60).default(""),
  approvedOn: paperDay,
  validFrom: paperDay,
  /** Last day on which it holds; null: until it is withdrawn. */
  validUntil: paperDay.nullable().default(null),
  /** Document of the contract of kind `reconsignment`: the signed letter. It may come later. */
  documentId: z.uuid().nullable().default(null),
});
export type RecordReconsignment = z.infer<typeof recordReconsignmentSchema>;

export const attachLetterSchema = z.object({ contractId, reconsignmentId, documentId: z.uuid("errors.choose") });
export type AttachLetter = z.infer<typeof attachLetterSchema>;

export const withdrawReconsignmentSchema = z.object({
  contractId,
  reconsignmentId,
  /** First day on which it holds no longer, KST. */
  withdrawnOn: paperDay,
  reason: note(500, 5),
});
export type WithdrawReconsignment = z.infer<typeof withdrawReconsignmentSchema>;
