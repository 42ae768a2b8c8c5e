// What an organization says about copies that outlive a destruction.
import { z } from "zod";
import { note } from "@/lib/text";

export const saveRetentionSettingsSchema = z.object({
  version: z.number().int().min(1).max(2_147_483_647),
  /** Days after which the oldest backup and WAL archive are gone; null: nobody said. */
  backupDays: z.number().int().min(1).max(3_650).nullable().default(null),
  backupNote: note(500).default(""),
});
export type SaveRetentionSettings = z.infer<typeof saveRetentionSettingsSchema>;
