import type { Tx } from "@/lib/db/client";

/** Whether the company's own list has a user of a channel as blocked (guide 3-3). */
export async function isBlocked(
  tx: Tx,
  { channelId, userHandle }: { channelId: string; userHandle: Uint8Array },
): Promise<boolean> {
  const found = await tx.$queryRaw<{ id: string }[]>`
    SELECT b.id FROM blocked_users b WHERE b.channel_id = ${channelId}::uuid AND b.user_handle = ${Buffer.from(userHandle)}
      AND (SELECT k.kind FROM block_marks k WHERE k.organization_id = b.organization_id AND k.blocked_user_id = b.id
        ORDER BY k.at DESC, k.id DESC LIMIT 1) = 'blocked' LIMIT 1`;
  return found.length > 0;
}
