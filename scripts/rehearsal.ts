// A production server with a seeded database, folders and a port of its own, for the browser's tests.
import { randomBytes } from "node:crypto";
import { closeSync, mkdirSync, openSync, rmSync } from "node:fs";
import path from "node:path";
import pg from "pg";
import { appRole } from "@/lib/db/app-role";
import { connectAsOwner } from "@/lib/db/owner";
import { freePort } from "./postgres.mjs";
import { must } from "./progress.mjs";
import { endServer, startServer, untilReady } from "./serve.mjs";
import { root } from "./settings.mjs";

type Environment = Record<string, string | undefined>;

/**
 * @param server owner's connection to a PostgreSQL server
 * @param base environment without Damso's settings
 * @param folder where logs and files go
 */
export async function startRehearsal(
  server: string,
  base: Environment,
  folder: string,
): Promise<{ url: string; environment: Environment; end: () => Promise<void> }> {
  const name = `damso_e2e_${process.pid}`;
  const port = await freePort(3100);
  const environment = rehearsalEnvironment(server, name, port, base, folder);
  const url = `http://127.0.0.1:${port}`;
  const dropAll = async () => {
    await dropDatabase(server, name);
    rmSync(path.join(folder, name), { recursive: true, force: true });
  };
  let running: ReturnType<typeof startServer> | undefined;
  const end = async () => {
    if (running) await endServer(running);
    await dropAll();
  };
  try {
    await must("시연 데이터", process.execPath, ["scripts/damso.mjs", "seed", "--demo"], {
      log: path.join(folder, "seed.log"),
      cwd: root,
      env: environment,
    });
    const log = path.join(folder, "server.log");
    const output = openSync(log, "w");
    running = startServer({ env: environment, output });
    closeSync(output);
    await untilReady({ host: "127.0.0.1", port }, running.ended);
    // The trust suite reads what the server says, and how much memory it takes.
    const seen = { DAMSO_E2E_LOG: log, DAMSO_E2E_PID: String(running.child.pid) };
    return { url, environment: { ...environment, ...seen }, end };
  } catch (error) {
    await end();
    throw error;
  }
}

/** Settings of a server with database, secret, folders and port of its own. */
export function rehearsalEnvironment(
  server: string,
  name: string,
  port: number,
  base: Environment,
  folder: string,
): NodeJS.ProcessEnv {
  const place = path.join(folder, name);
  for (const part of ["keyring", "files", "mail"]) mkdirSync(path.join(place, part), { recursive: true, mode: 0o700 });
  const database = new URL(server);
  database.pathname = `/${name}`;
  return {
    ...(base as NodeJS.ProcessEnv),
    HOST: "127.0.0.1",
    PORT: String(port),
    DATABASE_URL: database.toString(),
    DAMSO_URL: `http://127.0.0.1:${port}`,
    DAMSO_SECRET: randomBytes(32).toString("base64url"),
    DAMSO_KEYRING: path.join(place, "keyring"),
    DAMSO_FILES: `file:${path.join(place, "files")}`,
    DAMSO_MAIL: path.join(place, "mail"),
    // Where e2e/files.spec.ts keeps a site of its own; every other address of this machine stays refused.
    DAMSO_OUTBOUND_ALLOW: "127.0.0.78",
  };
}

/** Drops what a rehearsal made on a server. */
export async function dropDatabase(server: string, name: string): Promise<void> {
  const admin = await connectAsOwner(server);
  try {
    await admin.query(`DROP DATABASE IF EXISTS ${pg.escapeIdentifier(name)} WITH (FORCE)`);
    await admin.query(`DROP ROLE IF EXISTS ${pg.escapeIdentifier(appRole(name))}`);
  } finally {
    await admin.end();
  }
}
