// What may be said of a re-consignment approval (재위탁 서면 승인).
import { z } from "zod";
import { linesText, lineText, paperDay } from "./text";

const contractId = z.uuid();
const reconsignmentId = z.uuid();

export const recordReconsignmentSchema = z.object({
  contractId,
  /** One that the contract covers. */
  channelId: z.uuid(),
  consignor: lineText(1, 100),
  consignee: lineText(1, 100),
  subConsignee: lineText(1, 100),
  /** 위탁 업무의 범위 and 개인정보 항목. */
  scope: linesText(1, 1_000),
  items: linesText(1, 500),
  approverName: lineText(1, 40),
  approverTitle: lineText(0, 60).default(""),
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
  reason: linesText(5, 500),
});
export type WithdrawReconsignment = z.infer<typeof withdrawReconsignmentSchema>;
