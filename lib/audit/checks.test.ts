// docs/auditors.md: the views, their reader, and the query that proves the chain without our code.
import { randomUUID } from "node:crypto";
import { readFileSync } from "node:fs";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { closeDatabase } from "@/lib/db/client";
import { sealOrganization } from "./sealer";

const views = [
  ...["check_audit", "check_jobs", "check_files", "check_sessions", "check_presses"],
  ...["check_holds", "check_destructions", "check_access", "check_ledger"],
];
const operator: Actor = { kind: "operator", name: "root", organizationId: randomUUID() };
let owner: pg.Client;
/** The first query of the auditors' guide. */
const proof =
  /```sql\n(SELECT organization_id, seq,[\s\S]*?);\n```/.exec(readFileSync("docs/auditors.md", "utf8"))?.[1] ?? "";

beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=Asia/Seoul" });
  await owner.connect();
  await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, 'ours', '우리')", [
    operator.organizationId,
  ]);
  for (let n = 0; n < 10; n += 1) {
    await change(operator, "organization:settings", (_, record) =>
      record({ action: "test.recorded", target: { kind: "test", id: `${n}` }, body: { n } }),
    );
  }
  await sealOrganization(operator.organizationId);
});
afterAll(async () => {
  await owner.end();
  await closeDatabase();
});

async function asRole<T>(role: string, work: () => Promise<T>): Promise<T> {
  await owner.query(`SET ROLE ${role}`);
  try {
    return await work();
  } finally {
    await owner.query("RESET ROLE");
  }
}

it.each(views)("%s is open to auditors and to nobody else", async (view) => {
  await asRole("damso_auditor", () => owner.query(`SELECT * FROM ${view}`));
  await expect(asRole("damso_app", () => owner.query(`SELECT * FROM ${view}`))).rejects.toThrow(/permission denied/);
  await expect(asRole("damso_auditor", () => owner.query(`DELETE FROM ${view}`))).rejects.toThrow(
    /permission denied|cannot delete/,
  );
});

it("auditors see no table, and no content", async () => {
  await expect(asRole("damso_auditor", () => owner.query("SELECT * FROM audit_events"))).rejects.toThrow(
    /permission denied/,
  );
  await expect(asRole("damso_auditor", () => owner.query("SELECT * FROM messages"))).rejects.toThrow(
    /permission denied/,
  );
  const { rows } = await owner.query<{ name: string }>(
    "SELECT attname AS name FROM pg_attribute WHERE attrelid = ANY ($1::regclass[]) AND attnum > 0",
    [views],
  );
  for (const { name } of rows) expect(name).not.toMatch(/sealed|wrapped|password|secret|token/);
});

it("the views have the columns that were promised", async () => {
  const columns = async (view: string) =>
    (
      await owner.query<{ name: string }>(
        "SELECT attname AS name FROM pg_attribute WHERE attrelid = $1::regclass AND attnum > 0 ORDER BY attnum",
        [view],
      )
    ).rows.map(({ name }) => name);
  expect((await columns("check_audit")).slice(0, 7)).toEqual([
    "seq",
    "at",
    "actor",
    "action",
    "subject",
    "hash",
    "previous",
  ]);
  expect((await columns("check_jobs")).slice(0, 5)).toEqual(["job", "period", "started", "ended", "result"]);
  expect((await columns("check_files")).slice(0, 3)).toEqual(["path", "sha256", "bytes"]);
  const guide = readFileSync("docs/auditors.md", "utf8").split("\n");
  for (const view of views) {
    const row = guide.find((line) => line.startsWith(`| \`${view}\``)) ?? "";
    for (const column of await columns(view)) expect(`${view}: ${row}`).toContain(`\`${column}\``);
  }
});

it("the guide's query finds nothing in a sound chain, and names what was changed", async () => {
  const faults = () =>
    asRole("damso_auditor", async () => (await owner.query<{ seq: string; fault: string }>(proof)).rows);
  expect(await faults()).toEqual([]);
  await owner.query("SET session_replication_role = replica");
  await owner.query("UPDATE audit_events SET reason = 'x' WHERE id = (SELECT event_id FROM audit_links WHERE seq = 4)");
  await owner.query("DELETE FROM audit_links WHERE seq = 7");
  await owner.query("SET session_replication_role = origin");
  expect(await faults()).toMatchObject([
    { seq: "4", fault: "was edited" },
    { seq: "8", fault: "gap" },
  ]);
});
