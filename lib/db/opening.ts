// How a transaction begins: BEGIN and its settings in one trip, and one statement at a time on its connection.
import { AsyncLocalStorage } from "node:async_hooks";
import pg from "pg";
import { noteAway, notePoolFailures } from "./away";

/** What the next transaction begins with. Good for one: `begun` says that it was taken. */
export type Opening = {
  organizationId: string;
  personId: string;
  readOnly: boolean;
  /** Milliseconds that a statement may wait for a lock; 0: as long as the statement may take. */
  lockMs: number;
  begun: boolean;
};

// One per process, as the client: Next's bundles and the server's own modules each load this file.
const shared = globalThis as typeof globalThis & { damsoOpening?: AsyncLocalStorage<Opening> };
shared.damsoOpening ??= new AsyncLocalStorage<Opening>();
const opening = shared.damsoOpening;

/**
 * Runs `fn`, whose first transaction begins with these settings. Where the settings do not reach it, it begins without an organization
 * and row-level security shows it nothing; the caller sees that by `begun`.
 */
export function openingWith<T>(settings: Opening, fn: () => Promise<T>): Promise<T> {
  return opening.run(settings, fn);
}

const ended = () => undefined;

type Send = (...given: unknown[]) => Promise<unknown>;

/** Gives a pool's connections this way of beginning. Prisma asks for included relations all at once, which pg will stop taking. */
export function prepareConnections(pool: pg.Pool): void {
  notePoolFailures(pool);
  pool.on("connect", (client) => {
    const send = client.query.bind(client) as Send;
    let last: Promise<unknown> = Promise.resolve();
    const inTurn: Send = (...given) => {
      // With a callback: the pool's own single statement, on a connection that nobody else holds.
      if (given.some((one) => typeof one === "function")) return send(...given);
      const statement = begun(given);
      const turn = last.then(() => send(...statement));
      // A statement that failed is its caller's to hear of; the next one has its turn all the same.
      last = turn.then(ended, ended);
      turn.catch(noteAway);
      return turn;
    };
    client.query = inTurn as typeof client.query;
  });
}

/** A bare BEGIN becomes one with the settings at hand. */
function begun(given: unknown[]): unknown[] {
  const [query] = given;
  if (typeof query !== "object" || query === null || !("text" in query) || query.text !== "BEGIN") return given;
  const settings = opening.getStore();
  if (!settings || settings.begun) return given;
  settings.begun = true;
  const text = (value: string) => pg.escapeLiteral(value);
  return [
    `BEGIN ${settings.readOnly ? "READ ONLY" : "READ WRITE"}; SELECT set_config('damso.organization', ${text(settings.organizationId)}, true),
      set_config('damso.person', ${text(settings.personId)}, true), set_config('lock_timeout', ${text(String(settings.lockMs))}, true)`,
  ];
}
