// trust.md F-06: the sealer waits out a database that is away, says so once, and is back within 5 s.
import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, it, vi } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { closeDatabase } from "@/lib/db/client";
import { startJobs } from "@/lib/jobs";
import { startSealer } from "./sealer";

const operator: Actor = { kind: "operator", name: "root", organizationId: randomUUID() };
const url = new URL(process.env.DATABASE_URL ?? "");
const database = url.pathname.slice(1);
let admin: pg.Client;

beforeAll(async () => {
  url.pathname = "/postgres";
  admin = new pg.Client({ connectionString: url.toString() });
  await admin.connect();
  const owner = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await owner.connect();
  await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, 'ours', '우리')", [
    operator.organizationId,
  ]);
  await owner.end();
});
afterAll(async () => {
  vi.restoreAllMocks();
  await admin.end();
  await closeDatabase();
});

const entry = () =>
  change(operator, "organization:settings", (_, record) =>
    record({ action: "test.recorded", target: { kind: "test", id: randomUUID() } }),
  );

/** Every connection to the test's database is cut, and none is let in or all are. */
async function away(gone: boolean): Promise<void> {
  await admin.query(
    `ALTER DATABASE ${pg.escapeIdentifier(database)} WITH ALLOW_CONNECTIONS ${gone ? "false" : "true"}`,
  );
  if (gone) await admin.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [database]);
}

async function sealed(): Promise<number> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL });
  await client.connect();
  const { rows } = await client.query<{ n: number }>(
    "SELECT count(*)::int AS n FROM audit_links WHERE organization_id = $1",
    [operator.organizationId],
  );
  await client.end();
  return rows[0]?.n ?? 0;
}

it("goes on after an outage, having said so once", { timeout: 40_000 }, async () => {
  const lines: { event: string; tries: number }[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((text) => {
    for (const line of String(text).split("\n"))
      if (line.startsWith("{")) lines.push(JSON.parse(line) as { event: string; tries: number });
    return true;
  });
  let ran = 0;
  const stopJobs = startJobs({ jobs: [], chores: [{ name: "chore", everySeconds: 1, run: async () => (ran += 1) }] });
  const stop = startSealer();
  await entry();
  await vi.waitFor(async () => expect(await sealed()).toBe(1), { timeout: 5_000 });

  await away(true);
  await vi.waitFor(() => expect(lines.map((line) => line.event)).toContain("sealer.failed"), { timeout: 8_000 });
  const begun = performance.now();
  await vi.waitFor(() => expect(performance.now() - begun).toBeGreaterThan(3_000), { timeout: 5_000, interval: 100 });
  expect(lines.filter((line) => line.event === "sealer.failed")).toHaveLength(1);
  await away(false);
  const back = performance.now();
  await vi.waitFor(
    async () => {
      await entry();
    },
    { timeout: 5_000, interval: 200 },
  );
  await vi.waitFor(() => expect(lines.map((line) => line.event)).toContain("sealer.failed.over"), { timeout: 5_000 });
  await vi.waitFor(async () => expect(await sealed()).toBeGreaterThan(1), { timeout: 5_000 });
  expect(performance.now() - back).toBeLessThan(5_000);
  expect(lines.find((line) => line.event === "sealer.failed.over")?.tries).toBeGreaterThan(2);
  expect(ran).toBeGreaterThan(1);
  await stop();
  await stopJobs();
});
