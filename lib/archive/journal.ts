// What was destroyed, told outside the database as well: a restored older database still has it, and destroys it again before it serves.
import { closeSync, createReadStream, existsSync, fstatSync, openSync, readSync } from "node:fs";
import path from "node:path";
import { createInterface } from "node:readline";
import type { JobActor, OperatorActor } from "@/lib/auth/actor";
import { change, ingest, read } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { rehearsing } from "@/lib/db/rehearsing";
import { env } from "@/lib/env";
import { appendToKeyring } from "@/lib/keyring";
import { destroyFiles, destroySessions } from "./destroy";

export const journalFile = "destroyed.ndjson";

type Kind = "session" | "file";
/** What is gone, a session or a file that went before its session: its id, the destruction's, the instant. */
type Line = { kind: Kind; id: string; destruction: string; at: string };
type Row = { id: string; destruction: string; at: Date };
type Ids = Record<Kind, string[]>;

const pageSize = 2_000;
/** A tombstone may be committed this long after its instant: looked for again, written once. */
const overlapMs = 120_000;
const tailBytes = 4 * 1024 ** 2;

/** Appends what was destroyed since its last line, synced. @returns how many sessions and files */
export function writeJournal(actor: JobActor): Promise<number> {
  const { organizationId } = actor;
  return ingest(actor, "destruction:run", async (tx) => {
    // One writer at a time among all instances.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`damso journal ${organizationId}`}, 0))`;
    const tail = tailOf(organizationId);
    return (
      (await tell(tail, organizationId, "session", (after) => goneSessions(tx, organizationId, after))) +
      (await tell(tail, organizationId, "file", (after) => goneFiles(tx, organizationId, after)))
    );
  });
}

type After = { at: Date; id: string };

async function tell(
  tail: Tail,
  organizationId: string,
  kind: Kind,
  pageAfter: (after: After) => Promise<Row[]>,
): Promise<number> {
  const lines = tail.lines.filter((line) => line.kind === kind);
  // None in a tail that was cut: what came before its first line was told before it.
  const last = lines.at(-1) ?? (tail.whole ? undefined : tail.lines[0]);
  const told = new Set(lines.map(({ id }) => id));
  let after: After = {
    at: last ? new Date(Date.parse(last.at) - overlapMs) : new Date(0),
    id: "00000000-0000-0000-0000-000000000000",
  };
  let written = 0;
  for (;;) {
    const rows = await pageAfter(after);
    const fresh = rows.filter(({ id }) => !told.has(id));
    if (fresh.length > 0)
      appendToKeyring(organizationId, journalFile, fresh.map((row) => lineOf({ ...row, kind })).join(""));
    written += fresh.length;
    const end = rows.at(-1);
    if (!end || rows.length < pageSize) return written;
    after = end;
  }
}

function goneSessions(tx: Tx, organizationId: string, after: After): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    SELECT session_id AS id, destruction_id AS destruction, at FROM tombstones
    WHERE organization_id = ${organizationId}::uuid AND (at, session_id) > (${after.at}, ${after.id}::uuid)
    ORDER BY at, session_id LIMIT ${pageSize}`;
}

/** Files destroyed as items of their own: those of a destroyed session go with its line. */
function goneFiles(tx: Tx, organizationId: string, after: After): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    SELECT subject_id AS id, destruction_id AS destruction, done_at AS at FROM destruction_items
    WHERE organization_id = ${organizationId}::uuid AND kind = 'file' AND state = 'destroyed' AND (done_at, subject_id) > (${after.at}, ${after.id}::uuid)
    ORDER BY done_at, subject_id LIMIT ${pageSize}`;
}

/** Sessions and files of the journal's end that the database has not destroyed: an older one was restored. Reads up to 4 MB. */
export function countReturned(actor: OperatorActor | JobActor): Promise<{ sessions: number; files: number }> {
  const { lines } = tailOf(actor.organizationId);
  return read(actor, "destruction:run", async (tx) => {
    const back = await returned(tx, actor.organizationId, lines);
    return { sessions: back.session.length, files: back.file.length };
  });
}

/**
 * Destroys again what the journal says was destroyed and the database has. One change per thousand, each on its own record.
 * @param onProgress lines behind it
 * @returns how many sessions and files had come back
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
  const back = await read(actor, "destruction:run", (tx) => returned(tx, organizationId, lines));
  if (back.session.length + back.file.length === 0) return 0;
  const runs = new Map(lines.map(({ id, destruction }) => [id, destruction]));
  return change(actor, "destruction:run", async (tx, record) => {
    let sessions = 0;
    for (const destructionId of new Set(back.session.map((id) => runs.get(id) ?? ""))) {
      const own = back.session.filter((id) => runs.get(id) === destructionId);
      sessions += (await destroySessions(tx, organizationId, destructionId, own, now)).sessions;
    }
    const { files } = await destroyFiles(tx, organizationId, back.file, now);
    await record({
      action: "destruction.replayed",
      target: { kind: "organization", id: organizationId },
      body: { sessions, files },
    });
    return sessions + files;
  });
}

/** Those of the lines that are there again. */
async function returned(tx: Tx, organizationId: string, lines: readonly Line[]): Promise<Ids> {
  // What was rehearsed and destroyed must not be there again either.
  await rehearsing(tx);
  const named = (kind: Kind) => [...new Set(lines.filter((line) => line.kind === kind).map(({ id }) => id))];
  const sessions = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM consult_sessions WHERE organization_id = ${organizationId}::uuid AND id = ANY(${named("session")}::uuid[]) ORDER BY id`;
  const files = await tx.$queryRaw<{ id: string }[]>`
    SELECT id FROM attachments WHERE organization_id = ${organizationId}::uuid AND id = ANY(${named("file")}::uuid[]) AND state <> 'destroyed' ORDER BY id`;
  return { session: sessions.map(({ id }) => id), file: files.map(({ id }) => id) };
}

function lineOf({ kind, id, destruction, at }: Row & { kind: Kind }): string {
  return `${JSON.stringify({ [kind]: id, destruction, at: at.toISOString() })}\n`;
}

/** A whole line; what a crash cut off is none, and is told again. */
function lineIn(text: string): Line | null {
  const found = /^\{"(session|file)":"([0-9a-f-]{36})","destruction":"([0-9a-f-]{36})","at":"([^"]+)"\}$/.exec(text);
  const [, kind, id, destruction, at] = found ?? [];
  return (kind === "session" || kind === "file") && id && destruction && at ? { kind, id, destruction, at } : null;
}

/** The lines of its end, more than any two minutes bring; `whole`: they are all. */
type Tail = { lines: Line[]; whole: boolean };

function tailOf(organizationId: string): Tail {
  const name = path.join(env().DAMSO_KEYRING, organizationId, journalFile);
  if (!existsSync(/* turbopackIgnore: true */ name)) return { lines: [], whole: true };
  const file = openSync(/* turbopackIgnore: true */ name, "r");
  try {
    const { size } = fstatSync(file);
    const bytes = Buffer.alloc(Math.min(size, tailBytes));
    readSync(file, bytes, 0, bytes.length, size - bytes.length);
    const lines = bytes
      .toString("utf8")
      .split("\n")
      .flatMap((text) => lineIn(text) ?? []);
    return { lines, whole: bytes.length === size };
  } finally {
    closeSync(file);
  }
}
