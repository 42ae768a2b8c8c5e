// All ways of destroying in one process: freeze, preview, cascade, keys and rows, DROP. Says what it measured when it is done.
import pg from "pg";
import { dropShelves } from "@/lib/archive/chores";
import { destroySessions } from "@/lib/archive/destroy";
import { ingest } from "@/lib/auth/door";
import { kstDay } from "@/lib/clock";
import { closeDatabase, type Tx } from "@/lib/db/client";
import { prepareDestruction } from "@/lib/retention/commands/prepare-destruction";
import { previewDestruction } from "@/lib/retention/queries/preview-destruction";
import { type Lap, openBeside } from "./beside";
import { type BenchCompany, copyPlain, fill, openCompany, perSession } from "./company";

export type DestroyOrder = { messages: number; frozen: number; seconds: number };
export type DestroyMeasured = {
  freezeMs: number;
  preview: { smallMs: number; bigMs: number };
  /** Milliseconds in which `destroySessions` deleted keys. */
  keysMs: number;
  plain: Lap;
  act: Lap;
  drop: Lap;
  faults: string[];
};

const batch = 500;
const owner = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=UTC" });

async function measure({ messages, frozen, seconds }: DestroyOrder): Promise<DestroyMeasured> {
  const now = new Date();
  const faults: string[] = [];
  const expect = (what: string, found: unknown, wanted: unknown) => {
    if (String(found) !== String(wanted)) faults.push(`${what}: ${found}, not ${wanted}`);
  };
  const say = (line: string) => process.stderr.write(`${line}\n`);

  // The worst case of a plan: statistics that know another company and not the one that was just imported.
  const known = await openCompany(owner, "known", now);
  await fill(owner, known, frozen * 2, { messages: false });
  await owner.query("ANALYZE consult_sessions, due_days");
  const fresh = await openCompany(owner, "fresh", now);
  await fill(owner, fresh, frozen * 2, { messages: false });
  const freezeFrom = performance.now();
  const prepared = await prepareDestruction(fresh.officer, { kind: "routine", reason: "" }, now);
  const freezeMs = performance.now() - freezeFrom;
  expect("frozen of freshly filled", prepared.sessions, frozen);
  for (const company of [known, fresh]) await clear(company);
  say("freeze");

  const sessions = Math.round(messages / perSession / 2) * 2;
  const small = await openCompany(owner, "small", now);
  await fill(owner, small, Math.max(2, Math.round(sessions / 10) * 2), { messages: false });
  await owner.query("VACUUM ANALYZE consult_sessions, due_days");
  const smallMs = await previewed(small, now);
  await clear(small);

  const big = await openCompany(owner, "big", now);
  await fill(owner, big, sessions, { messages: true });
  await copyPlain(owner, big);
  await owner.query("VACUUM ANALYZE consult_sessions, session_keys, messages, due_days");
  const bigMs = await previewed(big, now);
  const due = (await previewDestruction(big.officer, now)).reduce((sum, row) => sum + row.due, 0);
  const run = await prepareDestruction(big.officer, { kind: "routine", reason: "" }, now);
  expect("preview against what was frozen", due, run.sessions);
  say("filled");

  const beside = await openBeside(owner, seconds);
  const today = kstDay(now);
  const plain = await beside.lap(await lives("plain_sessions", "plain_messages", big), async () => {
    const { rowCount } = await owner.query("DELETE FROM plain_sessions WHERE due_on < $1", [today]);
    expect("sessions by cascade", rowCount, sessions / 2);
  });
  expect(
    "messages after the cascade",
    await count("plain_messages WHERE at < now() - interval '1 day'"),
    (sessions / 2) * perSession,
  );
  say("cascade");

  const ids = (
    await owner.query<{ id: string }>(
      "SELECT subject_id AS id FROM destruction_items WHERE destruction_id = $1 ORDER BY subject_id",
      [run.id],
    )
  ).rows.map(({ id }) => id);
  let keysMs = 0;
  const product = await lives("consult_sessions", "messages", big);
  const act = await beside.lap(product, async () => {
    let destroyed = 0;
    for (let from = 0; from < ids.length; from += batch) {
      const done = await ingest(big.job, "destruction:run", (tx) =>
        destroySessions(
          timed(tx, (ms) => {
            keysMs += ms;
          }),
          big.organizationId,
          run.id,
          ids.slice(from, from + batch),
          now,
        ),
      );
      destroyed += done.sessions;
    }
    expect("sessions destroyed against the preview", destroyed, due);
  });
  expect("keys left", await count(`session_keys WHERE organization_id = '${big.organizationId}'`), sessions / 2);
  expect(
    "sessions left",
    await count(`consult_sessions WHERE organization_id = '${big.organizationId}'`),
    sessions / 2,
  );
  expect("sessions over that are left", await count(`consult_sessions WHERE due_on < '${today}'`), 0);
  expect("tombstones", await count(`tombstones WHERE destruction_id = '${run.id}'`), sessions / 2);
  expect("days counted otherwise", await recount(), 0);
  say("keys and rows");

  const drop = await beside.lap(product, async () => expect("shelves dropped", await dropShelves(now), big.shelf));
  expect(
    "messages after the drop",
    await count(`messages WHERE shelf = '${big.live}' AND at < now() - interval '1 day'`),
    (sessions / 2) * perSession,
  );
  expect("messages of the dropped shelf", await count(`messages WHERE shelf = '${big.shelf}'`), 0);
  expect("days counted otherwise after the drop", await recount(), 0);
  await beside.end();
  return { freezeMs, preview: { smallMs, bigMs }, keysMs, plain, act, drop, faults };
}

async function clear({ organizationId }: BenchCompany): Promise<void> {
  for (const table of ["session_keys", "consult_sessions"]) {
    await owner.query(`DELETE FROM ${table} WHERE organization_id = $1`, [organizationId]);
  }
}

/** Median of several. */
async function previewed({ officer }: BenchCompany, now: Date): Promise<number> {
  const took: number[] = [];
  for (let n = 0; n < 21; n += 1) {
    const from = performance.now();
    await previewDestruction(officer, now);
    took.push(performance.now() - from);
  }
  return took.sort((a, b) => a - b)[10] ?? Number.NaN;
}

async function lives(sessions: string, table: "messages" | "plain_messages", { organizationId, live }: BenchCompany) {
  const { rows } = await owner.query<{ id: string }>(
    `SELECT id FROM ${sessions} WHERE organization_id = $1 AND shelf = $2 LIMIT 1`,
    [organizationId, live],
  );
  return { table, shelf: live, sessionId: rows[0]?.id ?? "", organizationId };
}

async function count(what: string): Promise<number> {
  return Number((await owner.query<{ n: string }>(`SELECT count(*) AS n FROM ${what}`)).rows[0]?.n);
}

/** Days whose counter says something else than the sessions themselves. */
function recount(): Promise<number> {
  return count(`(SELECT organization_id, due_on, channel_id, category, sessions FROM due_days WHERE sessions <> 0) d
    FULL JOIN (SELECT organization_id, due_on, channel_id, category, count(*) AS sessions FROM consult_sessions GROUP BY 1, 2, 3, 4) s
    USING (organization_id, due_on, channel_id, category) WHERE d.sessions IS DISTINCT FROM s.sessions`);
}

/** The same transaction, which tells how long deleting keys took. */
function timed(tx: Tx, took: (ms: number) => void): Tx {
  return new Proxy(tx, {
    get(target, name) {
      const own: unknown = Reflect.get(target, name, target);
      if (name !== "$queryRaw" || typeof own !== "function") return own;
      return async (strings: TemplateStringsArray, ...values: unknown[]) => {
        const from = performance.now();
        const rows: unknown = await Reflect.apply(own, target, [strings, ...values]);
        if (strings.join("").includes("DELETE FROM session_keys")) took(performance.now() - from);
        return rows;
      };
    },
  });
}

process.once("message", (order: DestroyOrder) => {
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
