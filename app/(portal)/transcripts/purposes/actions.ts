"use server";

import { formAction, leave } from "@/lib/action";
import { addPurpose, editPurpose, retirePurpose } from "@/lib/transcripts/commands/edit-purposes";
import { addPurposeSchema, editPurposeSchema, retirePurposeSchema } from "@/lib/transcripts/schema/purposes";

export const addPurposeAction = formAction(addPurposeSchema, async (actor, input) => {
  await addPurpose(actor, input, new Date());
  return leave("/transcripts/purposes", "form.saved");
});

export const editPurposeAction = formAction(editPurposeSchema, async (actor, input) => {
  await editPurpose(actor, input);
  return leave("/transcripts/purposes", "form.saved");
});

export const retirePurposeAction = formAction(retirePurposeSchema, async (actor, input) => {
  await retirePurpose(actor, input, new Date());
  return leave("/transcripts/purposes", "form.saved");
});
