// What a rehearsal of a channel would be walked with now (view rehearsal_bounds).
import type { Tx } from "@/lib/db/client";
import type { Bound } from "../rules/bound";

export type LiveNotice = { number: number; text: string; hash: string; verified: boolean };

/** The first automatic notice as users get it: the version that was verified, else the newest that was approved. */
export async function liveNotice(tx: Tx, channelId: string): Promise<LiveNotice | null> {
  const [found] = await tx.$queryRaw<LiveNotice[]>`
    SELECT v.number, s.text, b.notice AS hash, b.notice_verified AS verified
    FROM rehearsal_bounds b JOIN notice_versions v ON v.organization_id = b.organization_id AND v.id = b.notice_version_id
      JOIN notice_steps s ON s.organization_id = v.organization_id AND s.version_id = v.id AND s.kind = 'approved'
    WHERE b.channel_id = ${channelId}::uuid ORDER BY s.at DESC LIMIT 1`;
  return found ?? null;
}

type Current = Bound & { channelId: string; scenarioVersionId: string | null };

/** By channel, however many there are in one query. */
export async function currentBounds(tx: Tx, channelIds: readonly string[]): Promise<Map<string, Current>> {
  const rows = await tx.$queryRaw<Current[]>`
    SELECT channel_id AS "channelId", notice, policies, placements, scenario, scenario_version_id AS "scenarioVersionId"
    FROM rehearsal_bounds WHERE channel_id = ANY(${[...channelIds]}::uuid[])`;
  return new Map(rows.map((row) => [row.channelId, row]));
}
