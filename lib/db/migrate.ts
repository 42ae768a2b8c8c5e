// Applies the checked-in migrations without Prisma's engine: same table, same lock, same checksums as `prisma migrate`.
import { createHash, randomUUID } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type pg from "pg";
import { adoptAppRole, ensureAppGroup, ensureAppRole } from "@/lib/db/app-login";
import { appUrl } from "@/lib/db/app-role";
import { connectAsOwner, sqlState } from "@/lib/db/owner";

const MIGRATIONS = path.resolve(import.meta.dirname, "../../prisma/migrations");
/** The number that Prisma's own migration commands lock, so that theirs and ours wait for each other. */
const LOCK = 72_707_369;
/** Roles are shared by all databases of a server: two first migrations may meet in the same catalog row. */
const MEETING = ["42710", "23505", "XX000"];

const BOOKKEEPING = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL, "checksum" VARCHAR(64) NOT NULL, "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL, "logs" TEXT, "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(), "applied_steps_count" INTEGER NOT NULL DEFAULT 0)`;

type MigrateOptions = {
  /** Folder of `<name>/migration.sql`. */
  directory?: string;
  /** Whether to make or check the application's login role. Default: true. */
  appRole?: boolean;
  /** How long to wait for another process that migrates. */
  waitSeconds?: number;
};

/**
 * Brings a database to the newest migration and makes the application's login role. Safe to run many at once.
 * Each migration is one transaction with its row in `_prisma_migrations`: a kill leaves all of it or nothing.
 * @param url the owner's connection; a missing database is created
 * @returns names of the migrations applied now, in order
 * @throws SetupError (one sentence) when the server cannot be reached, is older than 15, or refuses the owner
 */
export async function migrate(url: string, options: MigrateOptions = {}): Promise<string[]> {
  const { directory = MIGRATIONS, waitSeconds = 120, appRole = true } = options;
  const client = await connectAsOwner(url, { lockSeconds: waitSeconds, create: true });
  try {
    await client.query("SELECT pg_advisory_lock($1)", [LOCK]);
    await ensureAppGroup(client);
    const applied = await applyMissing(client, directory);
    if (appRole) await settleAppRole(client, url);
    return applied;
  } finally {
    await client.end();
  }
}

/** Names of the migrations that the code has and this database lacks. Reads only. */
export async function pendingMigrations(client: pg.ClientBase, directory: string = MIGRATIONS): Promise<string[]> {
  const known = await client.query<{ present: boolean }>(
    `SELECT to_regclass('"_prisma_migrations"') IS NOT NULL AS present`,
  );
  const done = known.rows[0]?.present ? await finished(client) : new Map<string, string>();
  return names(directory).filter((name) => !done.has(name));
}

/** One text that changes whenever a migration does: what a prepared template database is good for. */
export function migrationsDigest(directory: string = MIGRATIONS): string {
  const hash = createHash("sha256");
  for (const name of names(directory)) hash.update(name).update(sqlOf(directory, name));
  return hash.digest("hex");
}

async function settleAppRole(client: pg.Client, url: string): Promise<void> {
  const { DATABASE_APP_URL, DAMSO_SECRET } = process.env;
  if (DATABASE_APP_URL) await adoptAppRole(client, DATABASE_APP_URL);
  else if (DAMSO_SECRET) await ensureAppRole(client, appUrl(url, DAMSO_SECRET));
}

async function applyMissing(client: pg.Client, directory: string): Promise<string[]> {
  await client.query(BOOKKEEPING);
  const done = await finished(client);
  const applied: string[] = [];
  for (const name of names(directory)) {
    const sql = sqlOf(directory, name);
    const checksum = createHash("sha256").update(sql).digest("hex");
    const before = done.get(name);
    if (before === undefined) {
      await applyOne(client, name, sql, checksum);
      applied.push(name);
    } else if (before !== checksum) {
      process.emitWarning(`The migration ${name} was changed after it had been applied`);
    }
  }
  return applied;
}

async function applyOne(client: pg.Client, name: string, sql: string, checksum: string): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      await client.query("BEGIN");
      await client.query(
        `INSERT INTO "_prisma_migrations" (id, checksum, migration_name, finished_at, applied_steps_count)
         VALUES ($1, $2, $3, clock_timestamp(), 1)`,
        [randomUUID(), checksum, name],
      );
      await client.query(sql);
      await client.query("COMMIT");
      return;
    } catch (error) {
      await client.query("ROLLBACK");
      if (attempt < 5 && MEETING.includes(sqlState(error))) continue;
      throw new Error(
        `Migration ${name} failed and was rolled back: ${error instanceof Error ? error.message : error}`,
        {
          cause: error,
        },
      );
    }
  }
}

async function finished(client: pg.ClientBase): Promise<Map<string, string>> {
  const { rows } = await client.query<{ name: string; checksum: string; finished: boolean }>(
    `SELECT migration_name AS name, checksum, finished_at IS NOT NULL AS finished
     FROM "_prisma_migrations" WHERE rolled_back_at IS NULL`,
  );
  const broken = rows.find((row) => !row.finished);
  if (broken) {
    throw new Error(
      `Migration ${broken.name} was begun by another tool and not finished: see "prisma migrate resolve"`,
    );
  }
  return new Map(rows.map((row) => [row.name, row.checksum]));
}

function names(directory: string): string[] {
  return readdirSync(directory)
    .filter((name) => existsSync(path.join(directory, name, "migration.sql")))
    .sort();
}

function sqlOf(directory: string, name: string): string {
  return readFileSync(path.join(directory, name, "migration.sql"), "utf8");
}
