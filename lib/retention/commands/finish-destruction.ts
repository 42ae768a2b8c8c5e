import type { JobActor } from "@/lib/auth/actor";
import type { Record } from "@/lib/auth/door";
import { type Day, kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import type { Drift } from "../rules/destruction";
import { ledgerNumber } from "../rules/ledger";
import type { LockedRun } from "./destruction-lock";

type Sums = {
  sessions: number;
  files: number;
  held: number;
  pending: number;
  madeFrom: Day | null;
  madeTo: Day | null;
  digest: string;
};

/** Ends a run: what it destroyed enters the ledger, once. @throws Error when the sums do not agree with what is left */
export async function finishRun(tx: Tx, record: Record, actor: JobActor, run: LockedRun, now: Date): Promise<void> {
  const sums = await sumsOf(tx, run.id);
  if (sums.pending > 0) throw new Error(`The run ${run.number} has items left`);
  await assertGone(tx, run);
  await writeEntry(tx, actor, run, sums, now);
  await addStep(tx, actor, run, "finished", "", now);
  await record({ action: "destruction.finished", ...entryOf(run, sums) });
}

/** Stops a run that met something else than was looked at. What was destroyed before enters the ledger. */
export async function stopRun(
  tx: Tx,
  record: Record,
  actor: JobActor,
  run: LockedRun,
  { drift, subjectId }: { drift: Drift; subjectId: string },
  now: Date,
): Promise<void> {
  const sums = await sumsOf(tx, run.id);
  await writeEntry(tx, actor, run, sums, now);
  await addStep(tx, actor, run, "stopped", drift, now);
  const { target, body } = entryOf(run, sums);
  await record({ action: "destruction.stopped", target, body: { ...body, drift, subject: subjectId } });
}

function entryOf(run: LockedRun, { sessions, files, held, pending, digest }: Sums) {
  return {
    target: { kind: "destruction", id: run.id },
    body: { number: run.number, sessions, files, held, pending, digest },
  };
}

async function addStep(tx: Tx, actor: JobActor, run: LockedRun, kind: string, note: string, at: Date): Promise<void> {
  const { organizationId } = actor;
  await tx.destructionStep.create({
    data: { organizationId, destructionId: run.id, kind, digest: run.digest, note, personId: null, at },
  });
}

async function sumsOf(tx: Tx, id: string): Promise<Sums> {
  const [found] = await tx.$queryRaw<Sums[]>`
    SELECT count(*) FILTER (WHERE state = 'destroyed' AND kind = 'session')::int AS sessions, coalesce(sum(files) FILTER (WHERE state = 'destroyed'), 0)::int AS files,
      count(*) FILTER (WHERE state = 'held')::int AS held, count(*) FILTER (WHERE state = 'pending')::int AS pending,
      min(opened_on) FILTER (WHERE state = 'destroyed')::text AS "madeFrom", max(opened_on) FILTER (WHERE state = 'destroyed')::text AS "madeTo",
      encode(sha256(convert_to(coalesce(string_agg(subject_id::text, E'\n' ORDER BY subject_id) FILTER (WHERE state = 'destroyed'), ''), 'UTF8')), 'hex') AS digest
    FROM destruction_items WHERE destruction_id = ${id}::uuid AND organization_id = damso_organization()`;
  if (!found) throw new Error("Items could not be summed");
  return found;
}

/** Nothing that is marked as destroyed is still there. */
async function assertGone(tx: Tx, run: LockedRun): Promise<void> {
  const [left] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM destruction_items i JOIN consult_sessions s ON s.organization_id = i.organization_id AND s.id = i.subject_id
    WHERE i.destruction_id = ${run.id}::uuid AND i.organization_id = damso_organization() AND i.state = 'destroyed' AND i.kind = 'session'`;
  if (left?.count !== 0) throw new Error(`The run ${run.number} left sessions that it marked as destroyed`);
}

async function writeEntry(tx: Tx, actor: JobActor, run: LockedRun, sums: Sums, now: Date): Promise<void> {
  if (!sums.madeFrom || !sums.madeTo) return;
  const { organizationId } = actor;
  const destroyedOn = kstDay(now);
  const setting = await tx.retentionSetting.findUniqueOrThrow({ where: { organizationId } });
  const by = (kind: string) => run.steps.findLast((one) => one.kind === kind)?.personId ?? null;
  const reasons = { routine: "period-over", request: "request", early: "purpose-met" } as const;
  await tx.ledgerEntry.create({
    data: {
      ...{ organizationId, number: await nextLedgerNumber(tx, organizationId, destroyedOn), material: "electronic" },
      ...{ fileName: sums.sessions > 0 ? "상담 기록" : "첨부 파일", count: sums.sessions || sums.files },
      ...{ madeFrom: new Date(sums.madeFrom), madeTo: new Date(sums.madeTo), destroyedOn: new Date(destroyedOn) },
      ...{ reason: reasons[run.kind as keyof typeof reasons], reasonNote: "", method: "key-destroyed" },
      ...{ handledBy: by("started"), approvedBy: by("approved"), destructionId: run.id, digest: sums.digest, at: now },
      backupNote: setting.backupNote,
    },
  });
}

/** The next number of the day's year; one at a time. */
export async function nextLedgerNumber(tx: Tx, organizationId: string, day: Day): Promise<string> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`damso ledger ${organizationId}`}, 0))`;
  const [last] = await tx.$queryRaw<{ serial: number }[]>`
    SELECT coalesce(max(substr(number, 6)::int), 0) AS serial FROM ledger_entries
    WHERE organization_id = ${organizationId}::uuid AND number LIKE ${`${day.slice(0, 4)}-%`}`;
  return ledgerNumber(day, (last?.serial ?? 0) + 1);
}
