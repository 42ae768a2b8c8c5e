import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";

/** Colleagues who may stand as approver (처리부서장) of what somebody enters: administrators and officers, not oneself. */
export function listLedgerApprovers(actor: Actor): Promise<{ id: string; name: string }[]> {
  const self = actor.kind === "person" ? actor.personId : "";
  return read(
    actor,
    "ledger:record",
    (tx) => tx.$queryRaw<{ id: string; name: string }[]>`
      SELECT p.id::text AS id, p.name FROM memberships m JOIN persons p ON p.id = m.person_id
      WHERE m.organization_id = damso_organization() AND m.disabled_at IS NULL AND m.role IN ('CLIENT_ADMIN', 'COMPLIANCE_OFFICER')
        AND p.id::text <> ${self} ORDER BY p.name, p.id LIMIT 500`,
  );
}
