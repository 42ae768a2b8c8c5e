// A file of events with every kind of bad row: good in, bad told, nothing twice, taken up again after a kill.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import iconv from "iconv-lite";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { OperatorActor } from "@/lib/auth/actor";
import { closeDatabase } from "@/lib/db/client";
import { importEvents } from "./commands/import-events";
import { getImport, listFaultCounts, listImports } from "./queries/list-imports";
import { openReadingCompany, type ReadingCompany } from "./testing";

let company: ReadingCompany;
let operator: OperatorActor;
let folder: string;
const quiet = () => undefined;
const senderKey = "ab".repeat(20);

const event = (at: number, more: object = {}) => ({
  ...{ id: `e${at}`, type: at % 10 === 0 ? "session.opened" : "message.received", senderKey, userKey: `u${at % 97}` },
  ...{
    sessionId: `s${Math.floor(at / 10)}-${at % 97}`,
    at: new Date(Date.UTC(2026, 0, 1) + at * 60_000).toISOString(),
  },
  ...(at % 10 === 0
    ? {}
    : { message: { serial: String(1689884130894833200n + BigInt(at)), kind: "text", text: `표식-91aa ${at}` } }),
  ...more,
});
const json = (at: number, more?: object) => Buffer.from(JSON.stringify(event(at, more)));
const cut = (at: number) => json(at).subarray(0, 40);

/** Each a row that cannot be taken, with its reason. */
const bad: [Buffer, string][] = [
  [Buffer.from("{"), "malformed"],
  [Buffer.from("상담"), "malformed"],
  [cut(1), "malformed"],
  [Buffer.from('{"id":"x","id":"y"}'), "malformed"],
  [Buffer.concat([Buffer.from([0]), json(1)]), "malformed"],
  [Buffer.concat([json(1), json(2)]), "malformed"],
  [Buffer.from(`${"[".repeat(40)}${"]".repeat(40)}`), "malformed"],
  [Buffer.from('{"at":1e999}'), "malformed"],
  [Buffer.concat([Buffer.from('{"id":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]), "encoding"],
  [Buffer.concat([json(3).subarray(0, -1), Buffer.from([0xed, 0xa0, 0x80]), Buffer.from("}")]), "encoding"],
  [
    iconv.encode(JSON.stringify(event(4, { message: { serial: "1", kind: "text", text: "한글" } })), "cp949"),
    "encoding",
  ],
  [Buffer.from(`{"id":"long","more":"${"가".repeat(400_000)}"}`), "too_long"],
  [Buffer.from("null"), "invalid_shape"],
  [Buffer.from("42"), "invalid_shape"],
  [Buffer.from('"text"'), "invalid_shape"],
  [Buffer.from("{}"), "invalid_shape"],
  [json(5, { at: "2026-02-30T00:00:00Z" }), "invalid_shape"],
  [json(5, { at: "2026-01-01T00:00:00" }), "invalid_shape"],
  [json(5, { at: "2999-01-01T00:00:00Z" }), "invalid_shape"],
  [json(5, { at: "어제" }), "invalid_shape"],
  [json(5, { userKey: "" }), "invalid_shape"],
  [json(5, { userKey: "x".repeat(21) }), "invalid_shape"],
  [json(5, { userKey: "a\u0000b" }), "invalid_shape"],
  [json(5, { sessionId: null }), "invalid_shape"],
  [json(5, { message: null }), "invalid_shape"],
  [json(5, { id: "빈 칸" }), "invalid_shape"],
  [json(5, { message: { serial: "1", kind: "text", text: "가".repeat(20_001) } }), "invalid_shape"],
  [json(5, { type: "session.paused" }), "unknown_event"],
  [json(5, { message: { serial: "1", kind: "alimtalk", text: "x" } }), "out_of_scope"],
  [json(5, { id: "foreign", senderKey: "f".repeat(40) }), "unknown_channel"],
  [json(6, { at: "2026-01-01T09:00:00Z" }), "conflicting_repeat"],
  [json(7, { id: "other", userKey: "somebodyElse" }), "other_user"],
];

/** 2,000 rows with all of `bad` among them, empty lines, CR LF, a byte order mark and no line end at the last. */
function fileOf(rows: number): { bytes: Buffer; faults: Map<number, string>; good: number } {
  const parts: Buffer[] = [Buffer.from("\ufeff")];
  const faults = new Map<number, string>();
  let good = 0;
  for (let row = 1; row <= rows; row += 1) {
    const turn = row % 60 === 0 ? bad[row / 60 - 1] : undefined;
    if (turn) faults.set(row, turn[1]);
    const empty = !turn && row % 333 === 0;
    if (!turn && !empty) good += 1;
    parts.push(turn ? turn[0] : empty ? Buffer.from("  ") : json(row));
    if (row < rows) parts.push(Buffer.from(row % 2 === 0 ? "\r\n" : "\n"));
  }
  return { bytes: Buffer.concat(parts), faults, good };
}

async function save(name: string, bytes: Uint8Array): Promise<string> {
  const file = path.join(folder, name);
  await writeFile(file, bytes);
  return file;
}

/** What auditors see of a channel's sessions, without what differs between any two. */
async function endState(channelId: string) {
  const { rows } = await company.owner.query(
    `SELECT c.session, c.opened, c.ended, c.opened_by, c.messages, c.counted, c.key FROM check_sessions c JOIN consult_sessions s ON s.id = c.id
     WHERE s.channel_id = $1 ORDER BY 1`,
    [channelId],
  );
  return rows;
}

async function channelWith(): Promise<{ channelId: string; connectionId: string }> {
  const { id: channelId } = await company.opened();
  await company.owner.query("UPDATE channels SET sender_key = $2 WHERE id = $1", [
    channelId,
    `${randomBytes(20).toString("hex")}`,
  ]);
  const { rows } = await company.owner.query(
    `INSERT INTO dealer_connections (organization_id, channel_id, format, created_by) VALUES ($1, $2, 'canonical', 'test') RETURNING id`,
    [company.ours, channelId],
  );
  return { channelId, connectionId: rows[0].id };
}

/** An import in a process of its own. @param batches after which it says so and waits to be killed; 0: never */
function startImport(connectionId: string, name: string, batches: number) {
  const args = ["lib/transcripts/import-child.ts", connectionId, name, company.ours, String(batches)];
  const child = spawn(process.execPath, ["--import", "tsx", ...args], { stdio: ["ignore", "pipe", "inherit"] });
  const ended = once(child, "exit");
  return {
    said: once(child.stdout, "data"),
    kill: async () => {
      child.kill("SIGKILL");
      expect((await ended)[1]).toBe("SIGKILL");
    },
  };
}

/** Killed between its first batch and its second. */
async function afterBatch(connectionId: string, name: string): Promise<void> {
  const run = startImport(connectionId, name, 1);
  await run.said;
  await run.kill();
}

/** Killed in a transaction that has written its events and cannot write its faults. */
async function whileWriting(connectionId: string, name: string): Promise<void> {
  const { owner } = company;
  const waiting = "SELECT 1 FROM pg_locks WHERE relation = 'import_faults'::regclass AND NOT granted";
  await owner.query("BEGIN; LOCK TABLE import_faults IN SHARE MODE");
  const run = startImport(connectionId, name, 0);
  await vi.waitUntil(async () => (await owner.query(waiting)).rows.length > 0, { timeout: 30_000, interval: 50 });
  await run.kill();
  await owner.query("ROLLBACK");
}

let whole: { channelId: string; connectionId: string };
const file = fileOf(2_000);

beforeAll(async () => {
  company = await openReadingCompany();
  operator = { kind: "operator", name: "test", organizationId: company.ours };
  folder = await mkdtemp(path.join(tmpdir(), "damso-import-"));
  whole = await channelWith();
  await company.owner.query("UPDATE channels SET sender_key = NULL");
  await company.owner.query("UPDATE channels SET sender_key = $2 WHERE id = $1", [whole.channelId, senderKey]);
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
  await company.owner.end();
  await closeDatabase();
});

describe("an import", () => {
  it("takes every good row and tells row and reason of every bad one, never what it said", async () => {
    expect(file.faults.size).toBe(bad.length);
    const summary = await importEvents(operator, whole.connectionId, await save("whole.ndjson", file.bytes), quiet);
    const { rows } = await company.owner.query("SELECT row, reason, detail FROM import_faults ORDER BY row");
    expect(rows.map(({ row, reason }) => [row, reason])).toEqual([...file.faults]);
    expect(summary).toMatchObject({ rows: 2_000, stored: file.good, known: 0, bad: bad.length, run: "new" });
    expect(rows.map(({ detail }) => detail).join("")).toMatch(/^[A-Za-z,]*$/);
    expect(rows.find(({ row }) => file.faults.get(row) === "invalid_shape" && row === 60 * 17)?.detail).toBe("at");
    const said = await company.owner.query("SELECT sum(messages)::int n FROM check_sessions");
    expect(said.rows[0].n).toBeGreaterThan(1_500);
  });

  it("adds nothing a second time, and says so", async () => {
    const before = await endState(whole.channelId);
    const again = await importEvents(operator, whole.connectionId, await save("again.ndjson", file.bytes), quiet);
    expect(again).toMatchObject({ run: "repeated", stored: file.good });
    // The same events in another file are known one by one.
    const good = Buffer.concat([
      json(1),
      Buffer.from("\n"),
      json(2),
      Buffer.from("\n"),
      json(2_001, { userKey: "u1", sessionId: "new" }),
    ]);
    const other = await importEvents(operator, whole.connectionId, await save("other.ndjson", good), quiet);
    expect(other).toMatchObject({ run: "new", rows: 3, stored: 1, known: 2, bad: 0 });
    expect(await endState(whole.channelId)).toHaveLength(before.length + 1);
  });

  it("is recorded at its beginning and its end", async () => {
    const target = await channelWith();
    await company.owner.query("UPDATE channels SET sender_key = NULL WHERE id = $1", [target.channelId]);
    const { importId } = await importEvents(operator, target.connectionId, await save("few.ndjson", json(1)), quiet);
    const { rows } = await company.owner.query(
      "SELECT action, body FROM audit_events WHERE target_id = $1 ORDER BY at, id",
      [importId],
    );
    expect(rows.map(({ action }) => action)).toEqual(["transcript-import.started", "transcript-import.finished"]);
  });

  it("names the encoding of a file that is not UTF-8, and takes nothing of it", async () => {
    const text = Array.from({ length: 20 }, (_, at) => JSON.stringify(event(at * 10 + 1))).join("\n");
    const refused = async (name: string, bytes: Buffer) =>
      importEvents(operator, whole.connectionId, await save(name, bytes), quiet).catch((error: unknown) => error);
    expect(await refused("cp949", iconv.encode(text, "cp949"))).toMatchObject({
      key: "transcripts.imports.encoding",
      values: { encoding: "CP949" },
    });
    expect(await refused("utf16", iconv.encode(text, "utf16le", { addBOM: true }))).toMatchObject({
      values: { encoding: "UTF-16" },
    });
    expect(await refused("list", Buffer.from("[\n{}\n]"))).toMatchObject({ key: "transcripts.imports.listFile" });
  });

  it("goes on where a killed run stopped, with the same end", async () => {
    const target = await channelWith();
    await company.owner.query("UPDATE channels SET sender_key = NULL WHERE id = $1", [whole.channelId]);
    await company.owner.query("UPDATE channels SET sender_key = $2 WHERE id = $1", [target.channelId, senderKey]);
    const name = await save("killed.ndjson", file.bytes);
    const cuts: number[] = [];
    for (const kill of [whileWriting, afterBatch, whileWriting]) {
      await kill(target.connectionId, name);
      const { rows: found } = await company.owner.query(
        "SELECT rows, finished_at FROM transcript_imports WHERE connection_id = $1",
        [target.connectionId],
      );
      expect(found[0].finished_at).toBeNull();
      cuts.push(found[0].rows);
    }
    // What a killed run was writing is not there; what it had kept is: a thousand rows and three empty lines.
    expect(cuts).toEqual([0, 1_003, 1_003]);
    const summary = await importEvents(operator, target.connectionId, name, quiet);
    expect(summary).toMatchObject({ run: "resumed", rows: 2_000, stored: file.good, bad: bad.length });
    const { rows: rest } = await company.owner.query(
      "SELECT row, reason FROM import_faults WHERE import_id = $1 ORDER BY row",
      [summary.importId],
    );
    expect(rest.map(({ row, reason }) => [row, reason])).toEqual([...file.faults]);
    const straight = (await endState(whole.channelId)).filter(({ session }) => session !== "new");
    expect(await endState(target.channelId)).toEqual(straight);
  }, 60_000);

  it("is the operator's alone, and seen by those who may search", async () => {
    const { officer, auditor, marketer, strangeOfficer } = company;
    const { items } = await listImports(officer, {});
    const [newest] = items;
    expect(newest).toBeDefined();
    const id = newest?.id ?? "";
    expect((await getImport(auditor, id, 0)).faults.length).toBeGreaterThan(0);
    expect((await listFaultCounts(officer, id)).reduce((sum, { count }) => sum + count, 0)).toBe(newest?.bad);
    expect((await listImports(strangeOfficer, {})).items).toEqual([]);
    await expect(getImport(strangeOfficer, id, 0)).rejects.toThrow("not found");
    await expect(listImports(marketer, {})).rejects.toThrow("transcript:search");
    const theirs: OperatorActor = { ...operator, organizationId: company.theirs };
    await expect(importEvents(theirs, whole.connectionId, path.join(folder, "few.ndjson"), quiet)).rejects.toThrow(
      "not found",
    );
  });
});
