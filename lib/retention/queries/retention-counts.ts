import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";

/** Numbers beside the tabs of 보유·파기. */
export type RetentionCounts = {
  policies: number;
  /** Holds without an agreed release. */
  holds: number;
  /** Runs that are open, as listDestructions says it: looked at, waiting, running. */
  destructions: number;
  ledger: number;
};

/** What stands behind the tabs of 보유·파기. @throws Forbidden */
export async function retentionCounts(actor: Actor, now: Date): Promise<RetentionCounts> {
  const found = await read(
    actor,
    "policy:read",
    (tx) => tx.$queryRaw<RetentionCounts[]>`
      SELECT (SELECT count(*)::int FROM retention_policies) AS policies,
        (SELECT count(*)::int FROM active_holds) AS holds,
        (SELECT count(*)::int FROM destructions d WHERE NOT EXISTS (SELECT 1 FROM destruction_steps s WHERE s.organization_id = d.organization_id
            AND s.destruction_id = d.id AND s.kind IN ('finished', 'stopped', 'cancelled', 'rejected'))
          AND (d.valid_until > ${now} OR EXISTS (SELECT 1 FROM destruction_steps s WHERE s.organization_id = d.organization_id
            AND s.destruction_id = d.id AND s.kind = 'started'))) AS destructions,
        (SELECT count(*)::int FROM ledger_entries) AS ledger`,
  );
  return found[0] ?? { policies: 0, holds: 0, destructions: 0, ledger: 0 };
}
