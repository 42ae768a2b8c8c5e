import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { type Chosen, mostAtOnce } from "../schema/code-book";

/** Those of the ticked places that are ours and not retired, by name, at most 200. */
export function listChosen(actor: Actor, ids: readonly string[]): Promise<Chosen[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return read(
    actor,
    "placement:read",
    (tx) => tx.$queryRaw<Chosen[]>`
      SELECT p.id, p.name, p.code, c.name AS "channelName", w.name AS "ownerName", p.campaign, p.tags
      FROM placements p JOIN channels c ON c.id = p.channel_id LEFT JOIN persons w ON w.id = p.owner_id
      WHERE p.id = ANY(${[...ids]}::uuid[]) AND NOT EXISTS (SELECT FROM placement_retirements r WHERE r.placement_id = p.id)
      ORDER BY p.name, p.id LIMIT ${mostAtOnce}`,
  );
}
