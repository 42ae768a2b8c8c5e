import type { Tx } from "@/lib/db/client";

/** Somebody else runs this job now: a runner that was stopped or cut off for a while must write nothing more. */
export class LeaseLost extends Error {
  override readonly name = "LeaseLost";
}

/**
 * Keeps a run's lease in place until the transaction ends: the next runner takes it up only when no write of this one is under way.
 * @throws LeaseLost when the run has ended or another runner has taken it up
 */
export async function holdLease(tx: Tx, run: { id: string; lease: number }): Promise<void> {
  const held = await tx.$queryRaw<unknown[]>`
    SELECT 1 FROM job_runs WHERE id = ${run.id}::uuid AND lease = ${run.lease} AND ended_at IS NULL FOR SHARE`;
  if (held.length === 0) throw new LeaseLost(`The run ${run.id} is in other hands than those of lease ${run.lease}`);
}
