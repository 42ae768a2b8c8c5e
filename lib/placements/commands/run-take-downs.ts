// What a machine does for the campaigns of one organization: follows the ends of channels, asks for looks at pages, closes what was proved clean.
import type { JobActor } from "@/lib/auth/actor";
import { change, ingest, type Record as RecordEvent, read } from "@/lib/auth/door";
import type { Day } from "@/lib/clock";
import { fromDay } from "@/lib/day-column";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import { actForChannel, type ChannelEndAct } from "../rules/take-down";
import type { Medium } from "../schema";
import { addTasks } from "./open-take-down";

export type TakeDownRun = { opened: number; moved: number; withdrawn: number; added: number; closed: number };

/** Somebody else did it in the meantime: the transaction has nothing to record and is let go. */
class NothingLeft extends Error {
  override readonly name = "NothingLeft";
}

/**
 * Follows everything once. Safe to run twice at once: one waits for the other and then finds nothing left to do.
 * @returns what it did
 */
export async function runTakeDownsOf(actor: JobActor, now: Date): Promise<TakeDownRun> {
  const nothing = { opened: 0, moved: 0, withdrawn: 0, added: 0, closed: 0 };
  const planned = await read(actor, "take-down:run", async (tx) => ({
    acts: await channelActs(tx),
    added: await missingPlaces(tx),
    clean: await cleanTasks(tx, now),
    wanted: await pagesToLookAt(tx, now, null),
  }));
  if (planned.wanted.length > 0) await ingest(actor, "take-down:run", (tx) => requestChecks(tx, now, null));
  if (planned.acts.length + planned.added.length + planned.clean.length === 0) return nothing;
  try {
    return await change(actor, "take-down:run", async (tx, record) => {
      await tx.$queryRaw`SELECT pg_advisory_xact_lock(hashtextextended('take-downs ' || damso_organization()::text, 0))::text`;
      const done = { ...nothing };
      for (const act of await channelActs(tx)) await followChannel(tx, record, actor, act, now, done);
      done.added += await addMissing(tx, record, actor, now);
      done.closed += await closeClean(tx, record, actor, now);
      if (Object.values(done).every((count) => count === 0)) throw new NothingLeft();
      return done;
    });
  } catch (error) {
    if (error instanceof NothingLeft) return nothing;
    throw error;
  }
}

/** Channels whose end and newest campaign do not agree. */
async function channelActs(tx: Tx): Promise<ChannelEndAct[]> {
  const rows = await tx.$queryRaw<
    {
      channelId: string;
      endsOn: Day | null;
      contract: boolean;
      places: number;
      id: string | null;
      occasion: number;
      effectiveOn: Day;
      over: boolean;
      completed: boolean;
    }[]
  >`
    SELECT c.id AS "channelId", e.ends_on::text AS "endsOn", e.contract_id IS NOT NULL AS contract,
      (SELECT count(*)::int FROM placements p WHERE p.organization_id = c.organization_id AND p.channel_id = c.id
        AND NOT EXISTS (SELECT FROM placement_retirements r WHERE r.placement_id = p.id)) AS places,
      d.id, d.occasion, d.effective_on::text AS "effectiveOn",
      EXISTS (SELECT FROM take_down_steps s WHERE s.take_down_id = d.id AND s.kind = 'withdrawn') AS over,
      EXISTS (SELECT FROM take_down_steps s WHERE s.take_down_id = d.id AND s.kind = 'completed') AS completed
    FROM channels c LEFT JOIN channel_last_days e ON e.channel_id = c.id
    LEFT JOIN LATERAL (SELECT * FROM take_downs x WHERE x.organization_id = c.organization_id AND x.channel_id = c.id ORDER BY x.occasion DESC LIMIT 1) d ON true
    WHERE c.organization_id = damso_organization() AND (e.ends_on IS NOT NULL OR d.id IS NOT NULL) ORDER BY c.id`;
  return rows.flatMap(({ channelId, endsOn, contract, places, id, ...rest }) => {
    const act = actForChannel({ channelId, endsOn, contract, places, campaign: id === null ? null : { id, ...rest } });
    return act ? [act] : [];
  });
}

async function followChannel(
  tx: Tx,
  record: RecordEvent,
  { organizationId }: JobActor,
  act: ChannelEndAct,
  now: Date,
  done: TakeDownRun,
): Promise<void> {
  if (act.act === "open") {
    const { channelId, occasion, cause } = act;
    const effectiveOn = fromDay(act.effectiveOn);
    const made = await tx.takeDown.create({
      data: { organizationId, channelId, occasion, cause, effectiveOn, at: now },
    });
    const places = await standingPlaces(tx, Prisma.sql`p.channel_id = ${channelId}::uuid`);
    await addTasks(tx, organizationId, { id: made.id, effectiveOn }, places, now);
    await record({
      action: "take-down.opened",
      target: { kind: "take-down", id: made.id },
      body: { cause, channel: channelId, effectiveOn: act.effectiveOn, places: places.length },
    });
    done.opened += 1;
    return;
  }
  const step = { organizationId, takeDownId: act.id, at: now };
  if (act.act === "withdraw") {
    await tx.takeDownStep.create({ data: { ...step, kind: "withdrawn" } });
    await record({ action: "take-down.withdrawn", target: { kind: "take-down", id: act.id }, body: {} });
    done.withdrawn += 1;
    return;
  }
  const effectiveOn = fromDay(act.effectiveOn);
  await tx.takeDown.update({ where: { id: act.id }, data: { effectiveOn } });
  await tx.takeDownTask.updateMany({ where: { takeDownId: act.id }, data: { dueOn: effectiveOn } });
  await tx.takeDownStep.create({ data: { ...step, kind: "moved", effectiveOn } });
  await record({
    action: "take-down.moved",
    target: { kind: "take-down", id: act.id },
    body: { before: act.before, effectiveOn: act.effectiveOn },
  });
  done.moved += 1;
}

type Missing = { takeDownId: string; effectiveOn: Day; id: string; medium: Medium; ownerId: string };

/** Places that a channel got while its campaign was under way. */
function missingPlaces(tx: Tx): Promise<Missing[]> {
  return tx.$queryRaw<Missing[]>`
    SELECT d.id AS "takeDownId", d.effective_on::text AS "effectiveOn", p.id, p.medium, p.owner_id AS "ownerId"
    FROM take_downs d JOIN placements p ON p.organization_id = d.organization_id AND p.channel_id = d.channel_id
    WHERE d.organization_id = damso_organization() AND d.cause <> 'hand'
      AND NOT EXISTS (SELECT FROM take_down_steps s WHERE s.take_down_id = d.id AND s.kind IN ('withdrawn', 'completed'))
      AND NOT EXISTS (SELECT FROM take_down_tasks t WHERE t.take_down_id = d.id AND t.placement_id = p.id)
      AND NOT EXISTS (SELECT FROM placement_retirements r WHERE r.placement_id = p.id) ORDER BY d.id, p.id LIMIT 5000`;
}

async function addMissing(tx: Tx, record: RecordEvent, { organizationId }: JobActor, now: Date): Promise<number> {
  const missing = await missingPlaces(tx);
  for (const id of new Set(missing.map(({ takeDownId }) => takeDownId))) {
    const places = missing.filter(({ takeDownId }) => takeDownId === id);
    const effectiveOn = fromDay(places[0]?.effectiveOn ?? "");
    await addTasks(tx, organizationId, { id, effectiveOn }, places, now);
    await record({
      action: "take-down.places-added",
      target: { kind: "take-down", id },
      body: { places: places.length },
    });
  }
  return missing.length;
}

function standingPlaces(tx: Tx, where: Prisma.Sql) {
  return tx.$queryRaw<{ id: string; medium: Medium; ownerId: string }[]>`
    SELECT p.id, p.medium, p.owner_id AS "ownerId" FROM placements p WHERE p.organization_id = damso_organization() AND ${where}
      AND NOT EXISTS (SELECT FROM placement_retirements r WHERE r.placement_id = p.id) ORDER BY p.id`;
}

/** Open web tasks under way whose day is over (provesClean of the rules: commands tests hold the two together). */
const openPages = (
  now: Date,
) => Prisma.sql`standing_take_down_tasks s JOIN take_down_tasks t ON t.id = s.task_id JOIN placements p ON p.id = t.placement_id
  LEFT JOIN LATERAL (SELECT x.id, x.at, x.verdict, x.page_url FROM presence_checks x WHERE x.organization_id = t.organization_id
    AND x.placement_id = t.placement_id AND x.wanted = 'absent' AND x.at >= (s.effective_on + 1)::timestamp AT TIME ZONE 'Asia/Seoul'
    ORDER BY x.at DESC, x.id DESC LIMIT 1) l ON true
  WHERE s.organization_id = damso_organization() AND t.kind = 'web' AND (s.effective_on + 1)::timestamp AT TIME ZONE 'Asia/Seoul' <= ${now}
    AND NOT EXISTS (SELECT FROM take_down_closings k WHERE k.organization_id = t.organization_id AND k.task_id = t.id)
    AND NOT EXISTS (SELECT FROM take_down_steps f WHERE f.take_down_id = s.take_down_id AND f.kind = 'completed')`;

type Clean = { taskId: string; takeDownId: string; checkId: string; code: string };

/** A task whose newest look at the page as it is now says that the button is gone. */
function cleanTasks(tx: Tx, now: Date): Promise<Clean[]> {
  return tx.$queryRaw<Clean[]>`
    SELECT t.id AS "taskId", t.take_down_id AS "takeDownId", l.id AS "checkId", p.code FROM ${openPages(now)}
      AND l.verdict = 'no' AND l.page_url = p.page_url ORDER BY t.id LIMIT 1000`;
}

async function closeClean(tx: Tx, record: RecordEvent, { organizationId }: JobActor, now: Date): Promise<number> {
  const clean = await cleanTasks(tx, now);
  if (clean.length === 0) return 0;
  // A person may be closing one of them by hand: whoever is first counts.
  const made = await tx.takeDownClosing.createManyAndReturn({
    data: clean.map(({ taskId, checkId }) => ({ organizationId, taskId, checkId, how: "check", at: now })),
    skipDuplicates: true,
  });
  const fresh = new Set(made.map(({ taskId }) => taskId));
  for (const { taskId, takeDownId, checkId, code } of clean.filter((one) => fresh.has(one.taskId))) {
    await record({
      action: "take-down.place-closed",
      target: { kind: "take-down", id: takeDownId },
      body: { task: taskId, code, how: "check", check: checkId },
    });
  }
  return fresh.size;
}

/** Open pages that nobody is asked to look at, and that were not looked at since the effect, or not for a day. */
function pagesToLookAt(tx: Tx, now: Date, takeDownId: string | null): Promise<{ placementId: string }[]> {
  const stale = new Date(now.getTime() - 86_400_000);
  const which =
    takeDownId === null
      ? Prisma.sql`(l.id IS NULL OR l.at < ${stale})`
      : Prisma.sql`t.take_down_id = ${takeDownId}::uuid`;
  return tx.$queryRaw<{ placementId: string }[]>`
    SELECT DISTINCT t.placement_id AS "placementId" FROM ${openPages(now)} AND p.page_url IS NOT NULL AND ${which}
      AND NOT EXISTS (SELECT FROM presence_requests q WHERE q.organization_id = t.organization_id AND q.placement_id = t.placement_id
        AND q.wanted = 'absent' AND q.done_at IS NULL) ORDER BY 1 LIMIT 1000`;
}

/** Leaves requests for the presence checks. @param by a campaign that a person wants looked at now; null: whatever is due. @returns how many */
export async function requestChecks(
  tx: Tx,
  now: Date,
  by: { takeDownId: string; personId: string } | null,
): Promise<number> {
  const pages = await pagesToLookAt(tx, now, by?.takeDownId ?? null);
  if (pages.length === 0) return 0;
  return tx.$executeRaw`
    INSERT INTO presence_requests (organization_id, placement_id, wanted, reason, requested_at, requested_by)
    SELECT damso_organization(), place, 'absent', 'takedown', ${now}, ${by?.personId ?? null}::uuid
    FROM unnest(${pages.map(({ placementId }) => placementId)}::uuid[]) AS place ON CONFLICT DO NOTHING`;
}
