import { randomUUID } from "node:crypto";
import { type Actor, personOf } from "@/lib/auth/actor";
import { change, type Record } from "@/lib/auth/door";
import { addDays, type Day } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { Conflict, Refused } from "@/lib/errors";
import { Prisma } from "@/prisma/generated/client";
import { notHeld } from "../queries/hold-coverage";
import {
  type DestructionKind,
  destructionNumber,
  frozenDigest,
  type Guard,
  guardOf,
  hex,
  validMs,
} from "../rules/destruction";
import { assertNothingPersonal } from "../rules/ledger";
import type { PrepareDestruction } from "../schema/destruction";
import { earlierToday, guardFacts, holdDigest, policyDigest, targetsOf } from "./destruction-facts";
import { wantedSessions } from "./wanted-sessions";

export type Prepared = { id: string; number: string; sessions: number; files: number; guard: Guard; digest: string };

/**
 * Freezes what a destruction would destroy: its items, the policies and holds under which they were found, and one digest over all of it.
 * It may be acted upon for eight hours. @throws NotFound, Refused where nothing may be destroyed, Conflict where it changed meanwhile
 */
export function prepareDestruction(actor: Actor, given: PrepareDestruction, now: Date): Promise<Prepared> {
  const { personId } = personOf(actor);
  assertNothingPersonal({ reason: given.reason });
  return change(actor, "destruction:request", async (tx, record) => {
    const today = await earlierToday(tx, now);
    const dueThrough = given.dueThrough ?? addDays(today, -1);
    if (given.kind === "routine" && dueThrough >= today)
      throw new Refused("retention.destructions.refused.notOver", "dueThrough");
    if (given.kind === "routine") {
      const where = [Prisma.sql`true`];
      if (given.channelId) where.push(Prisma.sql`s.channel_id = ${given.channelId}::uuid`);
      if (given.policyId)
        where.push(
          Prisma.sql`s.policy_version_id IN (SELECT id FROM policy_versions WHERE organization_id = damso_organization() AND policy_id = ${given.policyId}::uuid)`,
        );
      const plan = { kind: given.kind, reason: given.reason, dueThrough, today, now, preparedBy: personId };
      const files = !given.policyId && !given.channelId;
      return freeze(tx, record, actor, { ...plan, dataRequestId: null, where, files });
    }
    const { ids, keptByLaw } = await wantedSessions(tx, given, { now, today });
    const plan = { kind: given.kind, reason: given.reason, dueThrough: today, today, now, preparedBy: personId };
    const where = [Prisma.sql`s.id = ANY(${ids}::uuid[])`];
    return freeze(tx, record, actor, {
      ...{ ...plan, dataRequestId: given.dataRequestId ?? null, where, files: false, keptByLaw },
    });
  });
}

export type Plan = {
  kind: DestructionKind;
  reason: string;
  dueThrough: Day;
  today: Day;
  now: Date;
  preparedBy: string | null;
  dataRequestId: string | null;
  /** Of sessions `s`. */
  where: readonly Prisma.Sql[];
  /** Also files whose own last day is over. */
  files: boolean;
  keptByLaw?: number;
};

/** Writes the run and its items in the caller's transaction. @throws Refused when there are none */
export async function freeze(tx: Tx, record: Record, actor: Actor, plan: Plan): Promise<Prepared> {
  const { organizationId } = actor;
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`damso destruction numbers ${organizationId}`}, 0))`;
  const id = randomUUID();
  const policies = await policyDigest(tx);
  const holds = await holdDigest(tx);
  const picked = await pick(tx, plan);
  if (picked.sessions === 0 && picked.files === 0)
    throw new Refused(
      plan.kind === "routine" ? "retention.destructions.refused.nothing" : "retention.destructions.refused.allKept",
    );
  const { stored, forecast } = await guardFacts(tx, plan.today);
  const guard = guardOf(picked.sessions, stored, forecast);
  const number = await nextNumber(tx, organizationId, plan.today);
  const said = { kind: plan.kind, dueThrough: plan.dueThrough };
  const counts = {
    ...{ sessions: picked.sessions, files: picked.files, messages: picked.messages, held: picked.held },
    keptByLaw: plan.keptByLaw ?? picked.keptByLaw,
  };
  const digests = { policyDigest: policies, holdDigest: holds, targetDigest: picked.digest };
  const digest = frozenDigest({ id, ...said, ...digests, ...counts });
  await tx.destruction.create({
    data: {
      ...{ id, organizationId, number, kind: plan.kind, dueThrough: new Date(plan.dueThrough), reason: plan.reason },
      ...{ dataRequestId: plan.dataRequestId, ...digests, digest, ...counts, stored: BigInt(stored), forecast, guard },
      ...{ preparedBy: plan.preparedBy, preparedAt: plan.now, validUntil: new Date(plan.now.getTime() + validMs) },
    },
  });
  await writeItems(tx, organizationId, id, plan);
  const written = await targetsOf(tx, id);
  // What was counted and what was written are two statements: both must say the same.
  if (written.digest !== picked.digest) throw new Conflict("retention.destructions.refused.moving");
  const { held, keptByLaw, messages } = counts;
  await record({
    action: "destruction.prepared",
    target: { kind: "destruction", id },
    body: {
      ...{ number, kind: plan.kind, dueThrough: plan.dueThrough, digest, guard, messages, held, keptByLaw },
      ...{ sessions: picked.sessions, files: picked.files, reason: hex(plan.reason) },
      ...(plan.dataRequestId ? { dataRequest: plan.dataRequestId } : {}),
    },
  });
  return { id, number, sessions: picked.sessions, files: picked.files, guard, digest };
}

type Picked = { digest: string; sessions: number; files: number; messages: number; held: number; keptByLaw: number };

// Asked for in a query of its own, so that the plan does not rest on how few rows of a company there were when statistics were last taken:
// right after a large import that would be none, and a plan for none goes over every row for every row.
const own = Prisma.sql`(SELECT damso_organization())`;

/** The sessions `s` of a run, held ones too. */
function candidates({ kind, dueThrough, today, where }: Plan): Prisma.Sql {
  const all = [Prisma.sql`s.organization_id = ${own}`, ...where];
  if (kind === "routine")
    all.push(
      Prisma.sql`s.due_on <= ${dueThrough}::date AND s.due_on < ${today}::date
        AND s.reckoned = (SELECT epoch FROM retention_settings WHERE organization_id = damso_organization())`,
    );
  return Prisma.join(all, " AND ");
}

/** One row for each thing that would be destroyed. */
function itemRows(plan: Plan): Prisma.Sql {
  const sessions = Prisma.sql`
    SELECT 'session' AS kind, s.id AS subject_id, s.channel_id, s.category, s.policy_version_id, (s.opened_at AT TIME ZONE 'Asia/Seoul')::date AS opened_on, s.due_on,
      s.message_count AS messages, (SELECT count(a.file_id)::int FROM attachments a WHERE a.organization_id = s.organization_id AND a.session_id = s.id) AS files
    FROM consult_sessions s WHERE ${candidates(plan)} AND ${notHeld}`;
  if (!plan.files) return sessions;
  return Prisma.sql`${sessions}
    UNION ALL SELECT 'file', a.id, s.channel_id, s.category, NULL::uuid, (a.received_at AT TIME ZONE 'Asia/Seoul')::date, a.due_on, 0, (a.file_id IS NOT NULL)::int
    FROM attachments a JOIN consult_sessions s ON s.organization_id = a.organization_id AND s.id = a.session_id
    WHERE a.organization_id = ${own} AND a.due_on <= ${plan.dueThrough}::date AND a.due_on < ${plan.today}::date AND a.state <> 'destroyed'
      AND (s.due_on IS NULL OR s.due_on > ${plan.dueThrough}::date OR s.due_on >= ${plan.today}::date) AND ${notHeld}`;
}

async function pick(tx: Tx, plan: Plan): Promise<Picked> {
  const [found] = await tx.$queryRaw<Picked[]>`
    SELECT encode(sha256(convert_to(coalesce(string_agg(kind || ' ' || subject_id || ' ' || coalesce(due_on::text, '-') || ' ' || messages || ' ' || files, E'\n'
        ORDER BY kind, subject_id), ''), 'UTF8')), 'hex') AS digest,
      count(*) FILTER (WHERE kind = 'session')::int AS sessions, coalesce(sum(files), 0)::int AS files, coalesce(sum(messages), 0)::int AS messages,
      (SELECT count(*)::int FROM consult_sessions s WHERE ${candidates(plan)} AND NOT ${notHeld}) AS held,
      (SELECT count(*)::int FROM consult_sessions s WHERE s.organization_id = ${own} AND s.ordinary_due_on <= ${plan.dueThrough}::date
        AND s.due_on > ${plan.dueThrough}::date AND ${Prisma.join([...plan.where], " AND ")}) AS "keptByLaw"
    FROM (${itemRows(plan)}) i`;
  if (!found) throw new Error("Nothing could be counted");
  return found;
}

async function writeItems(tx: Tx, organizationId: string, id: string, plan: Plan): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO destruction_items (organization_id, destruction_id, kind, subject_id, channel_id, category, policy_version_id, opened_on, due_on, messages, files)
    SELECT ${organizationId}::uuid, ${id}::uuid, kind, subject_id, channel_id, category, policy_version_id, opened_on, due_on, messages, files FROM (${itemRows(plan)}) i`;
}

/** Numbered within the day; a year later the same day goes on where it was. */
async function nextNumber(tx: Tx, organizationId: string, today: Day): Promise<string> {
  const prefix = destructionNumber(today, 0).slice(0, 8);
  const [last] = await tx.$queryRaw<{ serial: number }[]>`
    SELECT coalesce(max(substr(number, 9)::int), 0) AS serial FROM destructions WHERE organization_id = ${organizationId}::uuid AND number LIKE ${`${prefix}%`}`;
  return destructionNumber(today, (last?.serial ?? 0) + 1);
}
