// A lap: the act, with inserts by another connection before it (idle) and meanwhile, and the log that the act alone wrote.
import { fork } from "node:child_process";
import path from "node:path";
import type pg from "pg";
import type { Inserted, InsertOrder } from "./inserts";

export type Lap = {
  ms: number;
  /** Write-ahead log without what the inserts wrote, reckoned from the idle ones. */
  walBytes: number;
  idle: Inserted;
  meanwhile: Inserted;
};

/** @param seconds of idle inserts, and the least that inserts meanwhile are watched: a short act is over before there is a p99 */
export async function openBeside(owner: pg.Client, seconds: number) {
  const child = fork(path.resolve(import.meta.dirname, "inserts.ts"), { execArgv: ["--import", "tsx"] });
  const next = <T>() =>
    new Promise<T>((resolve, reject) => {
      const ended = (code: number | null) => reject(new Error(`The inserts ended with ${code}`));
      child.once("exit", ended);
      child.once("message", (said) => {
        child.removeListener("exit", ended);
        resolve(said as T);
      });
    });
  await next();
  const log = async () =>
    (await owner.query<{ at: string }>("SELECT pg_current_wal_insert_lsn()::text AS at")).rows[0]?.at ?? "0/0";
  const between = async (from: string) =>
    Number((await owner.query("SELECT pg_current_wal_insert_lsn() - $1::pg_lsn AS n", [from])).rows[0]?.n);
  const inserting = async <T>(order: InsertOrder, act: () => Promise<T>): Promise<[T, Inserted]> => {
    const from = performance.now();
    child.send(order);
    const done = await act();
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, seconds * 1_000 - (performance.now() - from))));
    const told = next<Inserted>();
    child.send("stop");
    return [done, await told];
  };
  return {
    lap: async (order: InsertOrder, act: () => Promise<void>): Promise<Lap> => {
      const before = await log();
      const [, idle] = await inserting(order, async () => undefined);
      const each = (await between(before)) / Math.max(1, idle.count);
      const from = await log();
      const [ms, meanwhile] = await inserting(order, async () => {
        const start = performance.now();
        await act();
        return performance.now() - start;
      });
      const walBytes = Math.max(0, (await between(from)) - each * meanwhile.count);
      return { ms, walBytes, idle, meanwhile };
    },
    end: async () => {
      const gone = new Promise((resolve) => child.once("exit", resolve));
      child.disconnect();
      await gone;
    },
  };
}
