// What befalls the database of a drill: each fault begins with `strike` and ends with `heal` (trust.md F-06, F-13).
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { connectAsOwner, sqlState } from "@/lib/db/owner";
import { freePort, postmasterPid, startPostgres, stopPostgres } from "../postgres.mjs";

/** The drill's own PostgreSQL, safe as deployed: a throwaway one would lose commits at an immediate stop. */
export const drillPostgres = { name: "trust-pg", database: "postgres" };

export type Fault = {
  name: string;
  /** Seconds until `heal`. */
  down: number;
  /** Nothing can be written while it lasts. */
  away: boolean;
  strike: () => Promise<void>;
  heal: () => Promise<void>;
};

/** @param url owner's connection to the drill's database @param downs seconds without the server */
export function faultsOf(url: string, downs: readonly number[]): Fault[] {
  const port = Number(new URL(url).port);
  const start = async () => {
    // Orphaned backends hold the port for a moment, and the server must come back at the same one.
    while ((await freePort(port)) !== port) await sleep(50);
    await startPostgres(drillPostgres);
  };
  const stops = downs.flatMap((down) => [
    { name: `stop fast, ${down} s`, down, away: true, strike: () => stopped("fast"), heal: start },
    { name: `stop immediate, ${down} s`, down, away: true, strike: () => stopped("immediate"), heal: start },
    { name: `kill -9 of the postmaster, ${down} s`, down, away: true, strike: killPostmaster, heal: start },
  ]);
  return [
    ...stops,
    { name: "kill -9 of a backend", down: 1, away: false, strike: () => killBackend(url), heal: () => accepting(url) },
    crowd(url),
    lock(url),
  ];
}

async function stopped(mode: "fast" | "immediate"): Promise<void> {
  if (!(await stopPostgres(drillPostgres.name, mode))) throw new Error(`PostgreSQL did not stop: ${mode}`);
}

async function killPostmaster(): Promise<void> {
  const pid = postmasterPid(drillPostgres.name);
  if (pid === null) throw new Error("PostgreSQL does not run");
  process.kill(pid, "SIGKILL");
}

/** The one that writes: PostgreSQL then ends all others too and recovers. */
async function killBackend(url: string): Promise<void> {
  const owner = await connectAsOwner(url);
  owner.on("error", () => undefined);
  const { rows } = await owner.query<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity WHERE application_name = 'damso' AND datname = current_database()
     ORDER BY (state = 'active') DESC, (state LIKE 'idle in%') DESC LIMIT 1`,
  );
  const pid = rows[0]?.pid;
  if (!pid) throw new Error("No backend serves the application");
  process.kill(pid, "SIGKILL");
  await owner.end().catch(() => undefined);
}

/** Waits out the recovery, which takes the server itself some seconds on a busy machine. */
async function accepting(url: string): Promise<void> {
  for (;;) {
    const owner = await connectAsOwner(url).catch(() => null);
    if (owner) return owner.end();
    await sleep(50);
  }
}

/** Every connection that the server allows, idle in a transaction; the application's own are ended to make it ask for new ones. */
function crowd(url: string): Fault {
  const held: pg.Client[] = [];
  const grab = async (): Promise<boolean> => {
    const client = new pg.Client({ connectionString: url });
    client.on("error", () => undefined);
    try {
      await client.connect();
      await client.query("BEGIN; SELECT count(*) FROM channels");
      held.push(client);
      return true;
    } catch {
      // 53300: no connection is left.
      return false;
    }
  };
  const fill = async () => {
    while (await grab());
  };
  const strike = async () => {
    await fill();
    await held[0]?.query(
      `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND usename <> current_user`,
    );
    await Promise.all(Array.from({ length: 20 }, grab));
    await fill();
    console.log(`  ${held.length} connections idle in a transaction`);
  };
  const heal = async () => {
    await Promise.all(held.splice(0).map((client) => client.end()));
  };
  return { name: "connections used up, 15 s", down: 15, away: true, strike, heal };
}

/** Tables that every kind of write needs. */
function lock(url: string): Fault {
  let owner: pg.Client | undefined;
  const strike = async () => {
    owner = await connectAsOwner(url);
    for (let locked = false; !locked; ) {
      locked = await owner
        .query(
          "BEGIN; LOCK TABLE placements, consult_sessions, event_receipts, evidence_files IN ACCESS EXCLUSIVE MODE",
        )
        .then(() => true)
        .catch((error: unknown) => {
          // Ours was the deadlock's victim: the writers hold what we want.
          if (sqlState(error) !== "40P01") throw error;
          return false;
        });
      if (!locked) await owner.query("ROLLBACK");
    }
  };
  const heal = async () => {
    await owner?.query("ROLLBACK");
    await owner?.end();
  };
  return { name: "LOCK TABLE, 30 s", down: 30, away: true, strike, heal };
}
