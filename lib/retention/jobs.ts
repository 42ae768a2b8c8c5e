// Destructions that run by themselves: those that were begun, and the daily one under standing approvals.
import type { JobActor } from "@/lib/auth/actor";
import { change, ingest } from "@/lib/auth/door";
import { addDays } from "@/lib/clock";
import { organizationsWithDestructions } from "@/lib/db/crossings";
import { Refused } from "@/lib/errors";
import { Prisma } from "@/prisma/generated/client";
import { earlierToday } from "./commands/destruction-facts";
import { freeze } from "./commands/prepare-destruction";
import { runBatch, runsToGoOn } from "./commands/run-destruction";
import { standingSuffices } from "./rules/destruction";

/** Goes on with every run that has begun until it is over. Safe in two instances at once. @returns batches done */
export async function runDestructions(now: Date): Promise<number> {
  let batches = 0;
  for (const organizationId of await organizationsWithDestructions()) {
    const actor: JobActor = { kind: "job", name: "destructions", organizationId };
    for (const id of await runsToGoOn(actor)) {
      let outcome = await runBatch(actor, id, now);
      for (; outcome === "batch"; outcome = await runBatch(actor, id, now)) batches += 1;
    }
  }
  return batches;
}

/** Days ahead for which it is said what will fall due. */
const daysAhead = 14;

/**
 * The daily job: says what the coming days will bring, and begins what is due under policy versions with a standing approval, inside the guard of P-77.
 * Whatever else is due waits for people. The first word about a day stays: a clock that jumps finds no forecast and begins nothing.
 */
export async function destroyRoutinely(actor: JobActor, now: Date): Promise<string> {
  await forecast(actor, now);
  try {
    return await change(actor, "destruction:prepare-routine", async (tx, record) => {
      const { organizationId } = actor;
      const today = await earlierToday(tx, now);
      const standing = await tx.standingApproval.findMany({
        where: { outcome: "approved", endedAt: null },
        select: { id: true, policyVersionId: true, closedBy: true },
        orderBy: { requestedAt: "asc" },
      });
      if (standing.length === 0) throw new NotByItself("no standing approval");
      const versions = standing.map(({ policyVersionId }) => policyVersionId);
      const prepared = await freeze(tx, record, actor, {
        ...{ kind: "routine", reason: "", dueThrough: addDays(today, -1), today, now, preparedBy: null },
        ...{ dataRequestId: null, files: false, where: [Prisma.sql`s.policy_version_id = ANY(${versions}::uuid[])`] },
      });
      const { forecast: said } = await tx.destruction.findUniqueOrThrow({ where: { id: prepared.id } });
      if (!standingSuffices(prepared.guard, said)) throw new NotByItself(`guard ${prepared.guard}`);
      const note = JSON.stringify({ standing: standing.map(({ id }) => id) });
      const step = { organizationId, destructionId: prepared.id, digest: prepared.digest };
      await tx.destructionStep.create({
        data: { ...step, kind: "approved", note, personId: standing[0]?.closedBy ?? null, at: now },
      });
      await tx.destructionStep.create({ data: { ...step, kind: "started", note: "", personId: null, at: now } });
      return `${prepared.number}: ${prepared.sessions}`;
    });
  } catch (error) {
    if (error instanceof NotByItself) return error.message;
    if (error instanceof Refused) return "nothing due";
    throw error;
  }
}

/** Nothing was begun: people decide. */
class NotByItself extends Error {}

function forecast(actor: JobActor, now: Date): Promise<number> {
  const { organizationId } = actor;
  return ingest(actor, "destruction:prepare-routine", async (tx) => {
    const today = await earlierToday(tx, now);
    return tx.$executeRaw`
      INSERT INTO destruction_forecasts (organization_id, day, sessions, made_at)
      SELECT ${organizationId}::uuid, d::date, coalesce((SELECT sum(sessions - held) FROM due_days
        WHERE organization_id = ${organizationId}::uuid AND due_on = d::date - 1), 0)::int, ${now}
      FROM generate_series(${addDays(today, 1)}::date, ${addDays(today, daysAhead)}::date, interval '1 day') AS d ON CONFLICT DO NOTHING`;
  });
}
