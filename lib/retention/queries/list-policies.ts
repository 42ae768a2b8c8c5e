import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { Prisma } from "@/prisma/generated/client";
import type { Anchor, Category, PolicyScope } from "../rules/categories";
import type { PeriodUnit } from "../rules/period";
import { type PolicyState, policyStates } from "../rules/policy-approval";
import type { ListPolicies } from "../schema/policy";

/** Rows on one page. */
const pageLength = 50;

/** What a version says, in short. */
export type VersionBrief = { number: number; count: number; unit: PeriodUnit; anchor: Anchor; basis: string };

export type PolicyRow = {
  id: string;
  number: number;
  name: string;
  channelId: string | null;
  channelName: string | null;
  category: Category | null;
  scope: PolicyScope;
  /** Of the newest version. */
  state: PolicyState;
  newest: VersionBrief;
  /** The version in force and since when; null before the first approval. */
  inForce: (VersionBrief & { fromAt: Date }) | null;
  /** A standing approval of the version in force stands. */
  standing: boolean;
  /** Stored sessions, or kept files, that the policy is about today. */
  stored: number;
};

type Found = Omit<PolicyRow, "state" | "newest" | "inForce"> & {
  version: number;
  step: string | null;
  newest: VersionBrief;
  inForce: (Omit<VersionBrief, never> & { fromAt: string }) | null;
};

/** Fifty policies by number. `previous` and `next` are cursors for `before` and `after`. @throws Forbidden */
export async function listPolicies(
  actor: Actor,
  filter: ListPolicies,
): Promise<{ items: PolicyRow[]; previous: string | null; next: string | null }> {
  const backwards = filter.before !== undefined;
  const conditions = [Prisma.sql`TRUE`];
  if (backwards) conditions.push(Prisma.sql`p.number < ${filter.before}`);
  else if (filter.after !== undefined) conditions.push(Prisma.sql`p.number > ${filter.after}`);
  if (filter.state === "waiting") conditions.push(Prisma.sql`s.kind = 'submitted'`);
  if (filter.state === "draft") conditions.push(Prisma.sql`coalesce(s.kind, 'withdrawn') IN ('rejected', 'withdrawn')`);
  if (filter.state === "approved") {
    conditions.push(Prisma.sql`EXISTS (SELECT 1 FROM policy_steps a WHERE a.policy_id = p.id AND a.kind = 'approved')`);
  }
  const found = await read(actor, "policy:read", (tx) => page(tx, conditions, backwards));
  const more = found.length > pageLength;
  const items = found.slice(0, pageLength).map(rowOf);
  if (backwards) items.reverse();
  const [first, last] = [items[0], items.at(-1)];
  return {
    items,
    previous: first && (backwards ? more : filter.after !== undefined) ? String(first.number) : null,
    next: last && (backwards || more) ? String(last.number) : null,
  };
}

function page(tx: Prisma.TransactionClient, conditions: Prisma.Sql[], backwards: boolean): Promise<Found[]> {
  const order = backwards ? Prisma.sql`p.number DESC` : Prisma.sql`p.number`;
  return tx.$queryRaw<Found[]>`
    WITH page AS MATERIALIZED (
      SELECT p.*, s.kind AS step, row_number() OVER (ORDER BY ${order}) AS place FROM retention_policies p
      LEFT JOIN LATERAL (SELECT kind FROM policy_steps WHERE organization_id = p.organization_id AND policy_id = p.id AND number = p.version
        ORDER BY at DESC, id DESC LIMIT 1) s ON true
      WHERE ${Prisma.join(conditions, " AND ")} ORDER BY ${order} LIMIT ${pageLength + 1}),
    counted AS (SELECT channel_id, category, sum(sessions)::int AS sessions FROM due_days GROUP BY 1, 2),
    files AS (SELECT s.channel_id, s.category, count(*)::int AS files FROM attachments a JOIN consult_sessions s ON s.organization_id = a.organization_id
      AND s.id = a.session_id WHERE a.state = 'kept' AND EXISTS (SELECT 1 FROM page WHERE scope = 'file') GROUP BY 1, 2)
    SELECT p.id, p.number, p.name, p.channel_id AS "channelId", c.name AS "channelName", p.category, p.scope, p.version, p.step,
      jsonb_build_object('number', v.number, 'count', v.count, 'unit', v.unit, 'anchor', v.anchor, 'basis', v.basis) AS newest,
      t.said AS "inForce", coalesce(t.standing, false) AS standing,
      CASE p.scope WHEN 'file'
        THEN coalesce((SELECT sum(files)::int FROM files f WHERE (p.channel_id IS NULL OR f.channel_id = p.channel_id) AND (p.category IS NULL OR f.category = p.category)), 0)
        ELSE coalesce((SELECT sum(sessions)::int FROM counted d WHERE (p.channel_id IS NULL OR d.channel_id = p.channel_id) AND (p.category IS NULL OR d.category = p.category)), 0)
      END AS stored
    FROM page p JOIN policy_versions v ON v.policy_id = p.id AND v.number = p.version LEFT JOIN channels c ON c.id = p.channel_id
    LEFT JOIN LATERAL (SELECT jsonb_build_object('number', t.number, 'count', t.count, 'unit', t.unit, 'anchor', t.anchor, 'basis', t.basis,
        'fromAt', extract(epoch FROM t.from_at) * 1000) AS said,
        EXISTS (SELECT 1 FROM standing_approvals a WHERE a.organization_id = t.organization_id AND a.policy_version_id = t.version_id
          AND a.outcome = 'approved' AND a.ended_at IS NULL) AS standing
      FROM policy_terms t WHERE t.policy_id = p.id AND t.until_at IS NULL LIMIT 1) t ON true
    ORDER BY p.place`;
}

function rowOf({ version: _v, step, inForce, ...row }: Found): PolicyRow {
  return {
    ...row,
    state: policyStates.find((state) => state === step) ?? "draft",
    inForce: inForce && { ...inForce, fromAt: new Date(Number(inForce.fromAt)) },
  };
}
