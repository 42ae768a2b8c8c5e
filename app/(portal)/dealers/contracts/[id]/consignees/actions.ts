"use server";

import { formAction, leave } from "@/lib/action";
import { attachLetter, recordReconsignment, withdrawReconsignment } from "@/lib/dealers/commands/record-reconsignment";
import { recordSupervision } from "@/lib/dealers/commands/record-supervision";
import {
  attachLetterSchema,
  recordReconsignmentSchema,
  withdrawReconsignmentSchema,
} from "@/lib/dealers/schema/reconsignment";
import { recordSupervisionSchema } from "@/lib/dealers/schema/supervision";

const consignees = (contractId: string) => `/dealers/contracts/${contractId}/consignees`;

export const recordReconsignmentAction = formAction(recordReconsignmentSchema, async (actor, input) => {
  await recordReconsignment(actor, input, new Date());
  return leave(consignees(input.contractId), "dealers.reconsignment.done.recorded");
});

export const attachLetterAction = formAction(attachLetterSchema, async (actor, input) => {
  await attachLetter(actor, input);
  return leave(consignees(input.contractId), "dealers.reconsignment.done.attached");
});

export const withdrawReconsignmentAction = formAction(withdrawReconsignmentSchema, async (actor, input) => {
  await withdrawReconsignment(actor, input);
  return leave(consignees(input.contractId), "dealers.reconsignment.done.withdrawn");
});

export const recordSupervisionAction = formAction(recordSupervisionSchema, async (actor, input) => {
  await recordSupervision(actor, input, new Date());
  return leave(consignees(input.contractId), "dealers.supervision.done");
});
