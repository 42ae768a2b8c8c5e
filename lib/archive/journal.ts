// What was destroyed, told outside the database as well: a restored older database still has it, and destroys it again before it serves.
import { closeSync, createReadStream, existsSync, fstatSync, openSync, readSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import type { JobActor, OperatorActor } from "@/lib/auth/actor";
import { change, ingest, read } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { env } from "@/lib/env";
import { appendToKeyring } from "@/lib/keyring";
import { destroySessions } from "./destroy";

export const journalFile = "destroyed.ndjson";

/** A session that is gone: its id, the destruction's, the instant. */
type Line = { session: string; destruction: string; at: string };

const pageSize = 2_000;
/** A tombstone may be committed this long after its instant: looked for again, written once. */
const overlapMs = 120_000;
const tailBytes = 4 * 1024 ** 2;

/** Appends what was destroyed since its last line, synced. @returns how many sessions */
export function writeJournal(actor: JobActor): Promise<number> {
  const { organizationId } = actor;
  return ingest(actor, "destruction:run", async (tx) => {
    // One writer at a time among all instances.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`damso journal ${organizationId}`}, 0))`;
    const tail = tailOf(organizationId);
    const last = tail.at(-1);
    const since = last ? new Date(Date.parse(last.at) - overlapMs) : new Date(0);
    const told = new Set(tail.map(({ session }) => session));
    let written = 0;
    let after = { at: since, session: "00000000-0000-0000-0000-000000000000" };
    for (;;) {
      const rows = await tx.$queryRaw<{ session: string; destruction: string; at: Date }[]>`
        SELECT session_id AS session, destruction_id AS destruction, at FROM tombstones
        WHERE organization_id = ${organizationId}::uuid AND (at, session_id) > (${after.at}, ${after.session}::uuid)
        ORDER BY at, session_id LIMIT ${pageSize}`;
      const fresh = rows.filter(({ session }) => !told.has(session));
      if (fresh.length > 0) appendToKeyring(organizationId, journalFile, fresh.map(lineOf).join(""));
      written += fresh.length;
      const end = rows.at(-1);
      if (!end || rows.length < pageSize) return written;
      after = { at: end.at, session: end.session };
    }
  });
}

/** Sessions of the journal's end that the database has not destroyed: an older one was restored. */
export function countReturned(actor: OperatorActor | JobActor): Promise<number> {
  const ids = [...new Set(tailOf(actor.organizationId).map(({ session }) => session))];
  return read(actor, "destruction:run", async (tx) => (await returned(tx, actor.organizationId, ids)).length);
}

/**
 * Destroys again what the journal says was destroyed and the database has. One change per thousand, each on its own record.
 * @param onProgress lines behind it
 * @returns how many sessions had come back
 */
export async function replayJournal(
  actor: OperatorActor,
  now: Date,
  onProgress: (lines: number) => void = () => undefined,
): Promise<number> {
  const file = path.join(env().DAMSO_KEYRING, actor.organizationId, journalFile);
  if (!existsSync(/* turbopackIgnore: true */ file)) return 0;
  let destroyed = 0;
  let page: Line[] = [];
  const settle = async () => {
    destroyed += await destroyAgain(actor, page, now);
    onProgress(page.length);
    page = [];
  };
  for await (const text of createInterface({ input: createReadStream(/* turbopackIgnore: true */ file) })) {
    const line = lineIn(text);
    if (line) page.push(line);
    if (page.length === 1_000) await settle();
  }
  await settle();
  return destroyed;
}

async function destroyAgain(actor: OperatorActor, lines: readonly Line[], now: Date): Promise<number> {
  const { organizationId } = actor;
  const ids = lines.map(({ session }) => session);
  const back = await read(actor, "destruction:run", (tx) => returned(tx, organizationId, ids));
  if (back.length === 0) return 0;
  const runs = new Map(lines.map(({ session, destruction }) => [session, destruction]));
  return change(actor, "destruction:run", async (tx, record) => {
    let sessions = 0;
    for (const destructionId of new Set(back.map((id) => runs.get(id) ?? ""))) {
      const own = back.filter((id) => runs.get(id) === destructionId);
      sessions += (await destroySessions(tx, organizationId, destructionId, own, now)).sessions;
    }
    await record({
      action: "destruction.replayed",
      target: { kind: "organization", id: organizationId },
      body: { sessions },
    });
    return sessions;
  });
}

async function returned(tx: Tx, organizationId: string, ids: readonly string[]): Promise<string[]> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM consult_sessions WHERE organization_id = ${organizationId}::uuid AND id = ANY(${[...ids]}::uuid[]) ORDER BY id`;
  return rows.map(({ id }) => id);
}

function lineOf({ session, destruction, at }: { session: string; destruction: string; at: Date }): string {
  return `${JSON.stringify({ session, destruction, at: at.toISOString() })}\n`;
}

/** A whole line; what a crash cut off is none, and is told again. */
function lineIn(text: string): Line | null {
  const found = /^\{"session":"([0-9a-f-]{36})","destruction":"([0-9a-f-]{36})","at":"([^"]+)"\}$/.exec(text);
  const [, session, destruction, at] = found ?? [];
  return session && destruction && at ? { session, destruction, at } : null;
}

/** The lines of its end: more than any two minutes bring. */
function tailOf(organizationId: string): Line[] {
  const name = path.join(env().DAMSO_KEYRING, organizationId, journalFile);
  if (!existsSync(/* turbopackIgnore: true */ name)) return [];
  const file = openSync(/* turbopackIgnore: true */ name, "r");
  try {
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(Math.min(size, tailBytes));
    readSync(file, bytes, 0, bytes.length, size - bytes.length);
    return bytes
      .toString("utf8")
      .split("\n")
      .flatMap((text) => lineIn(text) ?? []);
  } finally {
    closeSync(file);
  }
}
