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
import { bad, event, fileOf, json, senderKey } from "./import-samples";
import { getImport, listFaultCounts, listImports } from "./queries/list-imports";
import { openReadingCompany, type ReadingCompany } from "./testing";

let company: ReadingCompany;
let operator: OperatorActor;
let folder: string;
const quiet = () => undefined;
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
const file = fileOf(2_000, 62);

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
    expect(rows.find(({ row }) => file.faults.get(row) === "invalid_shape" && row === 62 * 17)?.detail).toBe("at");
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
