import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";

/** Stored sessions whose last day a version of this policy gives, or for which it is waited; of a file policy the kept files with a last day of their own. */
export async function countKept(actor: Actor, policyId: string): Promise<number> {
  if (!z.uuid().safeParse(policyId).success) return 0;
  const found = await read(
    actor,
    "policy:read",
    (tx) => tx.$queryRaw<{ count: number }[]>`
      SELECT CASE p.scope WHEN 'file' THEN (SELECT count(*)::int FROM attachments a JOIN consult_sessions s ON s.organization_id = a.organization_id AND s.id = a.session_id
          WHERE a.state = 'kept' AND a.due_on IS NOT NULL AND (p.channel_id IS NULL OR s.channel_id = p.channel_id) AND (p.category IS NULL OR s.category = p.category))
        ELSE (SELECT count(*)::int FROM consult_sessions s WHERE s.organization_id = p.organization_id
          AND s.policy_version_id IN (SELECT v.id FROM policy_versions v WHERE v.policy_id = p.id)) END AS count
      FROM retention_policies p WHERE p.id = ${policyId}::uuid`,
  );
  return found[0]?.count ?? 0;
}
