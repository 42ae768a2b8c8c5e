import { randomUUID } from "node:crypto";
import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { addDays, type Day, kstDay, kstDayStart } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { Conflict, NotFound, Refused } from "@/lib/errors";
import { Prisma } from "@/prisma/generated/client";
import { countAccessRecords, selectAccessRecords } from "./queries";
import { planInForce } from "./reviews";
import { assertMayClose, assertPeriod, assertYears, mostPerRule, type PlanView, type SampleRule } from "./rules";
import type {
  AccessFilter,
  CloseFinding,
  CloseReview,
  JudgeSample,
  RecordFinding,
  SaveAccessPlan,
  StartReview,
} from "./schema";

/** Says how access records are kept and reviewed; the newest plan counts, older ones stay. @throws Refused for too few years */
export async function saveAccessPlan(actor: Actor, input: SaveAccessPlan): Promise<void> {
  await change(actor, "access-plan:edit", async (tx, record) => {
    const { personId, organizationId } = personOf(actor);
    assertYears(input.keepYears, input.conditions);
    const plan = await tx.accessPlan.create({ data: { ...input, organizationId, personId } });
    const { clause: _clause, ...body } = input;
    await record({ action: "access-plan.saved", target: { kind: "access-plan", id: plan.id }, body });
  });
}

/**
 * Begins the review of a period and draws its samples: at night, in bulk, of one subject again and again, downloads, unmasking, and some by lot.
 * @returns its id @throws Refused without a plan or for a period that does not fit; Conflict when it was begun already
 */
export async function startReview(actor: Actor, { from, to }: StartReview, now: Date): Promise<string> {
  const id = randomUUID();
  await change(actor, "access-review:record", async (tx, record) => {
    const { personId, organizationId } = personOf(actor);
    assertPeriod(from, to, kstDay(now));
    const plan = await planInForce(tx);
    if (!plan) throw new Refused("audit.access.reviews.noPlan");
    const period = { from: new Date(`${from}T00:00:00Z`), to: new Date(`${to}T00:00:00Z`) };
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`damso reviews ${organizationId}`}, 0))`;
    const overlap = await tx.accessReview.count({
      where: { periodFrom: { lte: period.to }, periodTo: { gte: period.from } },
    });
    if (overlap > 0) throw new Conflict("audit.access.reviews.overlap");
    const [row] = await tx.$queryRaw<{ count: number }[]>`
      SELECT count(*)::int AS count FROM access_records a WHERE ${within(from, to)}`;
    const records = row?.count ?? 0;
    await tx.accessReview.create({
      data: {
        ...{ id, organizationId, planId: plan.id, periodFrom: period.from, periodTo: period.to, records },
        ...{ startedBy: personId, startedAt: now },
      },
    });
    const drawn = await drawSamples(tx, organizationId, id, plan, from, to);
    await record({
      action: "access-review.started",
      target: { kind: "access-review", id },
      body: { from, to, records, plan: plan.id, samples: drawn },
    });
  });
  return id;
}

const within = (from: Day, to: Day) =>
  Prisma.sql`a.organization_id = damso_organization() AND a.at >= ${kstDayStart(from)} AND a.at < ${kstDayStart(addDays(to, 1))}`;

async function drawSamples(
  tx: Tx,
  organizationId: string,
  reviewId: string,
  plan: PlanView,
  from: Day,
  to: Day,
): Promise<number> {
  const all = within(from, to);
  const hour = Prisma.sql`extract(hour FROM a.at AT TIME ZONE 'Asia/Seoul')::int`;
  const { nightFrom, nightTo } = plan;
  const night =
    nightFrom <= nightTo
      ? Prisma.sql`${hour} >= ${nightFrom}::int AND ${hour} < ${nightTo}::int`
      : Prisma.sql`(${hour} >= ${nightFrom}::int OR ${hour} < ${nightTo}::int)`;
  const one = (condition: Prisma.Sql) => Prisma.sql`SELECT a.id FROM access_records a WHERE ${all} AND ${condition}`;
  const ways: Readonly<Record<SampleRule, Prisma.Sql>> = {
    night: one(night),
    // The first record of each hour in which somebody made many.
    bulk: Prisma.sql`SELECT (array_agg(a.id ORDER BY a.at))[1] AS id FROM access_records a WHERE ${all}
      GROUP BY a.actor_kind, a.actor_id, date_trunc('hour', a.at) HAVING sum(a.count) >= ${plan.bulk}::int`,
    "same-subject": Prisma.sql`SELECT (array_agg(a.id ORDER BY a.at))[1] AS id FROM access_records a WHERE ${all} AND a.subject <> ''
      GROUP BY a.actor_kind, a.actor_id, a.subject HAVING count(*) >= ${plan.sameSubject}::int`,
    download: one(Prisma.sql`a.action IN ('export', 'download', 'file')`),
    unmask: one(Prisma.sql`a.action = 'unmask'`),
    random: one(Prisma.sql`true`),
  };
  let drawn = 0;
  for (const [rule, way] of Object.entries(ways) as [SampleRule, Prisma.Sql][]) {
    // By lot, but the same lot for the same review: the id's hash under the review's.
    drawn += await tx.$executeRaw`
      INSERT INTO access_samples (organization_id, review_id, record_id, rule)
      SELECT ${organizationId}::uuid, ${reviewId}::uuid, found.id, ${rule} FROM (${way}) found
      ORDER BY md5(found.id::text || ${reviewId}) LIMIT ${mostPerRule[rule]}`;
  }
  return drawn;
}

/** Says whether a sample is fine; may be said anew while the review is open. @throws NotFound, Refused once closed */
export async function judgeSample(actor: Actor, input: JudgeSample, now: Date): Promise<void> {
  await change(actor, "access-review:record", async (tx, record) => {
    const { personId } = personOf(actor);
    await openReview(tx, input.reviewId);
    const { verdict, note, sampleId: id, reviewId } = input;
    const { count } = await tx.accessSample.updateMany({
      where: { id, reviewId },
      data: { verdict, note, personId, at: now },
    });
    if (count === 0) throw new NotFound();
    await record({
      action: "access-sample.judged",
      target: { kind: "access-review", id: reviewId },
      body: { sample: id, verdict },
    });
  });
}

/** Records something to be followed up, with who does it and until when. @returns its id */
export async function recordFinding(actor: Actor, input: RecordFinding, now: Date): Promise<string> {
  const id = randomUUID();
  await change(actor, "access-review:record", async (tx, record) => {
    const { personId, organizationId } = personOf(actor);
    const { reviewId, sampleId = null, ownerId, text, dueOn } = input;
    await openReview(tx, reviewId);
    if (sampleId && (await tx.accessSample.count({ where: { id: sampleId, reviewId } })) === 0) throw new NotFound();
    if ((await tx.membership.count({ where: { personId: ownerId, disabledAt: null } })) === 0)
      throw new Refused("audit.access.findings.nobody", "ownerId");
    await tx.accessFinding.create({
      data: {
        ...{ id, organizationId, reviewId, sampleId, ownerId, text, dueOn: new Date(`${dueOn}T00:00:00Z`) },
        ...{ recordedBy: personId, recordedAt: now },
      },
    });
    await record({
      action: "access-finding.recorded",
      target: { kind: "access-review", id: reviewId },
      body: { finding: id, sample: sampleId, owner: ownerId, dueOn },
    });
  });
  return id;
}

/** Says what was done about a finding; also after the review is closed. @throws NotFound; Conflict when it was closed already */
export async function closeFinding(actor: Actor, input: CloseFinding, now: Date): Promise<void> {
  await change(actor, "access-review:record", async (tx, record) => {
    const { personId } = personOf(actor);
    const { findingId: id, reviewId, followUp } = input;
    if ((await tx.accessFinding.count({ where: { id, reviewId } })) === 0) throw new NotFound();
    const { count } = await tx.accessFinding.updateMany({
      where: { id, reviewId, closedAt: null },
      data: { followUp, closedBy: personId, closedAt: now },
    });
    if (count === 0) throw new Conflict("audit.access.findings.closedAlready");
    await record({
      action: "access-finding.closed",
      target: { kind: "access-review", id: reviewId },
      body: { finding: id },
    });
  });
}

/** Ends a review with its conclusion. @throws NotFound; Conflict; Refused while samples wait for a word */
export async function closeReview(actor: Actor, input: CloseReview, now: Date): Promise<void> {
  await change(actor, "access-review:record", async (tx, record) => {
    const { personId } = personOf(actor);
    const { reviewId: id, version, conclusion } = input;
    const review = await openReview(tx, id);
    if (review.version !== version) throw new Conflict("audit.access.reviews.stale");
    const samples = await tx.$queryRaw<{ verdict: string | null; findings: number }[]>`
      SELECT s.verdict, (SELECT count(*)::int FROM access_findings f WHERE f.organization_id = s.organization_id AND f.review_id = s.review_id
        AND f.sample_id = s.id) AS findings FROM access_samples s WHERE s.organization_id = damso_organization() AND s.review_id = ${id}::uuid`;
    assertMayClose(samples);
    await tx.accessReview.update({
      where: { id },
      data: { conclusion, closedBy: personId, closedAt: now, version: version + 1 },
    });
    await record({
      action: "access-review.closed",
      target: { kind: "access-review", id },
      body: { samples: samples.length, questions: samples.filter(({ verdict }) => verdict === "question").length },
    });
  });
}

async function openReview(tx: Tx, id: string): Promise<{ version: number }> {
  const rows = await tx.$queryRaw<{ version: number; closed: boolean }[]>`
    SELECT version, closed_at IS NOT NULL AS closed FROM access_reviews WHERE organization_id = damso_organization() AND id = ${id}::uuid FOR UPDATE`;
  const [review] = rows;
  if (!review) throw new NotFound();
  if (review.closed) throw new Refused("audit.access.reviews.closedAlready");
  return review;
}

/** Rows that one file of the ledger takes. */
export const mostLedgerRows = { pdf: 3_000, xlsx: 50_000 } as const;

/** The records of a filter for a file of the ledger (접속기록 대장), recorded as handed out. @throws Refused when there are too many for it */
export async function takeAccessLedger(actor: Actor, filter: AccessFilter, format: "pdf" | "xlsx") {
  return change(actor, "audit:export", async (tx, record) => {
    const most = mostLedgerRows[format];
    if ((await countAccessRecords(tx, filter, most)) > most)
      throw new Refused("audit.access.ledger.tooMany", undefined, { most });
    const rows = await selectAccessRecords(tx, filter, most);
    const plan = await planInForce(tx);
    const organization = await tx.organization.findFirst({
      where: { id: actor.organizationId },
      select: { name: true },
    });
    await record({
      action: "access-ledger.exported",
      target: { kind: "organization", id: actor.organizationId },
      body: { format, count: rows.length, from: filter.from ?? null, to: filter.to ?? null },
    });
    return { rows, plan, company: organization?.name ?? "" };
  });
}
