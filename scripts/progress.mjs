// Steps that a person can follow: a moving line on a terminal, plain lines in a log.
import { spawn } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { setupError } from "./setup-error.mjs";

const terminal = process.stdout.isTTY && !process.env.CI;
const seconds = (since) => `${((performance.now() - since) / 1000).toFixed(1)}초`;

/**
 * Shows a step with its duration. @template T
 * @param {string} name @param {() => Promise<T>} work @param {(result: T) => string | undefined} [note] added behind the name
 * @returns {Promise<T>}
 */
export async function step(name, work, note) {
  const start = performance.now();
  const every = terminal ? 200 : 20_000;
  const tick = () =>
    process.stdout.write(terminal ? `\r\x1b[K· ${name} … ${seconds(start)}` : `· ${name} … ${seconds(start)}\n`);
  if (terminal) tick();
  const timer = setInterval(tick, every);
  const clear = () => {
    clearInterval(timer);
    if (terminal) process.stdout.write("\r\x1b[K");
  };
  try {
    const result = await work();
    clear();
    const more = note?.(result);
    process.stdout.write(`✓ ${name} … ${seconds(start)}${more ? ` (${more})` : ""}\n`);
    return result;
  } catch (error) {
    clear();
    process.stdout.write(`✗ ${name} … ${seconds(start)}\n`);
    throw error;
  }
}

const running = new Set();

/** Ends what `run` has started, for an interrupted parent. @param {NodeJS.Signals} signal */
export function endRunning(signal) {
  for (const child of running) child.kill(signal);
}

/**
 * Runs a program with its output in a file. @param {string} command @param {string[]} args
 * @param {{ log: string, cwd?: string, env?: NodeJS.ProcessEnv, timeoutMinutes?: number }} options
 * @returns {Promise<{ code: number, log: string }>} the exit code, 1 where a signal ended it
 */
export async function run(command, args, { log, cwd, env = process.env, timeoutMinutes = 60 }) {
  fs.mkdirSync(path.dirname(log), { recursive: true });
  const file = fs.openSync(log, "w");
  try {
    const code = await new Promise((resolve, reject) => {
      const child = spawn(command, args, { cwd, env, stdio: ["ignore", file, file] });
      running.add(child);
      const limit = setTimeout(() => child.kill("SIGKILL"), timeoutMinutes * 60_000);
      const end = () => {
        clearTimeout(limit);
        running.delete(child);
      };
      child.once("error", (error) => {
        end();
        reject(error);
      });
      child.once("exit", (status) => {
        end();
        resolve(status ?? 1);
      });
    });
    return { code, log };
  } finally {
    fs.closeSync(file);
  }
}

/** The last lines of a log, without colors. @param {string} file @param {number} [lines] */
export function tail(file, lines = 60) {
  if (!fs.existsSync(file)) return "";
  // biome's and vitest's colors
  const text = fs
    .readFileSync(file, "utf8")
    .replaceAll(new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*[A-Za-z]`, "g"), "");
  return text.trimEnd().split("\n").slice(-lines).join("\n");
}

/** Runs a program that must succeed. @param {string} name for the sentence @param {string} command @param {string[]} args
 * @param {Parameters<typeof run>[2]} options */
export async function must(name, command, args, options) {
  const { code, log } = await run(command, args, options);
  if (code === 0) return;
  const text = tail(log);
  if (/ENOSPC|No space left on device/.test(text)) throw Object.assign(new Error(text), { code: "ENOSPC" });
  throw setupError(`${name}에 실패했습니다. 전체 기록: ${log}`, `This step failed; its whole log: ${log}\n${text}`);
}
