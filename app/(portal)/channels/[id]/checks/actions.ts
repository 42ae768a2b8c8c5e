"use server";

import { formAction, leave } from "@/lib/action";
import { importProfile } from "@/lib/channels/commands/import-profile";
import { runCheck } from "@/lib/channels/commands/run-check";
import { importProfileSchema, runCheckSchema } from "@/lib/channels/schema/check";

export const importProfileAction = formAction(importProfileSchema, async (actor, input) => {
  await importProfile(actor, input);
  return leave(`/channels/${input.channelId}/checks`, "channels.done.profileTaken");
});

export const runCheckAction = formAction(runCheckSchema, async (actor, input) => {
  await runCheck(actor, input);
  return leave(`/channels/${input.channelId}/checks`, "channels.done.checked");
});
