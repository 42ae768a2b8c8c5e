"use server";

import { formAction, leave } from "@/lib/action";
import { agreeEnding, declineEnding, withdrawEnding } from "@/lib/dealers/commands/answer-ending";
import { requestEnd, requestReinstatement } from "@/lib/dealers/commands/ask-ending";
import { markExit } from "@/lib/dealers/commands/mark-exit";
import {
  agreeEndingSchema,
  declineEndingSchema,
  markExitSchema,
  requestEndSchema,
  requestReinstatementSchema,
  withdrawEndingSchema,
} from "@/lib/dealers/schema/exit";

const exitOf = (contractId: string) => `/dealers/contracts/${contractId}/exit`;

export const requestEndAction = formAction(requestEndSchema, async (actor, input) => {
  await requestEnd(actor, input);
  return leave(exitOf(input.contractId), "dealers.exit.done.requested");
});

export const requestReinstatementAction = formAction(requestReinstatementSchema, async (actor, input) => {
  await requestReinstatement(actor, input);
  return leave(exitOf(input.contractId), "dealers.exit.done.asked");
});

export const agreeEndingAction = formAction(agreeEndingSchema, async (actor, input) => {
  const { contractId, kind } = await agreeEnding(actor, input);
  return leave(exitOf(contractId), kind === "end" ? "dealers.exit.done.agreed" : "dealers.exit.done.reinstated");
});

export const declineEndingAction = formAction(declineEndingSchema, async (actor, input) => {
  const { contractId } = await declineEnding(actor, input);
  return leave(exitOf(contractId), "dealers.exit.done.declined");
});

export const withdrawEndingAction = formAction(withdrawEndingSchema, async (actor, input) => {
  const { contractId } = await withdrawEnding(actor, input);
  return leave(exitOf(contractId), "dealers.exit.done.withdrawn");
});

export const markExitAction = formAction(markExitSchema, async (actor, input) => {
  await markExit(actor, input);
  return leave(exitOf(input.contractId), "dealers.exit.done.marked");
});
