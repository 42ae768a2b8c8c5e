// What reckoning reads: the policies with their times, and sessions as the rule wants them.
import type { Day } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import type { KeptSession, PolicyTerm } from "@/lib/retention/rules/reckon";

/** Every approved policy version of the organization with the time in which it was in force. */
export function loadTerms(tx: Tx): Promise<PolicyTerm[]> {
  return tx.$queryRaw<PolicyTerm[]>`
    SELECT version_id AS "versionId", policy_id AS "policyId", policy_number AS "policyNumber", name, channel_id AS "channelId", category, scope,
      number, count, unit, anchor, basis, from_at AS "fromAt", until_at AS "untilAt"
    FROM policy_terms WHERE organization_id = damso_organization() ORDER BY policy_number, number`;
}

export type KeptRow = KeptSession & {
  id: string;
  dueOn: Day | null;
  ordinaryDueOn: Day | null;
  policyVersionId: string | null;
  heldAt: Date | null;
  shelf: string;
};

/** Sessions by id as `reckonSession` takes them; `lock` holds them until the transaction ends, in one order for everybody. */
export async function loadKept(
  tx: Tx,
  sessionIds: readonly string[],
  options: { lock: boolean } = { lock: false },
): Promise<Map<string, KeptRow>> {
  const ids = [...sessionIds];
  if (options.lock)
    await tx.$executeRaw`SELECT 1 FROM consult_sessions WHERE id = ANY(${ids}::uuid[]) ORDER BY id FOR UPDATE`;
  const rows = await tx.$queryRaw<KeptRow[]>`
    SELECT s.id, s.channel_id AS "channelId", s.opened_at AS "openedAt", s.last_user_message_at AS "lastUserMessageAt", s.last_message_at AS "lastMessageAt",
      s.ended_at AS "endedAt", s.case_closed_on::text AS "caseClosedOn", s.transaction_on::text AS "transactionOn", s.promised_on::text AS "promisedOn",
      s.due_on::text AS "dueOn", s.ordinary_due_on::text AS "ordinaryDueOn", s.policy_version_id AS "policyVersionId", s.held_at AS "heldAt", s.shelf,
      array(SELECT 'general' UNION SELECT s.category UNION SELECT m.category FROM session_marks m WHERE m.organization_id = s.organization_id AND m.session_id = s.id
        AND m.kind = 'category' AND m.category IS NOT NULL) AS categories
    FROM consult_sessions s WHERE s.organization_id = damso_organization() AND s.id = ANY(${ids}::uuid[]) ORDER BY s.id`;
  return new Map(rows.map((row) => [row.id, row]));
}
