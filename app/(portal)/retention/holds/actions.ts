"use server";

import { revalidatePath } from "next/cache";
import { formAction, leave } from "@/lib/action";
import { Conflict } from "@/lib/errors";
import { editHold } from "@/lib/retention/commands/edit-hold";
import { placeHold } from "@/lib/retention/commands/place-hold";
import { approveRelease, declineRelease, requestRelease, withdrawRelease } from "@/lib/retention/commands/release-hold";
import {
  approveReleaseSchema,
  declineReleaseSchema,
  editHoldSchema,
  placeHoldSchema,
  requestReleaseSchema,
  withdrawReleaseSchema,
} from "@/lib/retention/schema/hold";

const at = (id: string) => `/retention/holds/${id}`;

export const placeHoldAction = formAction(placeHoldSchema, async (actor, input) => {
  const { id } = await placeHold(actor, input);
  return leave(at(id), "retention.holds.done.placed");
});

/** After a Conflict the page shows what is saved now, so that the next save is a knowing one. */
async function fresh<T>(path: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    if (error instanceof Conflict) revalidatePath(path);
    throw error;
  }
}

export const editHoldAction = formAction(editHoldSchema, async (actor, input) => {
  await fresh(at(input.holdId), () => editHold(actor, input));
  return leave(at(input.holdId), "retention.holds.done.edited");
});

export const requestReleaseAction = formAction(requestReleaseSchema, async (actor, input) => {
  await fresh(at(input.holdId), () => requestRelease(actor, input));
  return leave(at(input.holdId), "retention.holds.done.asked");
});

export const approveReleaseAction = formAction(approveReleaseSchema, async (actor, input) => {
  const holdId = await approveRelease(actor, input);
  return leave(at(holdId), "retention.holds.done.released");
});

export const declineReleaseAction = formAction(declineReleaseSchema, async (actor, input) => {
  const holdId = await declineRelease(actor, input);
  return leave(at(holdId), "retention.holds.done.declined");
});

export const withdrawReleaseAction = formAction(withdrawReleaseSchema, async (actor, input) => {
  const holdId = await withdrawRelease(actor, input);
  return leave(at(holdId), "retention.holds.done.withdrawn");
});
