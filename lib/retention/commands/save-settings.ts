import type { Actor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { Conflict } from "@/lib/errors";
import type { SaveRetentionSettings } from "../schema/settings";

/** Says how long old copies outlive a destruction: certificates name the day on which the last of them is gone. @throws Conflict when the form is stale */
export async function saveRetentionSettings(
  actor: Actor,
  { version, backupDays, backupNote }: SaveRetentionSettings,
): Promise<void> {
  await change(actor, "retention:settings", async (tx, record) => {
    const saved = await tx.retentionSetting.updateMany({
      where: { organizationId: actor.organizationId, version },
      data: { backupDays, backupNote, version: { increment: 1 } },
    });
    if (saved.count !== 1) throw new Conflict("retention.settings.stale");
    await record({
      action: "retention.settings-saved",
      target: { kind: "retention", id: actor.organizationId },
      body: { backupDays, version: version + 1 },
    });
  });
}
