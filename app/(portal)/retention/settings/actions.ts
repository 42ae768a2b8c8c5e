"use server";

import { revalidatePath } from "next/cache";
import { formAction, leave } from "@/lib/action";
import { Conflict } from "@/lib/errors";
import { saveRetentionSettings } from "@/lib/retention/commands/save-settings";
import { saveRetentionSettingsSchema } from "@/lib/retention/schema/settings";

export const saveRetentionSettingsAction = formAction(saveRetentionSettingsSchema, async (actor, input) => {
  try {
    await saveRetentionSettings(actor, input);
  } catch (error) {
    if (error instanceof Conflict) revalidatePath("/retention/settings");
    throw error;
  }
  return leave("/retention/settings", "retention.settings.done");
});
