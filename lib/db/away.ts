// Whether the database failed under a request: what could not be read or written then is to come again (503), it is no fault of ours (500).
import { AsyncLocalStorage } from "node:async_hooks";
import type pg from "pg";
import { sqlState } from "./owner";

type Watch = { away: boolean };

// One per process, as the client: Next's bundles and the server's own modules each load this file.
const shared = globalThis as typeof globalThis & { damsoAway?: AsyncLocalStorage<Watch> };
shared.damsoAway ??= new AsyncLocalStorage<Watch>();
const watches = shared.damsoAway;

/** Runs `fn`; `watch.away` is true from the moment the database failed something in it. */
export function watchingDatabase<T>(watch: Watch, fn: () => T): T {
  return watches.run(watch, fn);
}

/** Classes 08 (connection), 53 (resources) and 57 (shutdown, timeout), and a lock waited for too long; without a state, the connection itself. */
function isAway(error: unknown): boolean {
  const state = sqlState(error);
  return !/^[0-9A-Z]{5}$/.test(state) || /^(08|53|57)/.test(state) || state === "55P03" || state === "25P03";
}

/** Tells the request that is at work of a failure of `pg`. */
export function noteAway(error: unknown): void {
  const watch = watches.getStore();
  if (watch && isAway(error)) watch.away = true;
}

/** Prisma waited in vain for a connection, or for the end of a transaction. */
export function noteLateTransaction(error: unknown): void {
  const watch = watches.getStore();
  if (watch && error instanceof Error && "code" in error && error.code === "P2028") watch.away = true;
}

type Ask = (...given: unknown[]) => unknown;

/** A pool whose failures the request hears of: of a connection, and of a single statement outside a transaction. */
export function notePoolFailures(pool: pg.Pool): void {
  const noting =
    (ask: Ask): Ask =>
    (...given) => {
      const asked = ask(...given);
      // The caller hears of it too; with a callback (the pool's own way) there is no promise.
      if (asked instanceof Promise) asked.catch(noteAway);
      return asked;
    };
  pool.connect = noting(pool.connect.bind(pool) as Ask) as typeof pool.connect;
  pool.query = noting(pool.query.bind(pool) as Ask) as typeof pool.query;
}
