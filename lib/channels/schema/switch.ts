import { z } from "zod";
import { dealerSlugs } from "@/lib/dealers/directory";
import { note } from "@/lib/text";

const channelId = z.uuid();

export const beginSwitchSchema = z.object({
  channelId,
  toDealer: z.enum(dealerSlugs),
  /** Last day with the former dealer, KST. */
  lastOn: z.iso.date(),
  reason: note(500, 5),
});
export type BeginSwitch = z.infer<typeof beginSwitchSchema>;

export const completeSwitchSchema = z.object({ channelId, switchId: z.uuid() });
export type CompleteSwitch = z.infer<typeof completeSwitchSchema>;

export const withdrawSwitchSchema = z.object({ channelId, switchId: z.uuid(), reason: note(500, 5) });
export type WithdrawSwitch = z.infer<typeof withdrawSwitchSchema>;
