// Who runs what: one row of job_runs per organization, job and period. Its lease number grows with each runner.
import type { Actor, JobActor } from "@/lib/auth/actor";
import { ingest, read } from "@/lib/auth/door";
import { backOffMinutes } from "./period";

/** A runner that says nothing for this long has lost its run. */
const leaseSeconds = 90;

export type Run = { id: string; lease: number };

/**
 * Takes a period's run, if nobody is at it and it has not finished.
 * @param retryNow also a failed run whose time to try again has not come
 */
export async function claimRun(actor: JobActor, period: string, retryNow = false): Promise<Run | null> {
  return ingest(actor, "job:run", async (tx) => {
    const [made] = await tx.$queryRaw<Run[]>`
      INSERT INTO job_runs (organization_id, job, period, lease_until)
      VALUES (${actor.organizationId}::uuid, ${actor.name}, ${period}, clock_timestamp() + make_interval(secs => ${leaseSeconds}::float8))
      ON CONFLICT (organization_id, job, period) DO NOTHING RETURNING id, lease`;
    if (made) return made;
    // A run whose holder is writing just now is locked: leave it alone.
    const [taken] = await tx.$queryRaw<Run[]>`
      UPDATE job_runs SET lease = lease + 1, lease_until = clock_timestamp() + make_interval(secs => ${leaseSeconds}::float8),
        started_at = clock_timestamp(), ended_at = NULL, result = NULL, detail = ''
      WHERE id = (SELECT id FROM job_runs WHERE organization_id = ${actor.organizationId}::uuid AND job = ${actor.name} AND period = ${period}
        AND result IS DISTINCT FROM 'ok' AND (lease_until <= clock_timestamp() OR (${retryNow} AND result = 'failed')) FOR UPDATE SKIP LOCKED)
      RETURNING id, lease`;
    return taken ?? null;
  });
}

/** Says that the runner is still there. Passes over a run that one of its own writes holds: then nobody can take it. */
export async function renewRun(actor: JobActor, run: Run): Promise<void> {
  await ingest(
    actor,
    "job:run",
    (tx) => tx.$executeRaw`
      UPDATE job_runs SET lease_until = clock_timestamp() + make_interval(secs => ${leaseSeconds}::float8)
      WHERE id = (SELECT id FROM job_runs WHERE id = ${run.id}::uuid AND lease = ${run.lease} AND ended_at IS NULL FOR UPDATE SKIP LOCKED)`,
  );
}

/** Ends a run. False when it is in other hands by now. */
export async function finishRun(actor: JobActor, run: Run, result: "ok" | "failed", detail: string): Promise<boolean> {
  const minutes = backOffMinutes(run.lease);
  const ended = await ingest(
    actor,
    "job:run",
    (tx) => tx.$executeRaw`
      UPDATE job_runs SET ended_at = clock_timestamp(), result = ${result}, detail = ${detail.slice(0, 500)},
        lease_until = clock_timestamp() + CASE WHEN ${result} = 'failed' THEN make_interval(mins => ${minutes}::int) ELSE interval '0' END
      WHERE id = ${run.id}::uuid AND lease = ${run.lease} AND ended_at IS NULL`,
  );
  return ended === 1;
}

export type JobRunRow = {
  job: string;
  period: string;
  startedAt: Date;
  endedAt: Date | null;
  result: string | null;
  lease: number;
  detail: string;
};

/** The newest runs of an organization, newest first. */
export async function listJobRuns(actor: Actor, most: number): Promise<JobRunRow[]> {
  return read(actor, "job:run", (tx) =>
    tx.jobRun.findMany({
      select: { job: true, period: true, startedAt: true, endedAt: true, result: true, lease: true, detail: true },
      orderBy: [{ startedAt: "desc" }, { id: "desc" }],
      take: most,
    }),
  );
}
