import type { Tx } from "@/lib/db/client";
import { policyCode } from "@/lib/retention/rules/policy-content";
import type { Waiting } from "../rules";

/** At most so many of each: what waits longest comes first. */
const most = 50;

type Submitted = { id: string; number: number; name: string; version: number };
type Asked = { id: string; policyId: string; number: number; name: string };
type Uncovered = { id: string; name: string };

/** Policies and standing approvals that wait for a second person, and live channels without an approved policy: their consultations have no last day. */
export async function waitingPolicies(tx: Tx): Promise<Waiting[]> {
  const submitted = await tx.$queryRaw<Submitted[]>`
    SELECT p.id, p.number, p.name, p.version FROM retention_policies p
    JOIN LATERAL (SELECT kind, at FROM policy_steps WHERE organization_id = p.organization_id AND policy_id = p.id AND number = p.version
      ORDER BY at DESC, id DESC LIMIT 1) s ON s.kind = 'submitted' ORDER BY s.at LIMIT ${most}`;
  const asked = await tx.$queryRaw<Asked[]>`
    SELECT a.id, p.id AS "policyId", p.number, p.name FROM standing_approvals a JOIN policy_versions v ON v.id = a.policy_version_id
    JOIN retention_policies p ON p.id = v.policy_id WHERE a.outcome IS NULL ORDER BY a.requested_at LIMIT ${most}`;
  const uncovered = await tx.$queryRaw<Uncovered[]>`
    SELECT c.id, c.name FROM channels c JOIN channel_go_lives g ON g.organization_id = c.organization_id AND g.channel_id = c.id
    WHERE NOT EXISTS (SELECT 1 FROM policy_terms t WHERE t.scope = 'text' AND t.until_at IS NULL AND (t.channel_id IS NULL OR t.channel_id = c.id))
    ORDER BY g.at LIMIT ${most}`;
  const place = { group: "policies", entry: "retention", dueOn: null } as const;
  return [
    ...submitted.map(
      ({ id, number, name, version }): Waiting => ({
        ...{ ...place, id: `policy:${id}`, kind: "policyAsked", roles: ["CLIENT_ADMIN"], values: { name, version } },
        ...{ subject: policyCode(number), href: `/retention/policies/${id}` },
      }),
    ),
    ...asked.map(
      ({ id, policyId, number, name }): Waiting => ({
        ...{ ...place, id: `standing:${id}`, kind: "standingAsked", roles: ["CLIENT_ADMIN"], values: { name } },
        ...{ subject: policyCode(number), href: `/retention/policies/${policyId}` },
      }),
    ),
    ...uncovered.map(
      ({ id, name }): Waiting => ({
        ...{ ...place, id: `unkept:${id}`, kind: "channelUnkept", roles: ["COMPLIANCE_OFFICER"], values: { name } },
        ...{ subject: name, href: "/retention/policies/new" },
      }),
    ),
  ];
}
