import type { DealerActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { type SetAside, setAsideReasons } from "../schema/connection";

/**
 * Keeps that events could not be taken: reason, shape and hash. The same body for the same reason is one row that counts.
 * @param receivedAt when they arrived
 */
export async function setAside(actor: DealerActor, items: readonly SetAside[], receivedAt: Date): Promise<void> {
  if (items.length === 0) return;
  const unique = new Map<string, SetAside & { times: number }>();
  for (const item of items) {
    if (!setAsideReasons.includes(item.reason)) throw new Error(`Unknown reason ${item.reason}`);
    const name = `${item.reason}\n${item.event}\n${item.sha256}`;
    unique.set(name, { ...item, times: (unique.get(name)?.times ?? 0) + 1 });
  }
  // In one order for everybody, so that two instances wait for each other but never in a circle.
  const rows = [...unique.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, item]) => item);
  await ingest(
    actor,
    "event:ingest",
    (tx) => tx.$executeRaw`
    INSERT INTO set_asides AS s (organization_id, connection_id, reason, event, shape, sha256, bytes, at, last_at, times)
    SELECT ${actor.organizationId}::uuid, ${actor.connectionId}::uuid, reason, event, shape::jsonb, sha256, bytes, ${receivedAt}, ${receivedAt}, times
    FROM unnest(${rows.map((r) => r.reason)}::text[], ${rows.map((r) => r.event)}::text[], ${rows.map((r) => JSON.stringify(r.shape))}::text[],
      ${rows.map((r) => r.sha256)}::text[], ${rows.map((r) => r.bytes)}::int[], ${rows.map((r) => r.times)}::int[])
      AS r (reason, event, shape, sha256, bytes, times)
    ON CONFLICT (connection_id, reason, event, sha256) DO UPDATE SET times = s.times + excluded.times, last_at = greatest(s.last_at, excluded.last_at)`,
  );
}
