import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";

export type RetentionSettings = { version: number; epoch: number; backupDays: number | null; backupNote: string };

/** What the organization said about copies that outlive a destruction. @throws Forbidden */
export async function getRetentionSettings(actor: Actor): Promise<RetentionSettings> {
  const found = await read(actor, "policy:read", (tx) =>
    tx.retentionSetting.findUniqueOrThrow({ where: { organizationId: actor.organizationId } }),
  );
  const { version, epoch, backupDays, backupNote } = found;
  return { version, epoch, backupDays, backupNote };
}
