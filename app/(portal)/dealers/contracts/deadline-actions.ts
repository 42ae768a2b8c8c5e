"use server";

import { formAction, leave } from "@/lib/action";
import { decideContract } from "@/lib/dealers/commands/decide-contract";
import { snoozeDeadline } from "@/lib/dealers/commands/snooze-deadline";
import { decideContractSchema, snoozeDeadlineSchema } from "@/lib/dealers/schema/deadline";

export const decideContractAction = formAction(decideContractSchema, async (actor, input) => {
  await decideContract(actor, input, new Date());
  return leave(`/dealers/contracts/${input.contractId}`, "dealers.deadlines.choice.done");
});

export const snoozeDeadlineAction = formAction(snoozeDeadlineSchema, async (actor, input) => {
  await snoozeDeadline(actor, input, new Date());
  return leave(`/dealers/contracts/${input.contractId}`, "dealers.deadlines.snooze.done");
});
