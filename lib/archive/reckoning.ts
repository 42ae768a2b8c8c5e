// Until when consultations are kept: the rules (lib/retention/rules/reckon.ts) put to the sessions, set by set.
import type { JobActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { type Day, kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { isKeptByLaw, type PolicyTerm, type Reckoned, reckonSession } from "@/lib/retention/rules/reckon";
import { type KeptRow, loadKept, loadTerms } from "./kept-rows";
import { reckonFiles } from "./reckon-files";
import { rehang } from "./rehang";
import { dueRing, heldRing, openRing } from "./rings";
import { batchToReckon, settleHolds } from "./stale";

export { type KeptRow, loadKept, loadTerms } from "./kept-rows";

/** What a session becomes. */
export type Standing = { id: string; before: KeptRow; reckoned: Reckoned; held: boolean; shelf: string; ring: string };

/**
 * Locks sessions and reckons them: last days, holds, the rings on which their keys hang, the shelves on which their messages lie, their files.
 * @param sessionIds up to 500; those that are not there are passed over
 * @returns how many it reckoned
 */
export async function reckonSessions(
  tx: Tx,
  organizationId: string,
  sessionIds: readonly string[],
  now: Date,
): Promise<number> {
  const locked = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM consult_sessions WHERE organization_id = ${organizationId}::uuid AND id = ANY(${[...sessionIds]}::uuid[]) ORDER BY id FOR UPDATE`;
  if (locked.length === 0) return 0;
  const ids = locked.map(({ id }) => id);
  // The epoch before the policies: one that is approved meanwhile makes them stale again.
  const setting = await tx.retentionSetting.findUnique({ where: { organizationId }, select: { epoch: true } });
  const terms = await loadTerms(tx);
  const kept = await loadKept(tx, ids);
  const held = await tx.$queryRaw<{ id: string }[]>`
    SELECT DISTINCT session_id AS id FROM held_sessions WHERE organization_id = ${organizationId}::uuid AND session_id = ANY(${ids}::uuid[])`;
  const heldIds = new Set(held.map(({ id }) => id));
  const standings = [...kept.values()].map((row) => standingOf(row, terms, heldIds.has(row.id), now));
  await moveMessages(tx, standings);
  await writeStandings(tx, standings, setting?.epoch ?? 1, now);
  const files = await reckonFiles(tx, organizationId, standings, terms, now);
  await rehang(tx, organizationId, standings, files, kstDay(now));
  return standings.length;
}

function standingOf(before: KeptRow, terms: readonly PolicyTerm[], held: boolean, now: Date): Standing {
  const today = kstDay(now);
  const reckoned = reckonSession(before, terms, now);
  const { dueOn } = reckoned;
  const { id } = before;
  if (held) return { id, before, reckoned, held, shelf: "held", ring: heldRing(today) };
  if (dueOn === null) return { id, before, reckoned, held, shelf: "open", ring: openRing(today) };
  return {
    id,
    before,
    reckoned,
    held,
    shelf: shelfOf(dueOn, reckoned.ordinaryDueOn, today),
    ring: dueRing(dueOn, today),
  };
}

/** The shelf of a last day; apart once a law alone keeps it (개인정보 보호법 제21조 제3항). */
function shelfOf(dueOn: Day, ordinaryDueOn: Day | null, today: Day): string {
  const month = dueOn.slice(0, 7);
  return isKeptByLaw(ordinaryDueOn, dueOn, today) ? `law-${month}` : month;
}

async function moveMessages(tx: Tx, standings: readonly Standing[]): Promise<void> {
  const moves = new Map<string, { from: string; to: string; ids: string[] }>();
  for (const { id, before, shelf } of standings) {
    if (before.shelf === shelf) continue;
    const name = `${before.shelf} ${shelf}`;
    const move = moves.get(name) ?? { from: before.shelf, to: shelf, ids: [] };
    move.ids.push(id);
    moves.set(name, move);
  }
  const months = [...new Set([...moves.values()].map(({ to }) => to))].filter((to) => to !== "open" && to !== "held");
  if (months.length > 0) {
    await tx.$executeRaw`SELECT count(damso_make_shelf(name)::text) FROM (SELECT unnest(${months.sort()}::text[]) AS name) AS s`;
  }
  for (const { from, to, ids } of moves.values()) {
    await tx.$executeRaw`UPDATE messages SET shelf = ${to} WHERE shelf = ${from} AND session_id = ANY(${ids}::uuid[])`;
  }
}

async function writeStandings(tx: Tx, standings: readonly Standing[], epoch: number, now: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE consult_sessions s SET due_on = g.due_on, ordinary_due_on = g.ordinary_due_on, policy_version_id = g.version_id, reckoned = ${epoch}::int,
      waits_for = g.waits_for, shelf = g.shelf, held_at = CASE WHEN g.held THEN coalesce(s.held_at, ${now}) END
    FROM unnest(${standings.map(({ id }) => id)}::uuid[], ${standings.map(({ reckoned }) => reckoned.dueOn)}::date[],
      ${standings.map(({ reckoned }) => reckoned.ordinaryDueOn)}::date[], ${standings.map(({ reckoned }) => reckoned.versionId)}::uuid[],
      ${standings.map(({ reckoned }) => reckoned.wait)}::text[], ${standings.map(({ shelf }) => shelf)}::text[], ${standings.map(({ held }) => held)}::bool[])
      AS g (id, due_on, ordinary_due_on, version_id, waits_for, shelf, held)
    WHERE s.id = g.id`;
}

export type ReckonedDue = { sessions: number };

const batchSize = 500;

/**
 * Reckons whatever is stale in an organization, batch by batch: ended or dated sessions under older policies, those that silence has ended,
 * what a law alone keeps from today on, what a hold newly covers or covers no more. Two at once share the work.
 */
export async function reckonDue(actor: JobActor, now: Date): Promise<ReckonedDue> {
  let sessions = 0;
  for (;;) {
    const done = await ingest(actor, "retention:reckon", async (tx) => {
      const ids = await batchToReckon(tx, actor.organizationId, now, batchSize);
      return ids.length === 0 ? 0 : reckonSessions(tx, actor.organizationId, ids, now);
    });
    if (done === 0) break;
    sessions += done;
  }
  await ingest(actor, "retention:reckon", (tx) => settleHolds(tx, actor.organizationId, now));
  return { sessions };
}
