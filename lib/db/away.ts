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

type Connect = (
  callback?: (error: Error | undefined, ...rest: unknown[]) => void,
) => Promise<pg.PoolClient> | undefined;

/** A pool whose failing connections the request hears of. */
export function noteFailedConnections(pool: pg.Pool): void {
  const connect = pool.connect.bind(pool) as Connect;
  const noting: Connect = (callback) => {
    if (!callback) {
      return connect()?.catch((error: unknown) => {
        noteAway(error);
        throw error;
      });
    }
    const watch = watches.getStore();
    return connect((error, ...rest) => {
      if (error && watch) watches.run(watch, () => noteAway(error));
      callback(error, ...rest);
    });
  };
  pool.connect = noting as typeof pool.connect;
}
