// kill -9 of the migration at random moments and between its statements, two at once: run again, it comes to the same (trust.md F-05).
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { closeSync, openSync, readFileSync } from "node:fs";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { connectAsOwner } from "@/lib/db/owner";
import { freePort } from "../postgres.mjs";
import { must } from "../progress.mjs";
import { dropDatabase, rehearsalEnvironment } from "../rehearsal";
import { endServer, startServer } from "../serve.mjs";
import { root } from "../settings.mjs";
import { randomFrom, say } from "./drill-stage";
import { layBarrier, schemaOf } from "./migrate-barrier";

type Values = { rounds?: string | undefined; seed?: string | undefined };
type Try = { environment: NodeJS.ProcessEnv; log: string };

/** @param server owner's connection to a PostgreSQL server @returns the exit code */
export async function migrateDrill(server: string, folder: string, values: Values): Promise<number> {
  const rounds = Math.min(50, Math.max(1, Number(values.rounds) || 5));
  const seed = Number(values.seed) || randomBytes(4).readUInt32BE(0);
  const random = randomFrom(seed);
  console.log(`· seed ${seed}`);
  const port = await freePort(3300);
  const names: string[] = [];
  const begin = (part: string): Try => {
    const name = `damso_trust_migrate_${part}_${process.pid}`;
    names.push(name);
    const environment = rehearsalEnvironment(server, name, port, process.env, folder);
    return { environment, log: path.join(folder, `migrate-${part}.log`) };
  };
  const verdicts: [string, number][] = [];
  try {
    const clean = begin("clean");
    const started = performance.now();
    await must("마이그레이션", process.execPath, command, { cwd: root, env: clean.environment, log: clean.log });
    const took = performance.now() - started;
    const wanted = await withOwner(clean, schemaOf);
    console.log(`· ${wanted.length} lines of schema, clean run ${Math.round(took)} ms`);
    let different = 0;
    let unfinished = 0;
    let begun = 0;
    const states: number[] = [];
    const again = async (one: Try) => {
      const { code } = await start(one).ended;
      if (code !== 0) unfinished += 1;
      const got = await withOwner(one, schemaOf);
      if (got.join("\n") !== wanted.join("\n")) different += 1;
    };
    for (let round = 1; round <= rounds; round += 1) {
      const one = begin(`random${round}`);
      const { child, ended } = start(one);
      await sleep(Math.floor(random() * took));
      child.kill("SIGKILL");
      await ended;
      await again(one);
    }
    for (let round = 1; round <= rounds; round += 1) {
      const one = begin(`statement${round}`);
      // The database is made by the first run otherwise.
      await withServer(server, `CREATE DATABASE "${names.at(-1)}"`);
      const barrier = await layBarrier(one.environment.DATABASE_URL ?? "", 1 + Math.floor(random() * 250));
      const { child, ended } = start(one);
      await barrier.reached(ended);
      child.kill("SIGKILL");
      await ended;
      states.push(barrier.statement);
      // Its connection is cut with it, or found dead at the next answer.
      await barrier.lift(round % 2 === 1);
      if (await begins(one)) begun += 1;
      await again(one);
    }
    const two = begin("two");
    const both = await Promise.all([start(two).ended, start({ ...two, log: `${two.log}.2` }).ended]);
    await again(two);
    console.log(`· killed behind the statements ${states.join(", ")}`);
    verdicts.push(
      ["F-05 runs after a kill that did not finish", unfinished],
      ["F-05 schemas that differ from a clean run", different],
      ["F-05 servers that began on a half-made database", begun],
      ["F-05 of two at once, failed", both.filter(({ code }) => code !== 0).length],
      ["fault struck within the migration", rounds - states.length],
    );
    return say(verdicts);
  } finally {
    for (const name of names) await dropDatabase(server, name);
  }
}

const command = ["scripts/damso.mjs", "migrate"];

function start({ environment, log }: Try) {
  const output = openSync(log, "a");
  const child = spawn(process.execPath, command, { cwd: root, env: environment, stdio: ["ignore", output, output] });
  closeSync(output);
  const ended = new Promise<{ code: number | null }>((resolve) => child.once("exit", (code) => resolve({ code })));
  return { child, ended };
}

/** Whether a server begins: it must end by itself, with the sentence that says what to do. */
async function begins({ environment, log }: Try): Promise<boolean> {
  const output = openSync(`${log}.server`, "w");
  const server = startServer({ env: environment, output });
  closeSync(output);
  const limit = new AbortController();
  const ended = await Promise.race([server.ended.then(() => true), sleep(30_000, false, { signal: limit.signal })]);
  limit.abort();
  if (!ended) await endServer(server);
  return !ended || !readFileSync(`${log}.server`, "utf8").includes("npm run damso -- migrate");
}

async function withOwner<T>({ environment }: Try, fn: (owner: pg.Client) => Promise<T>): Promise<T> {
  const owner = await connectAsOwner(environment.DATABASE_URL ?? "");
  return fn(owner).finally(() => owner.end());
}

async function withServer(server: string, sql: string): Promise<void> {
  const owner = await connectAsOwner(server);
  await owner.query(sql).finally(() => owner.end());
}
