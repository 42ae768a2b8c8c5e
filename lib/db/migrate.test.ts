import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { describe, expect, inject, test } from "vitest";
import { appRole, appUrl } from "@/lib/db/app-role";
import { migrate, migrationsDigest, pendingMigrations } from "@/lib/db/migrate";
import { assertMigrated } from "@/lib/db/migrated";

let databases = 0;

function freshUrl(): string {
  const server = inject("testServer");
  const url = new URL(server.adminUrl);
  url.pathname = `/${server.prefix}${process.pid}_migrate_${databases++}`;
  return url.toString();
}

function migrations(files: Record<string, string>): string {
  const directory = mkdtempSync(path.join(tmpdir(), "damso-migrations-"));
  for (const [name, sql] of Object.entries(files)) {
    mkdirSync(path.join(directory, name));
    writeFileSync(path.join(directory, name, "migration.sql"), sql);
  }
  return directory;
}

async function ask<Row extends pg.QueryResultRow>(url: string, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

const first = { "1_first": "CREATE TABLE bread (id int PRIMARY KEY); GRANT SELECT ON bread TO damso_app;" };
const second = { ...first, "2_second": "DO $$ BEGIN EXECUTE 'CREATE TABLE salt (id int)'; END $$;" };

describe("migrate", () => {
  test("makes a missing database and applies everything once, in order", async () => {
    const url = freshUrl();
    const directory = migrations(second);
    expect(await migrate(url, { directory, appRole: false })).toEqual(["1_first", "2_second"]);
    expect(await migrate(url, { directory, appRole: false })).toEqual([]);
    expect(await ask(url, "SELECT migration_name FROM _prisma_migrations ORDER BY 1")).toHaveLength(2);
  });

  test("four starts at once apply each migration once", async () => {
    const url = freshUrl();
    const directory = migrations(second);
    const runs = await Promise.all([1, 2, 3, 4].map(() => migrate(url, { directory, appRole: false })));
    expect(runs.flat().sort()).toEqual(["1_first", "2_second"]);
  });

  test("a migration that fails leaves nothing, and the next start goes on", async () => {
    const url = freshUrl();
    const broken = migrations({ ...first, "2_second": "CREATE TABLE salt (id int); SELECT 1/0;" });
    await expect(migrate(url, { directory: broken, appRole: false })).rejects.toThrow(
      /2_second failed.*division by zero/,
    );
    expect(await ask(url, "SELECT to_regclass('salt') AS salt")).toEqual([{ salt: null }]);
    expect(await ask(url, "SELECT migration_name FROM _prisma_migrations")).toEqual([{ migration_name: "1_first" }]);
    expect(await migrate(url, { directory: migrations(second), appRole: false })).toEqual(["2_second"]);
  });

  test("the application's role can read what it was given, in UTC, and owns nothing", async () => {
    const url = freshUrl();
    const before = process.env.DATABASE_APP_URL;
    delete process.env.DATABASE_APP_URL;
    try {
      await migrate(url, { directory: migrations(first) });
    } finally {
      process.env.DATABASE_APP_URL = before;
    }
    const login = appUrl(url, process.env.DAMSO_SECRET ?? "");
    expect(await ask(login, "SELECT count(*)::int AS n, current_setting('TimeZone') AS zone FROM bread")).toEqual([
      { n: 0, zone: "UTC" },
    ]);
    await expect(ask(login, "DROP TABLE bread")).rejects.toThrow(/must be owner/);
    const role = appRole(new URL(url).pathname.slice(1));
    await ask(url, `DROP ROLE ${role}`);
  });

  test("a server that does not answer is one sentence that shows no password", async () => {
    const attempt = migrate("postgresql://damso:geheim@127.0.0.1:1/damso");
    await expect(attempt).rejects.toMatchObject({ name: "SetupError", message: /연결할 수 없습니다/ });
    await expect(attempt).rejects.not.toThrow(/geheim/);
  });

  test("a server does not begin on a half-made database, and does where there is none to ask", async () => {
    const url = freshUrl();
    const sentence = { name: "SetupError", message: /migrate를 끝까지/ };
    await expect(assertMigrated(url)).rejects.toMatchObject(sentence);
    await migrate(url, { directory: migrations(first), appRole: false });
    await expect(assertMigrated(url, migrations(second))).rejects.toMatchObject(sentence);
    await expect(assertMigrated(url, migrations(first))).resolves.toBeUndefined();
    await ask(url, "UPDATE _prisma_migrations SET finished_at = NULL");
    await expect(assertMigrated(url, migrations(first))).rejects.toMatchObject(sentence);
    await expect(assertMigrated("postgresql://damso@127.0.0.1:1/damso")).resolves.toBeUndefined();
  });

  test("pending migrations are those that the database lacks", async () => {
    const url = freshUrl();
    await migrate(url, { directory: migrations(first), appRole: false });
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    expect(await pendingMigrations(client, migrations(second))).toEqual(["2_second"]);
    await client.end();
    expect(migrationsDigest(migrations(first))).not.toBe(migrationsDigest(migrations(second)));
  });
});
