import pg from "pg";
import { afterAll, expect, inject, it } from "vitest";
import { watchingDatabase } from "@/lib/db/away";
import { prepareConnections } from "@/lib/db/opening";

const nowhere = new pg.Pool({ connectionString: "postgresql://damso@127.0.0.1:1/damso" });
const here = new pg.Pool({ connectionString: inject("testServer").adminUrl });
for (const pool of [nowhere, here]) prepareConnections(pool);
afterAll(() => Promise.all([nowhere.end(), here.end()]));

/** Whether the request that runs this would be told to come again. */
async function away(work: () => Promise<unknown>): Promise<boolean> {
  const watch = { away: false };
  await watchingDatabase(watch, work).catch(() => undefined);
  return watch.away;
}

it("knows a database that cannot be reached, both ways of asking", async () => {
  expect(await away(() => nowhere.query("SELECT 1"))).toBe(true);
  expect(await away(() => nowhere.connect())).toBe(true);
});

it("knows a connection that ends, and a lock that is waited for in vain, from a fault of the statement", async () => {
  const ask = (sql: string) => async () => {
    const client = await here.connect();
    client.on("error", () => undefined);
    await client.query(sql).finally(() => client.release(true));
  };
  expect(await away(ask("SELECT pg_terminate_backend(pg_backend_pid())"))).toBe(true);
  expect(await away(() => here.query("SELECT pg_terminate_backend(pg_backend_pid())"))).toBe(true);
  expect(await away(() => here.query("SELECT 1/0"))).toBe(false);
  expect(await away(ask("DO $$ BEGIN RAISE lock_not_available; END $$"))).toBe(true);
  expect(await away(ask("SELECT 1/0"))).toBe(false);
  expect(await away(ask("SELECT 1"))).toBe(false);
});

it("tells the request that failed, not its neighbour", async () => {
  const [one, other] = await Promise.all([
    away(() => nowhere.query("SELECT 1")),
    away(() => here.connect().then((client) => client.query("SELECT 1").finally(() => client.release()))),
  ]);
  expect([one, other]).toEqual([true, false]);
});
