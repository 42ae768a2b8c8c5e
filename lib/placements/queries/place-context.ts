import { kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";

/** Channels whose use has not ended and members in force, as a list of places may name them. */
export async function placeContext(tx: Tx, now: Date) {
  const channels = await tx.$queryRaw<{ id: string; name: string; searchId: string }[]>`
    SELECT c.id, c.name, c.search_id AS "searchId" FROM channels c LEFT JOIN channel_last_days e ON e.channel_id = c.id
    WHERE e.ends_on IS NULL OR e.ends_on >= ${kstDay(now)}::date ORDER BY c.created_at, c.id`;
  const owners = await tx.$queryRaw<{ id: string; name: string; email: string }[]>`
    SELECT w.id, w.name, w.email FROM memberships m JOIN persons w ON w.id = m.person_id
    WHERE m.organization_id = damso_organization() AND m.disabled_at IS NULL AND (m.expires_at IS NULL OR m.expires_at > ${now})
    ORDER BY w.name, w.id`;
  return { channels, owners };
}
