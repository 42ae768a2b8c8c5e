// A command in a process of its own, with the most memory it ever had.
import { spawn } from "node:child_process";
import { closeSync, openSync, readFileSync } from "node:fs";
import { root } from "../settings.mjs";

export type Measured = {
  code: number | null;
  signal: NodeJS.Signals | null;
  peakMib: number;
  seconds: number;
  log: string;
};

/** Runs node with `args`. `kill` ends it as an operator's kill -9 does. Memory is 0 where the system does not tell (not Linux). */
export function measuredRun(
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  log: string,
): { kill: () => void; ended: Promise<Measured> } {
  const output = openSync(log, "w");
  const started = performance.now();
  const child = spawn(process.execPath, args, { cwd: root, env, stdio: ["ignore", output, output] });
  closeSync(output);
  let peakMib = 0;
  const look = () => {
    peakMib = Math.max(peakMib, peakOf(child.pid ?? 0));
  };
  const timer = setInterval(look, 50);
  const ended = new Promise<Measured>((resolve) =>
    child.once("exit", (code, signal) => {
      clearInterval(timer);
      resolve({ code, signal, peakMib, seconds: (performance.now() - started) / 1_000, log });
    }),
  );
  return { kill: () => void child.kill("SIGKILL"), ended };
}

function peakOf(pid: number): number {
  try {
    const line = /VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, "utf8"));
    return Math.round(Number(line?.[1] ?? 0) / 1_024);
  } catch {
    // It has ended meanwhile.
    return 0;
  }
}
