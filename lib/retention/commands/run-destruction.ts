// Runs what was agreed to, batch by batch. Each batch is one transaction: it counts anew, destroys, marks its items and records itself.
import { destroyFiles, destroySessions } from "@/lib/archive/destroy";
import { lockHolds } from "@/lib/archive/holds-lock";
import type { JobActor } from "@/lib/auth/actor";
import { change, type Record, read } from "@/lib/auth/door";
import type { Day } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import { type Drift, driftOf, type FoundItem, type FrozenItem, hex } from "../rules/destruction";
import { earlierToday, policyDigest } from "./destruction-facts";
import { type LockedRun, tryLockRun } from "./destruction-lock";
import { finishRun, stopRun } from "./finish-destruction";

/** Sessions and files of a batch. */
export const batchSize = 500;

export type BatchOutcome = "batch" | "finished" | "stopped" | "idle";

type Item = FrozenItem & { kind: "session" | "file"; subjectId: string };

/** Runs that have begun and are not over, the oldest first. */
export function runsToGoOn(actor: JobActor): Promise<string[]> {
  return read(actor, "destruction:run", async (tx) => {
    const rows = await tx.$queryRaw<{ id: string }[]>`
      SELECT s.destruction_id AS id FROM destruction_steps s WHERE s.organization_id = damso_organization() AND s.kind = 'started'
        AND NOT EXISTS (SELECT 1 FROM destruction_steps o WHERE o.destruction_id = s.destruction_id AND o.kind IN ('finished', 'stopped')) ORDER BY s.at`;
    return rows.map(({ id }) => id);
  });
}

/**
 * One batch of a run. Whatever differs from what was frozen stops the run, and nothing of that batch is destroyed; what a hold covers is taken out.
 * @returns idle when it is over, or another instance is at it
 */
export async function runBatch(actor: JobActor, id: string, now: Date): Promise<BatchOutcome> {
  try {
    return await change(actor, "destruction:run", async (tx, record) => {
      await lockHolds(tx, actor.organizationId, "shared");
      const run = await tryLockRun(tx, id, now);
      if (run?.state !== "running") throw new NothingToDo();
      const items = await pendingItems(tx, id);
      if (items.length === 0) {
        await finishRun(tx, record, actor, run, now);
        return "finished";
      }
      const drift = await destroyBatch(tx, record, actor, run, items, now);
      if (drift === null) return "batch";
      await stopRun(tx, record, actor, run, drift, now);
      return "stopped";
    });
  } catch (error) {
    if (error instanceof NothingToDo) return "idle";
    throw error;
  }
}

/** A change without a record would be an error; there was none to make. */
class NothingToDo extends Error {}

function pendingItems(tx: Tx, id: string): Promise<Item[]> {
  return tx.$queryRaw<Item[]>`
    SELECT kind, subject_id AS "subjectId", due_on::text AS "dueOn", messages, files, category FROM destruction_items
    WHERE destruction_id = ${id}::uuid AND organization_id = damso_organization() AND state = 'pending' ORDER BY kind DESC, subject_id LIMIT ${batchSize} FOR UPDATE`;
}

async function destroyBatch(
  tx: Tx,
  record: Record,
  actor: JobActor,
  run: LockedRun,
  items: readonly Item[],
  now: Date,
): Promise<{ drift: Drift; subjectId: string } | null> {
  const { organizationId } = actor;
  if ((await policyDigest(tx)) !== run.policyDigest) return { drift: "policy", subjectId: "" };
  const sessions = items.filter(({ kind }) => kind === "session").map(({ subjectId }) => subjectId);
  const files = items.filter(({ kind }) => kind === "file").map(({ subjectId }) => subjectId);
  const found = await lockFound(tx, sessions, files);
  const held = await heldIn(tx, sessions, files);
  const setting = await tx.retentionSetting.findUniqueOrThrow({ where: { organizationId }, select: { epoch: true } });
  const today: Day = await earlierToday(tx, now);
  const rules = { today, epoch: setting.epoch, routine: run.kind === "routine" };
  for (const item of items) {
    if (held.has(item.subjectId)) continue;
    const drift = driftOf(item, found.get(item.subjectId), rules);
    if (drift) return { drift, subjectId: item.subjectId };
  }
  const going = (ids: readonly string[]) => ids.filter((subjectId) => !held.has(subjectId));
  const [goneSessions, goneFiles] = [going(sessions), going(files)];
  await markItems(tx, run.id, { sessions: goneSessions, files: goneFiles, held: [...held] }, now);
  const destroyed = await destroySessions(tx, organizationId, run.id, goneSessions, now);
  const alone = await destroyFiles(tx, organizationId, goneFiles, now);
  if (destroyed.sessions !== goneSessions.length || alone.files !== goneFiles.length)
    throw new Error(`The run ${run.number} met something else than it had locked`);
  const ids = [...goneSessions, ...goneFiles].sort();
  await record({
    action: "destruction.batch",
    target: { kind: "destruction", id: run.id },
    body: {
      ...{ number: run.number, sessions: destroyed.sessions, messages: destroyed.messages, held: held.size },
      ...{ files: destroyed.files + alone.files, rings: new Set([...destroyed.rings, ...alone.rings]).size },
      ids: hex(ids.join("\n")),
    },
  });
  return null;
}

/** What is there now, held until the batch is over. */
async function lockFound(tx: Tx, sessions: string[], files: string[]): Promise<Map<string, FoundItem>> {
  await tx.$executeRaw`SELECT 1 FROM consult_sessions WHERE organization_id = damso_organization() AND id = ANY(${sessions}::uuid[]) ORDER BY id FOR UPDATE`;
  await tx.$executeRaw`
    SELECT 1 FROM consult_sessions WHERE organization_id = damso_organization()
      AND id IN (SELECT session_id FROM attachments WHERE id = ANY(${files}::uuid[])) ORDER BY id FOR UPDATE`;
  const rows = await tx.$queryRaw<(FoundItem & { id: string })[]>`
    SELECT s.id, s.due_on::text AS "dueOn", s.category, s.reckoned, s.message_count AS messages,
      (SELECT count(a.file_id)::int FROM attachments a WHERE a.organization_id = s.organization_id AND a.session_id = s.id) AS files
    FROM consult_sessions s WHERE s.organization_id = damso_organization() AND s.id = ANY(${sessions}::uuid[])
    UNION ALL SELECT a.id, a.due_on::text, s.category, s.reckoned, 0, (a.file_id IS NOT NULL)::int
    FROM attachments a JOIN consult_sessions s ON s.organization_id = a.organization_id AND s.id = a.session_id
    WHERE a.organization_id = damso_organization() AND a.id = ANY(${files}::uuid[]) AND a.state <> 'destroyed'`;
  return new Map(rows.map((row) => [row.id, row]));
}

/** Items that a hold covers now: the lock on holds is ours, so none comes after this. */
async function heldIn(tx: Tx, sessions: string[], files: string[]): Promise<Set<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT session_id AS id FROM held_sessions WHERE organization_id = damso_organization() AND session_id = ANY(${sessions}::uuid[])
    UNION SELECT a.id FROM attachments a JOIN held_sessions h ON h.organization_id = a.organization_id AND h.session_id = a.session_id
    WHERE a.organization_id = damso_organization() AND a.id = ANY(${files}::uuid[])`;
  return new Set(rows.map(({ id }) => id));
}

/** Marks items before the rows go, with the rings on which their keys hang. */
async function markItems(
  tx: Tx,
  id: string,
  { sessions, files, held }: { sessions: string[]; files: string[]; held: string[] },
  now: Date,
): Promise<void> {
  const mark = (state: string, ids: string[], ring: Prisma.Sql) => tx.$executeRaw`
    UPDATE destruction_items i SET state = ${state}, done_at = ${now}, ring = ${ring} WHERE i.destruction_id = ${id}::uuid AND i.subject_id = ANY(${ids}::uuid[])`;
  const none = Prisma.sql`''`;
  await mark(
    ...(["destroyed", sessions] as const),
    Prisma.sql`coalesce((SELECT k.ring FROM session_keys k WHERE k.session_id = i.subject_id), '')`,
  );
  await mark(
    ...(["destroyed", files] as const),
    Prisma.sql`coalesce((SELECT k.ring FROM file_keys k WHERE k.attachment_id = i.subject_id), '')`,
  );
  await mark("held", held, none);
}
