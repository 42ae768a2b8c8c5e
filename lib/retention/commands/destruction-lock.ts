import { z } from "zod";
import type { Tx } from "@/lib/db/client";
import { NotFound } from "@/lib/errors";
import { type DestructionState, destructionState, type StepFact } from "../rules/destruction";

export type LockedRun = {
  id: string;
  number: string;
  kind: string;
  digest: string;
  policyDigest: string;
  guard: string;
  sessions: number;
  files: number;
  preparedBy: string | null;
  reason: string;
  dataRequestId: string | null;
  state: DestructionState;
  steps: StepFact[];
};

/** A run with its steps, held until the transaction ends. The rows are never changed, so a name of its own is what is locked. @throws NotFound */
export async function lockRun(tx: Tx, id: string, now: Date): Promise<LockedRun> {
  if (!z.uuid().safeParse(id).success) throw new NotFound();
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${runLock(id)}, 0))`;
  return readRun(tx, id, now);
}

/** The same, or null while somebody else is at it. @throws NotFound */
export async function tryLockRun(tx: Tx, id: string, now: Date): Promise<LockedRun | null> {
  const [got] = await tx.$queryRaw<{ got: boolean }[]>`
    SELECT pg_try_advisory_xact_lock(hashtextextended(${runLock(id)}, 0)) AS got`;
  return got?.got ? readRun(tx, id, now) : null;
}

const runLock = (id: string) => `damso destruction ${id}`;

async function readRun(tx: Tx, id: string, now: Date): Promise<LockedRun> {
  const row = await tx.destruction.findUnique({
    where: { id },
    include: { steps: { orderBy: [{ at: "asc" }, { id: "asc" }] } },
  });
  if (!row) throw new NotFound();
  const { number, kind, digest, policyDigest, guard, sessions, files, preparedBy, reason, dataRequestId } = row;
  return {
    ...{ id, number, kind, digest, policyDigest, guard, sessions, files, preparedBy, reason, dataRequestId },
    ...{ steps: row.steps, state: destructionState(row.steps, row.validUntil, now) },
  };
}
