// Databases for tests: one migrated template per run of the migrations, one clone of it per test file.
import { randomBytes } from "node:crypto";
import pg from "pg";
import { ensureAppGroup, ensureAppRole } from "@/lib/db/app-login";
import { migrate, migrationsDigest } from "@/lib/db/migrate";
import { connectAsOwner, sqlState } from "@/lib/db/owner";

/** What a test run shares among its files. */
export type TestServer = {
  /** Owner's connection to the server's maintenance database. */
  adminUrl: string;
  template: string;
  /** Login role and password of the application in this run. */
  appUser: string;
  appPassword: string;
  secret: string;
  /** Prefix of every database of this run. */
  prefix: string;
};

const LOCK = 72_707_370;

/** A connection to the server of `url` where tests make their databases: its own database, else "postgres" while that is missing. */
export async function maintenanceUrl(url: string): Promise<string> {
  try {
    const client = await connectAsOwner(url);
    await client.end();
    return url;
  } catch (error) {
    if (!(error instanceof Error) || sqlState(error.cause) !== "3D000") throw error;
    return urlOf(url, "postgres");
  }
}

/**
 * Prepares a server for a test run: a migrated template and the application's login role.
 * @param adminUrl owner's connection
 * @param options.keepTemplate reuse the template between runs while the migrations stay the same
 */
export async function prepareTestServer(adminUrl: string, options: { keepTemplate: boolean }): Promise<TestServer> {
  const secret = randomBytes(32).toString("base64url");
  const server: TestServer = {
    adminUrl,
    template: options.keepTemplate
      ? `damso_test_template_${migrationsDigest().slice(0, 12)}`
      : `damso_test_${process.pid}_template`,
    appUser: `damso_app_test_${process.pid}`,
    appPassword: randomBytes(24).toString("base64url"),
    secret,
    prefix: `damso_test_${process.pid}_`,
  };
  const admin = await connectAsOwner(adminUrl, { lockSeconds: 120 });
  try {
    await admin.query("SELECT pg_advisory_lock($1)", [LOCK]);
    await ensureAppGroup(admin);
    if (!(await exists(admin, server.template))) await makeTemplate(admin, server);
    await ensureAppRole(admin, appUrlOf(server, server.template));
  } finally {
    await admin.end();
  }
  return server;
}

/** A fresh migrated database. @returns what the settings of a process that uses it must be */
export async function createTestDatabase(
  server: TestServer,
  name: string,
): Promise<{ DATABASE_URL: string; DATABASE_APP_URL: string; DAMSO_SECRET: string }> {
  const admin = await connectAsOwner(server.adminUrl);
  try {
    await admin.query(`CREATE DATABASE ${pg.escapeIdentifier(name)} TEMPLATE ${pg.escapeIdentifier(server.template)}`);
  } finally {
    await admin.end();
  }
  return {
    DATABASE_URL: urlOf(server.adminUrl, name),
    DATABASE_APP_URL: appUrlOf(server, name),
    DAMSO_SECRET: server.secret,
  };
}

/** Drops the databases of this run that `done` says nobody needs any more. */
export async function dropTestDatabases(server: TestServer, done: (name: string) => boolean): Promise<void> {
  const admin = await connectAsOwner(server.adminUrl);
  try {
    const { rows } = await admin.query<{ name: string }>(
      "SELECT datname AS name FROM pg_database WHERE starts_with(datname, $1)",
      [server.prefix],
    );
    for (const { name } of rows) if (done(name)) await drop(admin, name);
  } finally {
    await admin.end();
  }
}

/** Drops everything of this run: its databases and its login role. A kept template stays. */
export async function clearTestServer(server: TestServer): Promise<void> {
  await dropTestDatabases(server, () => true);
  const admin = await connectAsOwner(server.adminUrl);
  try {
    await admin.query(`DROP ROLE IF EXISTS ${pg.escapeIdentifier(server.appUser)}`);
  } finally {
    await admin.end();
  }
}

/** Drops what killed runs and older migrations left behind. `alive` tells whether a run's process still lives. */
export async function sweepTestServer(server: TestServer, alive: (pid: number) => boolean): Promise<void> {
  const admin = await connectAsOwner(server.adminUrl);
  try {
    const { rows } = await admin.query<{ name: string }>(
      "SELECT datname AS name FROM pg_database WHERE datname ~ '^damso_(test|e2e)_'",
    );
    for (const { name } of rows) {
      const run = /^damso_(?:test|e2e)_(\d+)/.exec(name)?.[1];
      const stale = run ? !alive(Number(run)) : name.startsWith("damso_test_template_") && name !== server.template;
      if (stale) await drop(admin, name);
    }
    const roles = await admin.query<{ name: string }>(
      "SELECT rolname AS name FROM pg_roles WHERE rolname ~ '^damso_app_test_[0-9]+$'",
    );
    for (const { name } of roles.rows) {
      if (!alive(Number(name.split("_").at(-1)))) await admin.query(`DROP ROLE IF EXISTS ${pg.escapeIdentifier(name)}`);
    }
  } finally {
    await admin.end();
  }
}

async function makeTemplate(admin: pg.Client, server: TestServer): Promise<void> {
  const draft = `${server.prefix}draft`;
  await drop(admin, draft);
  await admin.query(`CREATE DATABASE ${pg.escapeIdentifier(draft)}`);
  await migrate(urlOf(server.adminUrl, draft), { appRole: false });
  await admin.query(`ALTER DATABASE ${pg.escapeIdentifier(draft)} RENAME TO ${pg.escapeIdentifier(server.template)}`);
}

async function drop(admin: pg.Client, name: string): Promise<void> {
  try {
    await admin.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`);
  } catch (error) {
    // 55006: another run is cloning it just now; whoever sweeps next finds it again.
    if (sqlState(error) !== "55006") throw error;
  }
}

async function exists(admin: pg.Client, name: string): Promise<boolean> {
  return (await admin.query("SELECT FROM pg_database WHERE datname = $1", [name])).rowCount === 1;
}

function urlOf(adminUrl: string, database: string): string {
  const url = new URL(adminUrl);
  url.pathname = `/${database}`;
  return url.toString();
}

function appUrlOf(server: TestServer, database: string): string {
  const url = new URL(urlOf(server.adminUrl, database));
  url.username = server.appUser;
  url.password = server.appPassword;
  return url.toString();
}
