"use server";

import { formAction, leave } from "@/lib/action";
import { beginSwitch, completeSwitch, withdrawSwitch } from "@/lib/channels/commands/switch-dealer";
import { beginSwitchSchema, completeSwitchSchema, withdrawSwitchSchema } from "@/lib/channels/schema/switch";

export const beginSwitchAction = formAction(beginSwitchSchema, async (actor, input) => {
  await beginSwitch(actor, input);
  return leave(`/channels/${input.channelId}/dealer`, "channels.switch.done.begun");
});

export const completeSwitchAction = formAction(completeSwitchSchema, async (actor, input) => {
  await completeSwitch(actor, input);
  return leave(`/channels/${input.channelId}/dealer`, "channels.switch.done.completed");
});

export const withdrawSwitchAction = formAction(withdrawSwitchSchema, async (actor, input) => {
  await withdrawSwitch(actor, input);
  return leave(`/channels/${input.channelId}/dealer`, "channels.switch.done.withdrawn");
});
