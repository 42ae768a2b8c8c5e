"use server";

import { revalidatePath } from "next/cache";
import { formAction, leave } from "@/lib/action";
import { Conflict } from "@/lib/errors";
import {
  approveDestruction,
  cancelDestruction,
  rejectDestruction,
  requestDestruction,
  startDestruction,
  takeDealerStep,
} from "@/lib/retention/commands/decide-destruction";
import { prepareDestruction } from "@/lib/retention/commands/prepare-destruction";
import {
  approveDestructionSchema,
  dealerStepSchema,
  destructionStepSchema,
  prepareDestructionSchema,
  rejectDestructionSchema,
  startDestructionSchema,
} from "@/lib/retention/schema/destruction";

const at = (id: string) => `/retention/destructions/${id}`;

export const prepareDestructionAction = formAction(prepareDestructionSchema, async (actor, input) => {
  const { id } = await prepareDestruction(actor, input, new Date());
  return leave(at(id), "retention.destructions.done.prepared");
});

/** After a Conflict the page shows how the run stands now, so that the next act is a knowing one. */
async function fresh(id: string, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (error instanceof Conflict) revalidatePath(at(id));
    throw error;
  }
}

export const requestDestructionAction = formAction(destructionStepSchema, async (actor, input) => {
  await fresh(input.destructionId, () => requestDestruction(actor, input, new Date()));
  return leave(at(input.destructionId), "retention.destructions.done.requested");
});

export const approveDestructionAction = formAction(approveDestructionSchema, async (actor, input) => {
  await fresh(input.destructionId, () => approveDestruction(actor, input, new Date()));
  return leave(at(input.destructionId), "retention.destructions.done.approved");
});

export const rejectDestructionAction = formAction(rejectDestructionSchema, async (actor, input) => {
  await fresh(input.destructionId, () => rejectDestruction(actor, input, new Date()));
  return leave(at(input.destructionId), "retention.destructions.done.rejected");
});

export const cancelDestructionAction = formAction(destructionStepSchema, async (actor, input) => {
  await fresh(input.destructionId, () => cancelDestruction(actor, input, new Date()));
  return leave(at(input.destructionId), "retention.destructions.done.cancelled");
});

export const startDestructionAction = formAction(startDestructionSchema, async (actor, input) => {
  await fresh(input.destructionId, () => startDestruction(actor, input, new Date()));
  return leave(at(input.destructionId), "retention.destructions.done.started");
});

export const takeDealerStepAction = formAction(dealerStepSchema, async (actor, input) => {
  await takeDealerStep(actor, input, new Date());
  return leave(at(input.destructionId), "retention.destructions.done.dealer");
});
