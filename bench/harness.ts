// How a benchmark is built here (performance.md): all ways in one run, interleaved, the order reversed each round, ratios instead of times.
import { type ChildProcess, fork } from "node:child_process";
import { readFileSync } from "node:fs";
import { cpus, loadavg } from "node:os";
import path from "node:path";
import type { Load, Loaded } from "./load";

/** One way of doing the work, running. */
export type Running = {
  port: number;
  path: string;
  /** What a right answer's status is; 302 when absent. */
  status?: number;
  headers?: Readonly<Record<string, string>>;
  /** Processes whose CPU counts: the server's, and PostgreSQL's that work for it. */
  pids: () => Promise<number[]>;
  /** Null when the work was right, else what was not. */
  check: (answered: number) => Promise<string | null>;
  stop: () => Promise<void>;
};
export type Contestant = { name: string; start: () => Promise<Running> };

export type Ratio = { min: number; median: number; max: number };
export type Standing = {
  name: string;
  /** Answers per second, against the first contestant of the same round. */
  ratio: Ratio;
  perSecond: number;
  /** Microseconds of CPU per request. */
  cpu: number;
  /** Milliseconds to the first byte, and the same against the first contestant of the same round. */
  first: number;
  firstRatio: Ratio;
  p50: number;
  p99: number;
  wrong: number;
  fault: string | null;
};
export type Outcome = { noisy: boolean; loadAverage: number; standings: Standing[] };

/** Sizes in bytes that must not grow past `most`. */
export type Sizes = { name: string; sizes: { what: string; bytes: number; most: number }[] };

/** A ratio with the goal beside it, where there is one; `said` tells what it was made of. */
export type Figure = { what: string; value: number; least?: number; most?: number; said: string };
/** Figures of one run, and what was found wrong in its work. */
export type Figures = { name: string; noisy: boolean; loadAverage: number; faults: string[]; figures: Figure[] };

export type Settings = {
  rounds: number;
  seconds: number;
  connections: number;
  /** Only to see that it works: little data, one short round. */
  quick?: boolean;
  /** Rows, where a benchmark has its size. */
  size?: number;
  say?: (line: string) => void;
};

/** Runs the contestants against one another; the first is the limit that the others are measured by. */
export async function compare(contestants: readonly Contestant[], settings: Settings): Promise<Outcome> {
  const running: { name: string; run: Running; answered: number; laps: (Loaded & { cpu: number })[] }[] = [];
  const before = loadavg()[0] ?? 0;
  try {
    for (const { name, start } of contestants) running.push({ name, run: await start(), answered: 0, laps: [] });
    for (const one of running) one.answered += (await loadOnce(one.run, settings, settings.quick ? 0.1 : 0.5)).answered;
    for (let round = 0; round < settings.rounds; round += 1) {
      for (const one of round % 2 === 0 ? running : [...running].reverse()) {
        const lap = await measured(one.run, settings);
        one.laps.push(lap);
        one.answered += lap.answered;
      }
      settings.say?.(`${round + 1}/${settings.rounds}`);
    }
    const standings: Standing[] = [];
    const limit = running[0];
    for (const { name, run, laps, answered } of running) {
      const rates = laps.map((lap) => lap.answered / lap.seconds);
      const ratios = rates.map((rate, round) => rate / perSecond(limit?.laps[round]));
      const firsts = laps.map((lap, round) => lap.first / (limit?.laps[round]?.first ?? Number.NaN));
      standings.push({
        name,
        ratio: ratioOf(ratios),
        perSecond: median(rates),
        cpu: median(laps.map((lap) => lap.cpu)),
        first: median(laps.map((lap) => lap.first)),
        firstRatio: ratioOf(firsts),
        p50: median(laps.map((lap) => lap.p50)),
        p99: median(laps.map((lap) => lap.p99)),
        wrong: laps.reduce((sum, lap) => sum + lap.wrong, 0),
        fault: await run.check(answered),
      });
    }
    return { noisy: before > cpus().length + 2, loadAverage: before, standings };
  } finally {
    for (const { run } of running) await run.stop();
  }
}

async function measured(run: Running, settings: Settings): Promise<Loaded & { cpu: number }> {
  const pids = await run.pids();
  const start = pids.map(cpuMicroseconds);
  const lap = await loadOnce(run, settings, settings.seconds);
  const spent = pids.reduce((sum, pid, at) => sum + Math.max(0, cpuMicroseconds(pid) - (start[at] ?? 0)), 0);
  return { ...lap, cpu: spent / Math.max(1, lap.answered) };
}

function loadOnce(run: Running, { connections }: Settings, seconds: number): Promise<Loaded> {
  const child = fork(path.resolve(import.meta.dirname, "load.ts"), { execArgv: ["--import", "tsx"] });
  const { port, path: target, status, headers } = run;
  const order: Load = { port, path: target, connections, seconds, status, headers };
  child.send(order);
  return new Promise((resolve, reject) => {
    child.once("message", (done) => resolve(done as Loaded));
    child.once("error", reject);
    child.once("exit", (code) => {
      if (code !== 0) reject(new Error(`The load ended with ${code}`));
    });
  });
}

/** Starts a contestant's server script; it says `{ port }` when it listens. */
export async function startServer(
  script: string,
  environment: Record<string, string>,
): Promise<{ child: ChildProcess; port: number; stop: () => Promise<void> }> {
  const child = fork(script, {
    execArgv: ["--import", "tsx"],
    env: { ...process.env, ...environment },
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  const port = await new Promise<number>((resolve, reject) => {
    child.once("message", (said) => resolve((said as { port: number }).port));
    child.once("exit", (code) => reject(new Error(`${path.basename(script)} ended with ${code} before it listened`)));
  });
  const stop = () =>
    new Promise<void>((resolve) => {
      child.removeAllListeners("exit");
      child.once("exit", () => resolve());
      child.kill("SIGTERM");
    });
  return { child, port, stop };
}

/** User and system time of a process, all its threads; 0 where the system does not tell. */
function cpuMicroseconds(pid: number): number {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, "latin1");
    const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[11]) + Number(fields[12])) * 10_000;
  } catch {
    return 0;
  }
}

function perSecond(lap: Loaded | undefined): number {
  return lap ? lap.answered / lap.seconds : Number.NaN;
}

function ratioOf(ratios: readonly number[]): Ratio {
  return { min: Math.min(...ratios), median: median(ratios), max: Math.max(...ratios) };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1
    ? (sorted[middle] ?? Number.NaN)
    : ((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2;
}
