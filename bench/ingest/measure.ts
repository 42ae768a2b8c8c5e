// All ways of taking messages in, turn by turn in one run over one database. Says what it measured when it is done.
import { randomUUID } from "node:crypto";
import path from "node:path";
import pg from "pg";
import { closeDatabase } from "@/lib/db/client";
import { cpuMicroseconds, startServer } from "../harness";
import { openCompany } from "./company";
import { openLimit } from "./limit";
import { makePlain } from "./plain-client";
import { type Ground, openWays, pace, type Way } from "./ways";

export type IngestOrder = { rows: number; rounds: number; connections: number; paceSeconds: number; folder: string };
/** Of each round: rows a second, and µs of CPU a row, the poster's not counted. */
export type Laps = { perSecond: number[]; cpu: number[] };
export type IngestMeasured = {
  limitName: string;
  laps: Record<Way["key"], Laps>;
  pace: { p99: number; longest: number };
  faults: string[];
};

const perSecond = 50;
const here = import.meta.dirname;
const owner = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=UTC" });

async function measure({ rows, rounds, connections, paceSeconds, folder }: IngestOrder): Promise<IngestMeasured> {
  const faults: string[] = [];
  const otherOrganizationId = randomUUID();
  await owner.query(makePlain);
  const company = await openCompany(owner, otherOrganizationId);
  const limit = await openLimit(process.env.DATABASE_URL ?? "", otherOrganizationId);
  const [product, plain] = await Promise.all([
    startServer(path.join(here, "product.ts"), { NODE_ENV: "production" }),
    startServer(path.join(here, "plain.ts"), { NODE_ENV: "production", BENCH_ORGANIZATION: otherOrganizationId }),
  ]);
  const ground: Ground = {
    ...{ owner, folder, company, limit, connections },
    product: { port: product.port, pid: product.child.pid ?? 0 },
    plain: { port: plain.port, pid: plain.child.pid ?? 0 },
  };
  const { ways, end } = openWays(ground);
  const laps: IngestMeasured["laps"] = {
    ...{ limit: none(), import: none(), createMany: none(), create: none() },
    ...{ single: none(), batch: none(), plainPost: none() },
  };
  try {
    // The first lap of each is to warm up.
    for (let round = 0; round <= rounds; round += 1) {
      for (const [at, way] of (round % 2 === 0 ? ways : [...ways].reverse()).entries()) {
        const name = `${round}${"abcdefg"[at]}`;
        const lap = way.lap(name, round === 0 ? Math.ceil(rows / 10) : rows);
        const spent = await cpuOf(way.pids(), lap.work);
        const fault = await lap.check();
        if (fault) faults.push(`${way.key}: ${fault}`);
        if (round === 0) continue;
        laps[way.key].perSecond.push(lap.rows / spent.seconds);
        laps[way.key].cpu.push(spent.cpu / lap.rows);
      }
      if (round > 0) process.stderr.write(`${round}/${rounds}\n`);
    }
    const paced = await pace(ground, perSecond, paceSeconds);
    if (paced.fault) faults.push(`paced: ${paced.fault}`);
    if (paced.wrong > 0) faults.push(`paced: ${paced.wrong} wrong answers`);
    return { limitName: limit.name, laps, pace: { p99: paced.p99, longest: paced.longest }, faults };
  } finally {
    await Promise.all([end(), limit.end(), product.stop(), plain.stop()]);
  }
}

function none(): Laps {
  return { perSecond: [], cpu: [] };
}

/** The ways take turns, so every backend that works in a lap works for the one that runs; one that opened meanwhile too. */
async function cpuOf(pids: readonly number[], work: () => Promise<number>): Promise<{ seconds: number; cpu: number }> {
  const before = new Map([...pids, ...(await backends())].map((pid) => [pid, cpuMicroseconds(pid)]));
  const seconds = await work();
  const after = [...new Set([...pids, ...(await backends())])];
  const cpu = after.reduce((sum, pid) => sum + Math.max(0, cpuMicroseconds(pid) - (before.get(pid) ?? 0)), 0);
  return { seconds, cpu };
}

async function backends(): Promise<number[]> {
  const { rows } = await owner.query<{ pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend' AND pid <> pg_backend_pid()",
  );
  return rows.map(({ pid }) => pid);
}

process.once("message", (order: IngestOrder) => {
  void measure(order)
    .then(async (measured) => {
      await owner.end();
      await closeDatabase();
      process.send?.(measured, () => process.exit(0));
    })
    .catch((error) => {
      process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
      process.exit(1);
    });
});
await owner.connect();
process.send?.("ready");
