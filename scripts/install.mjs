// What a bare clone needs first: room on the disk, and node_modules as the lock file has them.
import fs from "node:fs";
import path from "node:path";
import { run, step, tail } from "./progress.mjs";
import { root, state } from "./settings.mjs";
import { setupError } from "./setup-error.mjs";

const MEGABYTE = 1024 * 1024;

/** @param {number} megabytes @throws a sentence when the checkout's disk has less room than that */
export function checkDisk(megabytes) {
  const { bavail, bsize } = fs.statfsSync(root);
  const free = Math.floor((bavail * bsize) / MEGABYTE);
  if (free >= megabytes) return;
  throw setupError(
    `디스크 공간이 부족합니다. ${megabytes}MB가 필요하고 ${free}MB가 남았습니다.`,
    `Not enough disk space: ${megabytes} MB are needed, ${free} MB are free.`,
  );
}

/** Installs node_modules where they are missing or not what the lock file says. @param {{ development: boolean }} options */
export async function installDependencies({ development }) {
  if (isInstalled(development)) return;
  checkDisk(1500);
  await step("의존성 설치", npmCi);
}

/** Compares contents, since a fresh clone's times say nothing. @param {boolean} development whether development packages count */
function isInstalled(development) {
  const wanted = packages("package-lock.json");
  const present = packages("node_modules/.package-lock.json");
  if (!present) return false;
  return Object.entries(wanted ?? {}).every(
    ([name, entry]) =>
      name === "" ||
      entry.optional ||
      entry.devOptional ||
      (entry.dev && !development) ||
      present[name]?.version === entry.version,
  );
}

function packages(file) {
  const full = path.join(root, file);
  return fs.existsSync(full) ? JSON.parse(fs.readFileSync(full, "utf8")).packages : null;
}

async function npmCi() {
  const log = path.join(state, "logs", "install.log");
  const args = ["ci", "--loglevel=error", "--no-audit", "--no-fund"];
  const script = process.env.npm_execpath;
  const [command, first] = script?.endsWith(".js") ? [process.execPath, [script]] : ["npm", []];
  const { code } = await run(command, [...first, ...args], { log, cwd: root });
  if (code === 0) return;
  const text = tail(log, 30);
  if (/ENOSPC|No space left/.test(text)) throw Object.assign(new Error(text), { code: "ENOSPC" });
  if (
    /ENOTFOUND|ECONNREFUSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|ENETUNREACH|ERR_SOCKET_TIMEOUT|FETCH_ERROR|E50\d/.test(text)
  ) {
    throw setupError(
      "npm 저장소에 연결할 수 없습니다. 네트워크나 npm registry 설정을 확인하십시오.",
      `The npm registry cannot be reached: check the network or npm's registry setting. Log: ${log}`,
    );
  }
  throw setupError(`의존성을 설치하지 못했습니다. 전체 기록: ${log}`, `npm ci failed; its whole log: ${log}\n${text}`);
}
