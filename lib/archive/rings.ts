// Ring keys: each wraps the keys of sessions and files that may go on one day, and goes itself once that day is over (docs/decisions/rings.md).
import type { JobActor } from "@/lib/auth/actor";
import { change, ingest } from "@/lib/auth/door";
import { type Day, kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { destroyRing, listRings, ringFingerprint, ringKey } from "@/lib/keyring";

const hourMs = 3_600_000;

/** The ring of what came today and has no last day yet. */
export const openRing = (today: Day): string => `open-${today}`;

/** The ring of what is kept until a day; what is past it already hangs on today's. */
export const dueRing = (dueOn: Day, today: Day): string => `due-${dueOn < today ? today : dueOn}`;

/** The ring of what a hold keeps. */
export const heldRing = (today: Day): string => `held-${today}`;

/** A ring's day: nothing new hangs on it once that is over. */
export function ringDay(name: string): Day {
  return name.slice(-10);
}

/**
 * A ring to hang keys on, made when it is not there: first its file, then its row, so that a row always has its file.
 * @throws Error when it was destroyed: the name of a destroyed ring is never used again
 */
export async function provideRing(tx: Tx, organizationId: string, name: string): Promise<Buffer> {
  const gone = await tx.ringDestruction.count({ where: { organizationId, name } });
  if (gone > 0) throw new Error(`The ring ${name} was destroyed`);
  const key = ringKey(organizationId, name);
  await tx.$executeRaw`INSERT INTO ring_keys (organization_id, name) VALUES (${organizationId}::uuid, ${name}) ON CONFLICT DO NOTHING`;
  return key;
}

/**
 * Destroys the rings whose day is over and on which nothing hangs: first the row, then the file. What a crash left between the two is taken up.
 * @param now the database's own clock counts where it is behind; a day is over an hour after its end, when every transaction of it is
 * @returns the names of those that are gone now
 */
export async function sweepRings(actor: JobActor, now: Date): Promise<string[]> {
  const { over, half } = await ingest(actor, "destruction:run", async (tx) => ({
    over: await ringsOver(tx, actor.organizationId, now),
    half: await tx.ringDestruction.findMany({
      where: { organizationId: actor.organizationId, fileGoneAt: null },
      select: { name: true },
    }),
  }));
  const gone: string[] = [];
  for (const { name } of half) await finish(actor, name, now);
  for (const name of over.rows) {
    if (!(await destroy(actor, name))) continue;
    await finish(actor, name, now);
    gone.push(name);
  }
  for (const name of await strayRings(actor, over.today, now)) {
    destroyRing(actor.organizationId, name);
    gone.push(name);
  }
  return gone;
}

async function ringsOver(tx: Tx, organizationId: string, now: Date): Promise<{ rows: string[]; today: Day }> {
  const [clock] = await tx.$queryRaw<{ at: Date }[]>`SELECT clock_timestamp() AS at`;
  const earlier = Math.min(now.getTime(), clock?.at.getTime() ?? 0);
  const today = kstDay(new Date(earlier - hourMs));
  const rows = await tx.$queryRaw<{ name: string }[]>`
    SELECT name FROM ring_keys r WHERE organization_id = ${organizationId}::uuid AND right(name, 10) < ${today}
      AND NOT EXISTS (SELECT 1 FROM session_keys k WHERE k.organization_id = r.organization_id AND k.ring = r.name)
      AND NOT EXISTS (SELECT 1 FROM file_keys k WHERE k.organization_id = r.organization_id AND k.ring = r.name) ORDER BY right(name, 10), name`;
  return { rows: rows.map(({ name }) => name), today };
}

/** Takes a ring's row away, unless something hangs on it or another is at it. */
function destroy(actor: JobActor, name: string): Promise<boolean> {
  const { organizationId } = actor;
  return change(actor, "destruction:run", async (tx, record) => {
    const rows = await tx.$queryRaw<{ name: string }[]>`
      SELECT name FROM ring_keys r WHERE organization_id = ${organizationId}::uuid AND name = ${name}
        AND NOT EXISTS (SELECT 1 FROM session_keys k WHERE k.organization_id = r.organization_id AND k.ring = r.name)
        AND NOT EXISTS (SELECT 1 FROM file_keys k WHERE k.organization_id = r.organization_id AND k.ring = r.name) FOR UPDATE SKIP LOCKED`;
    if (rows.length === 0) throw new NothingToDestroy();
    const fingerprint = ringFingerprint(organizationId, name) ?? "";
    await tx.ringKey.delete({ where: { organizationId_name: { organizationId, name } } });
    await tx.ringDestruction.create({ data: { organizationId, name, fingerprint } });
    await record({ action: "ring.destroyed", target: { kind: "ring", id: name }, body: { fingerprint } });
    return true;
  }).catch((error: unknown) => {
    if (error instanceof NothingToDestroy) return false;
    throw error;
  });
}

class NothingToDestroy extends Error {}

async function finish(actor: JobActor, name: string, now: Date): Promise<void> {
  destroyRing(actor.organizationId, name);
  await ingest(actor, "destruction:run", (tx) =>
    tx.ringDestruction.updateMany({
      where: { organizationId: actor.organizationId, name, fileGoneAt: null },
      data: { fileGoneAt: now },
    }),
  );
}

/** Files whose transaction never came to its end: no row, older than an hour, their day over. */
async function strayRings(actor: JobActor, today: Day, now: Date): Promise<string[]> {
  const old = listRings(actor.organizationId)
    .filter(({ name, madeAt }) => ringDay(name) < today && now.getTime() - madeAt.getTime() > hourMs)
    .map(({ name }) => name);
  if (old.length === 0) return [];
  const known = await ingest(actor, "destruction:run", (tx) =>
    tx.ringKey.findMany({ where: { organizationId: actor.organizationId, name: { in: old } }, select: { name: true } }),
  );
  const names = new Set(known.map(({ name }) => name));
  return old.filter((name) => !names.has(name));
}
