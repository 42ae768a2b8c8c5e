// Takes a file of canonical events: row by row, batch by batch, each batch with the place it ends at, so that a cut run goes on there.
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { open, stat } from "node:fs/promises";
import path from "node:path";
import type { OperatorActor } from "@/lib/auth/actor";
import { change, ingest, read } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { Conflict, NotFound, Refused } from "@/lib/errors";
import { safeFileName } from "@/lib/file-name";
import { fileFault, sampleBytes } from "../rules/import-file";
import { importLines } from "../rules/import-lines";
import { type ImportReason, readImportRow } from "../rules/import-row";
import type { ConsultEvent } from "../schema";
import { takeEvents } from "./ingest-events";

const rowsAtOnce = 1_000;
/** Bytes of rows in one batch: a thousand long rows are not held together. */
const bytesAtOnce = 4 * 2 ** 20;
/** A batch that waits longer for a lock fails, and the run can be begun again. */
const statementMs = 25_000;
const permission = "transcript:import";

export type ImportConnection = { id: string; channelId: string; senderKey: string | null };
export type ImportSummary = {
  importId: string;
  /** Lines of the file, empty ones counted. */
  rows: number;
  stored: number;
  /** Events that were there before, from this file or another way. */
  known: number;
  bad: number;
  /** new | resumed | repeated: the file had been read to its end before, nothing was done. */
  run: "new" | "resumed" | "repeated";
};

type State = { id: string; offset: number; rows: number; finished: boolean; run: ImportSummary["run"] };
type Row =
  | { row: number; end: number; event: ConsultEvent }
  | { row: number; end: number; reason: ImportReason; detail: string };

/**
 * Reads a file to its end: good rows in, bad rows into import_faults with row and reason.
 * @param progress told how many bytes have been passed since the last time
 * @throws Refused for a file in another encoding or of another form; NotFound for a connection that is none; Conflict when another run is at the same file
 */
export async function importEvents(
  actor: OperatorActor,
  connectionId: string,
  file: string,
  progress: (bytes: number, total: number) => void,
): Promise<ImportSummary> {
  const connection = await connectionOf(actor, connectionId);
  const known = await judge(file);
  const state = await begin(actor, connection, file, known);
  progress(state.offset, known.bytes);
  if (!state.finished) {
    await takeRows(actor, connection, file, known.bytes, state, (bytes) => progress(bytes, known.bytes));
    await finish(actor, state.id);
  }
  return read(actor, permission, async (tx) => {
    const {
      rows,
      stored,
      known: before,
      bad,
    } = await tx.transcriptImport.findUniqueOrThrow({ where: { id: state.id } });
    return { importId: state.id, rows, stored, known: before, bad, run: state.run };
  });
}

function connectionOf(actor: OperatorActor, id: string): Promise<ImportConnection> {
  return read(actor, permission, async (tx) => {
    const found = await tx.dealerConnection.findFirst({
      where: { id, closedAt: null },
      select: { id: true, channelId: true, channel: { select: { senderKey: true } } },
    });
    if (!found) throw new NotFound();
    return { id: found.id, channelId: found.channelId, senderKey: found.channel.senderKey };
  });
}

/** Size and SHA-256 of the whole file, read once; refuses what no row of which could be right. */
async function judge(file: string): Promise<{ bytes: number; sha256: string }> {
  const { size } = await stat(file);
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(
      Buffer.alloc(Math.min(size, sampleBytes)),
      0,
      Math.min(size, sampleBytes),
      0,
    );
    const fault = fileFault(buffer.subarray(0, bytesRead));
    if (fault === "list") throw new Refused("transcripts.imports.listFile");
    if (fault) throw new Refused("transcripts.imports.encoding", undefined, { encoding: fault });
  } finally {
    await handle.close();
  }
  const hash = createHash("sha256");
  let bytes = 0;
  for await (const part of createReadStream(file)) {
    hash.update(part);
    bytes += part.length;
  }
  return { bytes, sha256: hash.digest("hex") };
}

/** The file's own row: made, or found where an earlier run of the same bytes left it. */
function begin(
  actor: OperatorActor,
  { id: connectionId }: ImportConnection,
  file: string,
  { bytes, sha256 }: { bytes: number; sha256: string },
): Promise<State> {
  const { organizationId } = actor;
  return ingest(actor, permission, (tx) => tx.transcriptImport.findFirst({ where: { connectionId, sha256 } })).then(
    async (found) => {
      if (found) {
        const { id, offset, rows, finishedAt } = found;
        const finished = finishedAt !== null;
        return { id, offset: Number(offset), rows, finished, run: finished ? "repeated" : "resumed" } as const;
      }
      const name = safeFileName(path.basename(file));
      const id = await change(actor, permission, async (tx, record) => {
        const data = { organizationId, connectionId, name, bytes: BigInt(bytes), sha256 };
        const made = await tx.transcriptImport.create({ data, select: { id: true } });
        const body = { connection: connectionId, bytes, sha256 };
        await record({ action: "transcript-import.started", target: { kind: "import", id: made.id }, body });
        return made.id;
      });
      return { id, offset: 0, rows: 0, finished: false, run: "new" } as const;
    },
  );
}

async function takeRows(
  actor: OperatorActor,
  connection: ImportConnection,
  file: string,
  total: number,
  state: State,
  progress: (bytes: number) => void,
): Promise<void> {
  if (state.offset >= total) return;
  const now = new Date();
  const source = createReadStream(file, { start: state.offset, end: total - 1 });
  let rows: Row[] = [];
  let held = 0;
  const flush = async () => {
    const before = state.offset;
    await keep(actor, connection, state, rows, now);
    progress(state.offset - before);
    rows = [];
    held = 0;
  };
  for await (const { row, end, bytes } of importLines(source, { offset: state.offset, row: state.rows })) {
    const one = readImportRow(bytes, connection.senderKey, now);
    rows.push(one.ok ? { row, end, event: one.event } : { row, end, reason: one.reason, detail: one.detail });
    held += bytes?.length ?? 0;
    if (rows.length >= rowsAtOnce || held >= bytesAtOnce) await flush();
  }
  if (rows.length > 0) await flush();
}

/** Keeps a batch whole; where the database refuses one of its rows, by halves until that one is known. */
async function keep(
  actor: OperatorActor,
  connection: ImportConnection,
  state: State,
  rows: Row[],
  now: Date,
): Promise<void> {
  const last = rows.at(-1);
  if (!last) return;
  try {
    await ingest(actor, permission, (tx) => keepTogether(tx, actor, connection, state, rows, now));
  } catch (error) {
    if (!isDataFault(error)) throw error;
    if (rows.length === 1)
      return keep(actor, connection, state, [{ row: last.row, end: last.end, reason: "not_stored", detail: "" }], now);
    const middle = Math.ceil(rows.length / 2);
    await keep(actor, connection, state, rows.slice(0, middle), now);
    return keep(actor, connection, state, rows.slice(middle), now);
  }
  state.offset = last.end;
  state.rows = last.row;
}

/** PostgreSQL's classes 22 and 23: one row's fault. */
function isDataFault(error: unknown): boolean {
  return /Code: `2[23]\w{3}`/.test(error instanceof Error ? error.message : "");
}

async function keepTogether(
  tx: Tx,
  { organizationId }: OperatorActor,
  { id: connectionId, channelId }: ImportConnection,
  state: State,
  rows: readonly Row[],
  now: Date,
): Promise<void> {
  await tx.$executeRaw`SELECT set_config('statement_timeout', ${String(statementMs)}, true)`;
  const [held] = await tx.$queryRaw<{ offset: bigint }[]>`
    SELECT "offset" FROM transcript_imports WHERE id = ${state.id}::uuid AND finished_at IS NULL FOR UPDATE`;
  // Another run of the same file is ahead of us.
  if (Number(held?.offset ?? -1) !== state.offset) throw new Conflict("transcripts.imports.another");
  const good = rows.flatMap((one) => ("event" in one ? [one] : []));
  const events = good.map(({ event }) => event);
  const { taken, added } = await takeEvents(tx, { connectionId, organizationId }, channelId, events, now);
  const faults = rows.flatMap((one) =>
    "reason" in one ? [{ row: one.row, reason: one.reason as string, detail: one.detail }] : [],
  );
  good.forEach(({ row }, at) => {
    const answer = taken[at];
    if (answer && !answer.stored) faults.push({ row, reason: answer.reason, detail: "" });
  });
  await tx.importFault.createMany({ data: faults.map((fault) => ({ ...fault, organizationId, importId: state.id })) });
  const last = rows.at(-1);
  await tx.transcriptImport.update({
    where: { id: state.id },
    data: {
      ...{ offset: BigInt(last?.end ?? state.offset), rows: last?.row ?? state.rows },
      ...{ stored: { increment: added }, bad: { increment: faults.length } },
      known: { increment: rows.length - faults.length - added },
    },
  });
}

async function finish(actor: OperatorActor, id: string): Promise<void> {
  await change(actor, permission, async (tx, record) => {
    await tx.$queryRaw`SELECT id FROM transcript_imports WHERE id = ${id}::uuid FOR UPDATE`;
    const { finishedAt, rows, stored, known, bad } = await tx.transcriptImport.findUniqueOrThrow({ where: { id } });
    if (!finishedAt) await tx.transcriptImport.update({ where: { id }, data: { finishedAt: new Date() } });
    await record({
      action: "transcript-import.finished",
      target: { kind: "import", id },
      body: { rows, stored, known, bad },
    });
  });
}
