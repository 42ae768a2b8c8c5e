import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import type { Day } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { NotFound } from "@/lib/errors";
import { type AccessRow, accessColumns } from "./queries";
import { nextPeriod, type PlanView } from "./rules";
import type { KeepCondition } from "./schema";

/** The plan in force: the newest. */
export function getAccessPlan(actor: Actor): Promise<PlanView | null> {
  return read(actor, "access-record:read", planInForce);
}

export async function planInForce(tx: Tx): Promise<PlanView | null> {
  const [plan] = await tx.$queryRaw<(Omit<PlanView, "conditions"> & { conditions: KeepCondition[] })[]>`
    SELECT a.id, a.interval_months AS "intervalMonths", a.clause, a.conditions, a.keep_years AS "keepYears", a.night_from AS "nightFrom", a.night_to AS "nightTo",
      a.bulk, a.same_subject AS "sameSubject", a.at, p.name AS "personName"
    FROM access_plans a LEFT JOIN persons p ON p.id = a.person_id WHERE a.organization_id = damso_organization() ORDER BY a.at DESC, a.id DESC LIMIT 1`;
  return plan ?? null;
}

export type NextReview = { from: Day; to: Day; dueOn: Day };

/** The period to be reviewed next under a plan, null without one or without a record. */
export async function nextReview(tx: Tx): Promise<NextReview | null> {
  const plan = await planInForce(tx);
  if (!plan) return null;
  const [known] = await tx.$queryRaw<{ lastTo: Day | null; firstOn: Day | null }[]>`
    SELECT (SELECT max(period_to)::text FROM access_reviews WHERE organization_id = damso_organization()) AS "lastTo",
      (SELECT (at AT TIME ZONE 'Asia/Seoul')::date::text FROM access_records WHERE organization_id = damso_organization() ORDER BY at LIMIT 1) AS "firstOn"`;
  return nextPeriod(known?.lastTo ?? null, known?.firstOn ?? null, plan.intervalMonths);
}

export type ReviewRow = {
  id: string;
  from: Day;
  to: Day;
  records: number;
  samples: number;
  judged: number;
  findings: number;
  openFindings: number;
  startedAt: Date;
  startedBy: string;
  closedAt: Date | null;
  closedBy: string | null;
};

/** Reviews, newest period first (at most 200: one a month for sixteen years), and what comes next. */
export function listReviews(actor: Actor): Promise<{ reviews: ReviewRow[]; next: NextReview | null }> {
  return read(actor, "access-record:read", async (tx) => ({
    reviews: await selectReviews(tx, null),
    next: await nextReview(tx),
  }));
}

function selectReviews(tx: Tx, id: string | null): Promise<ReviewRow[]> {
  return tx.$queryRaw<ReviewRow[]>`
    SELECT r.id, r.period_from::text AS "from", r.period_to::text AS "to", r.records, r.started_at AS "startedAt", s.name AS "startedBy", r.closed_at AS "closedAt",
      c.name AS "closedBy",
      (SELECT count(*)::int FROM access_samples x WHERE x.organization_id = r.organization_id AND x.review_id = r.id) AS samples,
      (SELECT count(*)::int FROM access_samples x WHERE x.organization_id = r.organization_id AND x.review_id = r.id AND x.verdict IS NOT NULL) AS judged,
      (SELECT count(*)::int FROM access_findings f WHERE f.organization_id = r.organization_id AND f.review_id = r.id) AS findings,
      (SELECT count(*)::int FROM access_findings f WHERE f.organization_id = r.organization_id AND f.review_id = r.id AND f.closed_at IS NULL) AS "openFindings"
    FROM access_reviews r JOIN persons s ON s.id = r.started_by LEFT JOIN persons c ON c.id = r.closed_by
    WHERE r.organization_id = damso_organization() AND (${id}::uuid IS NULL OR r.id = ${id}::uuid) ORDER BY r.period_to DESC, r.id DESC LIMIT 200`;
}

export type SampleView = {
  sampleId: string;
  rule: string;
  verdict: string | null;
  note: string;
  judgedBy: string | null;
  findings: number;
  /** Null: the record is older than its legal floor and gone. */
  record: AccessRow | null;
};
export type FindingView = {
  id: string;
  sampleId: string | null;
  text: string;
  owner: string;
  dueOn: Day;
  recordedBy: string;
  recordedAt: Date;
  followUp: string;
  closedBy: string | null;
  closedAt: Date | null;
};
export type ReviewView = ReviewRow & {
  version: number;
  conclusion: string;
  clause: string;
  sampleViews: SampleView[];
  findingViews: FindingView[];
  owners: { id: string; name: string }[];
};

/** @throws NotFound */
export function getReview(actor: Actor, id: string): Promise<ReviewView> {
  return read(actor, "access-record:read", async (tx) => {
    const [row] = await selectReviews(tx, id);
    const more = await tx.accessReview.findFirst({
      where: { id },
      select: { version: true, conclusion: true, planId: true },
    });
    if (!row || !more) throw new NotFound();
    const plan = await tx.accessPlan.findFirst({ where: { id: more.planId }, select: { clause: true } });
    const samples = await tx.$queryRaw<(Omit<SampleView, "record"> & Partial<AccessRow>)[]>`
      SELECT s.id AS "sampleId", s.rule, s.verdict, s.note, j.name AS "judgedBy",
        (SELECT count(*)::int FROM access_findings f WHERE f.organization_id = s.organization_id AND f.review_id = s.review_id AND f.sample_id = s.id) AS findings,
        ${accessColumns}
      FROM access_samples s LEFT JOIN persons j ON j.id = s.person_id LEFT JOIN access_records a ON a.id = s.record_id
        LEFT JOIN persons p ON a.actor_kind = 'person' AND p.id::text = a.actor_id
      WHERE s.organization_id = damso_organization() AND s.review_id = ${id}::uuid ORDER BY s.rule, a.at, s.id`;
    const findingViews = await tx.$queryRaw<FindingView[]>`
      SELECT f.id, f.sample_id AS "sampleId", f.text, o.name AS owner, f.due_on::text AS "dueOn", b.name AS "recordedBy", f.recorded_at AS "recordedAt",
        f.follow_up AS "followUp", c.name AS "closedBy", f.closed_at AS "closedAt"
      FROM access_findings f JOIN persons o ON o.id = f.owner_id JOIN persons b ON b.id = f.recorded_by LEFT JOIN persons c ON c.id = f.closed_by
      WHERE f.organization_id = damso_organization() AND f.review_id = ${id}::uuid ORDER BY f.recorded_at, f.id`;
    const owners = await tx.$queryRaw<{ id: string; name: string }[]>`
      SELECT p.id::text AS id, p.name FROM persons p JOIN memberships m ON m.person_id = p.id
      WHERE m.organization_id = damso_organization() AND m.disabled_at IS NULL ORDER BY p.name, p.id LIMIT 500`;
    return {
      ...{ ...row, version: more.version, conclusion: more.conclusion, clause: plan?.clause ?? "" },
      ...{ sampleViews: samples.map(sampleOf), findingViews, owners },
    };
  });
}

function sampleOf(row: Omit<SampleView, "record"> & Partial<AccessRow>): SampleView {
  const { sampleId, rule, verdict, note, judgedBy, findings, ...record } = row;
  const whole = record.id && record.at ? (record as AccessRow) : null;
  return { sampleId, rule, verdict, note, judgedBy, findings, record: whole };
}
