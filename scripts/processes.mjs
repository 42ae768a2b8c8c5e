// Which of our processes live: locks and reference counts as files that name a process id.
import fs from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { setupError } from "./setup-error.mjs";

/** @param {number} pid @returns {boolean} true while the process runs, whoever owns it */
export function alive(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (error.code !== "EPERM") return false;
  }
  // Where nobody collects the dead (a container without init), they still answer: Z is a zombie.
  return statusOf(pid)?.state !== "Z";
}

/** @param {number} pid @returns {{ state: string, parent: number } | null} null where the system does not tell */
function statusOf(pid) {
  try {
    const [state, parent] = fs.readFileSync(`/proc/${pid}/stat`, "utf8").split(") ").at(-1).split(" ");
    return { state, parent: Number(parent) };
  } catch (error) {
    if (error.code === "ENOENT" || error.code === "ESRCH" || error.code === "EACCES") return null;
    throw error;
  }
}

/**
 * Runs `work` while no other process holds the lock file. A lock whose process has died is taken over.
 * @template T @param {string} file @param {() => Promise<T>} work
 * @param {{ waitSeconds?: number, onWait?: (pid: number) => void }} [options] @returns {Promise<T>}
 */
export async function withLock(file, work, options = {}) {
  // Within this process a queue: the file only tells processes apart.
  const before = queues.get(file);
  const turn = (async () => {
    await before?.catch(() => undefined);
    return lockedByFile(file, work, options);
  })();
  queues.set(file, turn);
  return turn;
}

/** @type {Map<string, Promise<unknown>>} */
const queues = new Map();

async function lockedByFile(file, work, { waitSeconds = 900, onWait } = {}) {
  const deadline = performance.now() + waitSeconds * 1000;
  const mine = `${file}.${process.pid}`;
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(mine, String(process.pid));
  try {
    let told = false;
    for (;;) {
      try {
        fs.linkSync(mine, file); // a link appears with its content, so a half-written lock cannot be seen
        break;
      } catch (error) {
        if (error.code !== "EEXIST") throw error;
      }
      const holder = holderOf(file);
      if (holder === process.pid || (holder !== null && !alive(holder))) {
        fs.rmSync(file, { force: true });
        continue;
      }
      if (!told && holder !== null) onWait?.(holder);
      told = true;
      if (performance.now() > deadline) {
        throw setupError(
          `다른 Damso 프로세스(${holder})가 ${waitSeconds}초가 지나도록 준비를 마치지 않았습니다.`,
          `Another Damso process (${holder}) has not finished its preparation within ${waitSeconds} s.`,
        );
      }
      await sleep(100);
    }
    try {
      return await work();
    } finally {
      fs.rmSync(file, { force: true });
    }
  } finally {
    fs.rmSync(mine, { force: true });
  }
}

function holderOf(file) {
  try {
    return Number(fs.readFileSync(file, "utf8"));
  } catch (error) {
    if (error.code === "ENOENT") return null;
    throw error;
  }
}

/**
 * Calls back once when npm, which started us, is gone: a signal to npm ends its shell and would leave us behind.
 * Started without npm, nothing is watched. @param {() => void} then
 */
export function whenNpmEnds(then) {
  if (!process.env.npm_lifecycle_event) return;
  // npm → its shell → us; either may be killed.
  const line = () => `${process.ppid} ${statusOf(process.ppid)?.parent}`;
  const started = line();
  const timer = setInterval(() => {
    if (line() === started) return;
    clearInterval(timer);
    then();
  }, 500);
  timer.unref();
}

/** Processes that use something, one empty file per process id; `keep` counts as a process that never ends. */
export class Users {
  /** @param {string} directory */
  constructor(directory) {
    this.directory = directory;
  }
  /** @param {string} [name] */
  add(name = String(process.pid)) {
    fs.mkdirSync(this.directory, { recursive: true });
    fs.writeFileSync(path.join(this.directory, name), "");
  }
  /** @param {string} [name] */
  remove(name = String(process.pid)) {
    fs.rmSync(path.join(this.directory, name), { force: true });
  }
  /** @returns {string[]} who still lives; the files of the dead are removed */
  living() {
    if (!fs.existsSync(this.directory)) return [];
    return fs.readdirSync(this.directory).filter((name) => {
      if (name === "keep" || alive(Number(name))) return true;
      this.remove(name);
      return false;
    });
  }
}
