import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";

/** Channels that a policy may be made for, by name; nobody has more than are shown. */
export async function listCoverableChannels(actor: Actor): Promise<{ id: string; name: string }[]> {
  return read(actor, "policy:read", (tx) =>
    tx.channel.findMany({ select: { id: true, name: true }, orderBy: [{ name: "asc" }, { id: "asc" }], take: 500 }),
  );
}

/** Live channels that no approved text policy covers: their consultations have no last day. */
export async function channelsWithoutPolicy(actor: Actor): Promise<{ id: string; name: string }[]> {
  return read(
    actor,
    "policy:read",
    (tx) => tx.$queryRaw<{ id: string; name: string }[]>`
      SELECT c.id, c.name FROM channels c JOIN channel_go_lives g ON g.organization_id = c.organization_id AND g.channel_id = c.id
      WHERE NOT EXISTS (SELECT 1 FROM policy_terms t WHERE t.scope = 'text' AND t.until_at IS NULL AND (t.channel_id IS NULL OR t.channel_id = c.id))
      ORDER BY c.name, c.id LIMIT 50`,
  );
}
