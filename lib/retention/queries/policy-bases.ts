import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";

/** Policies in force with the basis on which each rests, by number; at most 500. */
export async function listPolicyBases(actor: Actor): Promise<{ id: string; number: number; basis: string }[]> {
  return read(
    actor,
    "policy:read",
    (tx) => tx.$queryRaw<{ id: string; number: number; basis: string }[]>`
      SELECT policy_id AS id, policy_number AS number, basis FROM policy_terms WHERE until_at IS NULL ORDER BY 2 LIMIT 500`,
  );
}
