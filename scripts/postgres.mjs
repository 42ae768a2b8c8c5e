#!/usr/bin/env node
// A private PostgreSQL from the npm package, under .damso/: node scripts/postgres.mjs start|stop|status|url
import { spawnSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { hashOf, locate } from "./postgres-place.mjs";
import { alive, Users, withLock } from "./processes.mjs";
import { explain, setupError } from "./setup-error.mjs";

const root = path.resolve(import.meta.dirname, "..");
const isRoot = process.getuid?.() === 0;
const OWNER = "damso";

/**
 * Starts the server of this checkout, or joins it when it runs already.
 * @param {{ name?: string, database?: string, throwaway?: boolean, keep?: boolean }} [options]
 *   `name`: which server (folder under .damso). `throwaway`: fast and unsafe, for tests. `keep`: survives its users.
 * @returns {Promise<{ url: string, started: boolean, release: () => Promise<void> }>}
 *   `url` of the owner's connection to `database`; `release` stops the server when nobody else uses it.
 */
export async function startPostgres({ name = "pg", database = "damso", throwaway = false, keep = false } = {}) {
  const state = path.join(root, ".damso");
  fs.mkdirSync(state, { recursive: true });
  const users = new Users(path.join(state, `${name}.users`));
  return withLock(path.join(state, `${name}.lock`), async () => {
    const settings = readSettings(state, name);
    const server = locate(state, name, settings);
    let started = false;
    let port = runningPort(server.data);
    writeSettings(state, name, settings); // before initdb: the password must outlive a kill
    if (port === null) {
      initialize(server, settings, throwaway);
      port = await launch(server, settings);
      started = true;
    }
    writeSettings(state, name, { ...settings, port });
    users.add();
    if (keep) users.add("keep");
    const url = `postgresql://${OWNER}:${settings.password}@127.0.0.1:${port}`;
    await ensureDatabase(`${url}/postgres`, database);
    return { url: `${url}/${database}`, started, release: () => release(state, name) };
  });
}

/** @param {string} state @param {string} name */
async function release(state, name) {
  const users = new Users(path.join(state, `${name}.users`));
  await withLock(path.join(state, `${name}.lock`), async () => {
    users.remove();
    if (users.living().length === 0) stop(locate(state, name, readSettings(state, name)));
  });
}

/** Stops the server of this checkout whoever uses it. @param {string} [name] @param {"fast" | "immediate"} [mode]
 * @returns {Promise<boolean>} true when it ran */
export async function stopPostgres(name = "pg", mode = "fast") {
  const state = path.join(root, ".damso");
  return withLock(path.join(state, `${name}.lock`), async () => {
    fs.rmSync(path.join(state, `${name}.users`), { recursive: true, force: true });
    return stop(locate(state, name, readSettings(state, name)), mode);
  });
}

/** The process id of the running server, or null. @param {string} name @returns {number | null} */
export function postmasterPid(name) {
  const { data } = locate(path.join(root, ".damso"), name, readSettings(path.join(root, ".damso"), name));
  if (runningPort(data) === null) return null;
  return Number(fs.readFileSync(path.join(data, "postmaster.pid"), "utf8").split("\n")[0]);
}

/** The owner's URL of the running server, or null. @param {string} [name] @param {string} [database] */
export function postgresUrl(name = "pg", database = "damso") {
  const state = path.join(root, ".damso");
  if (!fs.existsSync(path.join(state, `${name}.json`))) return null;
  const port = runningPort(locate(state, name, readSettings(state, name)).data);
  return port === null
    ? null
    : `postgresql://${OWNER}:${readSettings(state, name).password}@127.0.0.1:${port}/${database}`;
}

function readSettings(state, name) {
  const file = path.join(state, `${name}.json`);
  if (fs.existsSync(file)) return JSON.parse(fs.readFileSync(file, "utf8"));
  return { id: randomBytes(4).toString("hex"), password: randomBytes(24).toString("base64url"), port: null };
}

function writeSettings(state, name, settings) {
  const file = path.join(state, `${name}.json`);
  const text = JSON.stringify(settings);
  if (fs.existsSync(file) && fs.readFileSync(file, "utf8") === text) return;
  fs.writeFileSync(`${file}.new`, text, { mode: 0o600 });
  fs.renameSync(`${file}.new`, file);
}

/** The port of the server that runs in this data directory, or null. A left-over pid file counts for nothing. */
function runningPort(data) {
  const file = path.join(data, "postmaster.pid");
  let lines;
  try {
    lines = fs.readFileSync(file, "utf8").split("\n");
  } catch (error) {
    // EACCES: the folder belongs to the account that runs PostgreSQL for root
    if (error.code === "ENOENT" || error.code === "ENOTDIR") return null;
    throw error;
  }
  const pid = Number(lines[0]);
  if (!alive(pid) || !isPostgres(pid)) return null;
  return lines[7]?.trim() === "ready" ? Number(lines[3]) : null;
}

/** Process ids come round again, in containers soon: on Linux the name decides, and a zombie is not running. */
function isPostgres(pid) {
  if (process.platform !== "linux") return true;
  try {
    const stat = fs.readFileSync(`/proc/${pid}/stat`, "utf8");
    return /\(postgres\) [^Z]/.test(stat);
  } catch {
    return false;
  }
}

/** After a restart of a container the noted process may be quite another one, which PostgreSQL would take for itself. */
function forgetReusedPid(data) {
  const file = path.join(data, "postmaster.pid");
  if (process.platform !== "linux" || !fs.existsSync(file)) return;
  const pid = Number(fs.readFileSync(file, "utf8").split("\n")[0]);
  const name = `/proc/${pid}/comm`;
  if (fs.existsSync(name) && fs.readFileSync(name, "utf8").trim() !== "postgres") fs.rmSync(file, { force: true });
}

const run = (server, binary, args, options = {}) =>
  spawnSync(path.join(server.native, "bin", binary), args, {
    ...server.who,
    cwd: "/",
    encoding: "utf8",
    env: { PATH: process.env.PATH, LC_ALL: "C", TZ: "UTC", PGTZ: "UTC" },
    ...options,
  });

/** initdb into a folder beside, renamed when it is whole, so that a kill leaves no half cluster. */
function initialize(server, settings, throwaway) {
  if (fs.existsSync(path.join(server.data, "PG_VERSION"))) return;
  const fresh = `${server.data}.new`;
  const passwordFile = `${server.data}.password`;
  fs.rmSync(fresh, { recursive: true, force: true });
  fs.mkdirSync(fresh, { mode: 0o700 });
  fs.writeFileSync(passwordFile, settings.password, { mode: 0o600 });
  if (isRoot) for (const file of [fresh, passwordFile]) fs.chownSync(file, server.who.uid, server.who.gid);
  // LC_CTYPE must know Hangul, or pg_trgm finds nothing in Korean text.
  const locale = process.platform === "linux" ? "C.UTF-8" : "en_US.UTF-8";
  const result = run(server, "initdb", [
    ...["-D", fresh, "-U", OWNER, "--auth=scram-sha-256", `--pwfile=${passwordFile}`, "-E", "UTF8", "--data-checksums"],
    ...["--locale-provider=icu", "--icu-locale=ko", `--locale=${locale}`],
    ...(throwaway ? ["--no-sync"] : []),
  ]);
  fs.rmSync(passwordFile, { force: true });
  if (result.status !== 0) throw new Error(`initdb: ${result.stderr || result.stdout || result.error}`);
  const conf = path.join(fresh, "postgresql.conf");
  const lines = [
    "listen_addresses = '127.0.0.1'",
    "unix_socket_directories = ''",
    "timezone = 'UTC'",
    "log_timezone = 'UTC'",
    "max_connections = 100",
    "log_statement = 'none'",
    ...(throwaway
      ? ["fsync = off", "synchronous_commit = off", "full_page_writes = off", "max_wal_size = '256MB'"]
      : []),
  ];
  fs.appendFileSync(conf, `\n${lines.join("\n")}\n`);
  fs.rmSync(server.data, { recursive: true, force: true });
  fs.renameSync(fresh, server.data);
}

async function launch(server, settings) {
  let port = await freePort(settings.port ?? preferredPort());
  for (let attempt = 0; attempt < 30; attempt++) {
    const ready = runningPort(server.data);
    if (ready !== null) return ready;
    forgetReusedPid(server.data);
    // pg_ctl hands its own output to the server: with a pipe, spawnSync would never return.
    const result = run(
      server,
      "pg_ctl",
      ["-D", server.data, "-w", "-t", "60", "-l", server.log, "-o", `-p ${port}`, "start"],
      {
        stdio: "ignore",
      },
    );
    if (result.status === 0) return port;
    const log = logTail(server.log);
    if (/No space left on device/.test(log)) throw Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
    if (/Address already in use/.test(log)) port = await freePort(port + 1);
    await sleep(500); // a killed server's processes linger for a moment
  }
  throw setupError(
    `내장 PostgreSQL을 시작하지 못했습니다. 기록: ${server.log}`,
    `The embedded PostgreSQL did not start. Its log: ${server.log}\n${logTail(server.log)}`,
  );
}

const logTail = (file) => (fs.existsSync(file) ? fs.readFileSync(file, "utf8").slice(-1500) : "");

/** Two checkouts on one machine prefer different ports. */
const preferredPort = () => 54_322 + (hashOf(root).readUInt16BE(0) % 400) * 2;

/** @param {number} from @returns {Promise<number>} the first port from here on that nobody listens on */
export async function freePort(from) {
  for (let port = from; port < Math.min(from + 500, 65_536); port++) {
    const free = await new Promise((resolve) => {
      const probe = net.createServer();
      probe.once("error", () => resolve(false));
      probe.listen({ port, host: "127.0.0.1", exclusive: true }, () => probe.close(() => resolve(true)));
    });
    if (free) return port;
  }
  throw setupError(`${from}번부터 빈 포트를 찾지 못했습니다.`, `No free port found from ${from} on.`);
}

function stop(server, mode = "fast") {
  if (runningPort(server.data) === null) return false;
  const result = run(server, "pg_ctl", ["-D", server.data, "-m", mode, "-w", "-t", "30", "stop"], {
    stdio: "ignore",
  });
  return result.status === 0;
}

async function ensureDatabase(url, database) {
  const { default: pg } = await import("pg");
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const found = await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [database]);
    if (found.rowCount === 0) await client.query(`CREATE DATABASE ${pg.escapeIdentifier(database)}`);
  } finally {
    await client.end();
  }
}

if (process.argv[1] && fs.realpathSync(process.argv[1]) === fs.realpathSync(import.meta.filename)) {
  const [command = "status", name = "pg"] = process.argv.slice(2);
  try {
    if (command === "start")
      console.log((await startPostgres({ name, keep: true, throwaway: name === "check-pg" })).url);
    else if (command === "stop") console.log((await stopPostgres(name)) ? "stopped" : "was not running");
    else if (command === "status" || command === "url") console.log(postgresUrl(name) ?? "not running");
    else throw setupError("start, stop, status, url 가운데 하나를 쓰십시오.", "Use start, stop, status or url.");
  } catch (error) {
    console.error(explain(error));
    process.exitCode = 1;
  }
}
