import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { kstDay } from "@/lib/clock";
import { PressBatch } from "./press-batch";
import { pressLine } from "./press-line";
import { PressSpool } from "./press-spool";

const organization = randomUUID();
const placement = randomUUID();
const owner = `${organization} ${placement}`;
let admin: pg.Client;
let folder: string;
const clients: pg.Client[] = [];
const children: ChildProcess[] = [];

beforeAll(async () => {
  admin = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=UTC" });
  await admin.connect();
});
afterAll(() => admin.end());
beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "damso-spool-"));
  await admin.query("TRUNCATE presses, press_days, press_spools, press_failures");
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill("SIGKILL");
  for (const client of clients.splice(0)) await client.end();
  rmSync(folder, { recursive: true, force: true });
});

/** A connection as the application's role, as a batch wants it. */
async function asker() {
  const client = new pg.Client({ connectionString: process.env.DATABASE_APP_URL, options: "-c timezone=UTC" });
  await client.connect();
  clients.push(client);
  return {
    connected: true,
    query: async <Row extends pg.QueryResultRow>(text: string, values: readonly unknown[] = []) =>
      (await client.query<Row>(text, [...values])).rows,
  };
}
const batchOver = async (spool = new PressSpool(folder, () => undefined)) => new PressBatch(spool, await asker());
const numbered = (n: number, kind: "press" | "scan" = "press") =>
  pressLine(Date.parse("2026-11-22T15:30:00Z") + n, kind, "person", n.toString(16).padStart(16, "0"), owner);

/** Sequence numbers as they were recorded, with repetitions. */
async function recorded(): Promise<number[]> {
  const { rows } = await admin.query<{ hash: string }>(
    "SELECT encode(visitor_hash, 'hex') AS hash FROM presses ORDER BY id",
  );
  return rows.map((row) => Number.parseInt(row.hash, 16));
}
async function rolledUp(): Promise<{ presses: number; scans: number; others: number }> {
  const { rows } = await admin.query(
    "SELECT coalesce(sum(presses), 0)::int AS presses, coalesce(sum(scans), 0)::int AS scans, coalesce(sum(others), 0)::int AS others FROM press_days",
  );
  return rows[0];
}
/** As if the file's writer had fallen silent a while ago. */
function leaveAlone(): void {
  for (const name of readdirSync(folder))
    utimesSync(path.join(folder, name), new Date(), new Date(Date.now() - 60_000));
}
/** A spool file of a process that is long gone. */
function leaveFile(lines: string, openedAt = Date.now() - 3_600_000): string {
  const name = `${openedAt}-${randomUUID()}-1.log`;
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, name), lines);
  leaveAlone();
  return name;
}
const written = (spool: PressSpool, line: string) => new Promise<boolean>((resolve) => spool.append(line, resolve));

it("answers after the line is in the file, and counts it with its day in Korea", async () => {
  const spool = new PressSpool(folder, () => undefined);
  const batch = await batchOver(spool);
  expect(await Promise.all([written(spool, numbered(1)), written(spool, numbered(2, "scan"))])).toEqual([true, true]);
  spool.close();
  await batch.stop(5_000);
  expect(await recorded()).toEqual([1, 2]);
  const { rows } = await admin.query("SELECT day::text, presses, scans, others FROM press_days");
  expect(rows).toEqual([{ day: "2026-11-23", presses: 1, scans: 1, others: 0 }]);
  expect(kstDay(new Date("2026-11-22T15:30:00Z"))).toBe("2026-11-23");
  expect(readdirSync(folder)).toEqual([]);
});

it("loses nothing acknowledged and counts nothing twice when the process is killed in the middle", async () => {
  const work = `
    const { PressSpool } = await import("@/lib/placements/press-spool");
    const { pressLine } = await import("@/lib/placements/press-line");
    const spool = new PressSpool(${JSON.stringify(folder)}, () => undefined);
    let n = 0;
    const press = () => {
      const mine = ++n;
      spool.append(pressLine(1795000000000 + mine, "press", "person", mine.toString(16).padStart(16, "0"), ${JSON.stringify(owner)}), () => {
        process.stdout.write(mine + "\\n");
        setImmediate(press);
      });
    };
    for (let i = 0; i < 20; i += 1) press();`;
  for (let round = 0; round < 3; round += 1) {
    await admin.query("TRUNCATE presses, press_days, press_spools");
    rmSync(folder, { recursive: true, force: true });
    const child = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", work], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    children.push(child);
    let output = "";
    child.stdout.on("data", (chunk: Buffer) => {
      output += chunk.toString();
      if (output.length > 20_000 * (round + 1)) child.kill("SIGKILL");
    });
    await once(child, "exit");
    const acknowledged = output.split("\n").slice(0, -1).map(Number);
    expect(acknowledged.length).toBeGreaterThan(1_000);

    leaveAlone();
    await (await batchOver()).adopt();
    leaveAlone();
    await (await batchOver()).adopt();
    const found = await recorded();
    expect(new Set(found).size).toBe(found.length);
    const kept = new Set(found);
    expect(acknowledged.filter((n) => !kept.has(n))).toEqual([]);
    expect(await rolledUp()).toEqual({ presses: found.length, scans: 0, others: 0 });
  }
});

it("counts once when several processes take up the same files together", async () => {
  for (let file = 0; file < 4; file += 1) {
    leaveFile(Array.from({ length: 5_000 }, (_, at) => numbered(file * 5_000 + at + 1)).join(""));
  }
  const batches = await Promise.all([batchOver(), batchOver(), batchOver()]);
  await Promise.all(batches.map((batch) => batch.adopt()));
  expect(new Set(await recorded()).size).toBe(20_000);
  expect(await rolledUp()).toEqual({ presses: 20_000, scans: 0, others: 0 });
  expect(readdirSync(folder)).toEqual([]);
});

it("goes on where a batch was counted but its file not yet removed", async () => {
  const name = leaveFile(numbered(1) + numbered(2));
  const first = numbered(1).length;
  await (await asker()).query("SELECT damso_record_presses($1, 0, $2, $3, $4, $5, $6, $7, $8)", [
    name,
    first,
    [organization],
    [placement],
    ["1795361400001"],
    ["press"],
    ["person"],
    [Buffer.from("0000000000000001", "hex")],
  ]);
  await (await batchOver()).adopt();
  expect(await recorded()).toEqual([1, 2]);
});

it("leaves a half-written line and what is no press, and says nothing else is wrong", async () => {
  const name = leaveFile(`${numbered(1)}rubbish\n${numbered(2)}${numbered(3).slice(0, 40)}`, Date.now());
  const batch = await batchOver();
  await batch.adopt();
  expect(await recorded()).toEqual([1, 2]);
  // Young enough to be somebody's open file: it stays, and its next lines are counted.
  expect(readdirSync(folder)).toEqual([name]);
  writeFileSync(path.join(folder, name), numbered(3).slice(40), { flag: "a" });
  leaveAlone();
  await batch.adopt();
  expect(await recorded()).toEqual([1, 2, 3]);
});

it("redirects all the same when the disk refuses, and says that it was not recorded", async () => {
  const spool = new PressSpool(folder, () => undefined);
  rmSync(folder, { recursive: true, force: true });
  expect(await written(spool, numbered(1))).toBe(false);
  mkdirSync(folder);
  expect(await written(spool, numbered(2))).toBe(true);
  const batch = await batchOver(spool);
  spool.close();
  await batch.stop(5_000);
  expect(await recorded()).toEqual([2]);
});

it("counts what could not be recorded by company and day, once however often it is told", async () => {
  const now = Date.now();
  const pressed = () => pressLine(now, "press", "person", "0".repeat(16), owner);
  const spool = new PressSpool(folder, () => undefined);
  rmSync(folder, { recursive: true, force: true });
  expect(await Promise.all([written(spool, pressed()), written(spool, pressed())])).toEqual([false, false]);
  const batch = await batchOver(spool);
  await batch.stop(5_000);
  const failures = async () =>
    (
      await admin.query(
        "SELECT day::text, presses, extract(epoch FROM last_at) * 1000 AS last FROM press_failures WHERE organization_id = $1",
        [organization],
      )
    ).rows.map(({ day, presses, last }) => [day, presses, Number(last)]);
  expect(await failures()).toEqual([[kstDay(new Date(now)), 2, now]]);
  await spool.failures.tell(await asker());
  expect(await failures()).toHaveLength(1);
  // A third one in the same process is told as a total, whatever became of the first answer.
  expect(await written(spool, pressed())).toBe(false);
  expect(spool.failures.total).toBe(3);
  await expect(spool.failures.tell({ query: () => Promise.reject(new Error("away")) })).rejects.toThrow("away");
  await spool.failures.tell(await asker());
  expect((await failures()).map(([, presses]) => presses)).toEqual([3]);
});

it("counts whole lines that a full disk still took, and the rest as not recorded", async () => {
  // A file size limit refuses in the middle of a write, as a full disk does.
  const work = `
    process.on("SIGXFSZ", () => undefined);
    const { PressSpool } = await import("@/lib/placements/press-spool");
    const { pressLine } = await import("@/lib/placements/press-line");
    const spool = new PressSpool(${JSON.stringify(folder)}, () => undefined);
    const lines = Array.from({ length: 100 }, (_, n) => pressLine(1795000000000 + n, "press", "person", n.toString(16).padStart(16, "0"), ${JSON.stringify(owner)}));
    await Promise.all(lines.map((line) => new Promise((resolve) => spool.append(line, resolve))));
    process.stdout.write(String(spool.failures.total));`;
  const child = spawn(
    "/bin/sh",
    ["-c", 'ulimit -f 8; exec "$0" --import tsx --input-type=module -e "$1"', process.execPath, work],
    { stdio: ["ignore", "pipe", "ignore"], env: { ...process.env, TSX_DISABLE_CACHE: "1" } },
  );
  children.push(child);
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  await once(child, "close");
  const failed = Number(output.trim().split("\n").at(-1));
  expect(failed).toBeGreaterThan(0);
  expect(failed).toBeLessThan(100);
  leaveAlone();
  await (await batchOver()).adopt();
  expect((await recorded()).length).toBe(100 - failed);
});
