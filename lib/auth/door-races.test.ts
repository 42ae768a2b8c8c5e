import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabase, type Tx } from "@/lib/db/client";
import type { JobActor } from "./actor";
import { ingest } from "./door";

const organizationId = randomUUID();
const clerk: JobActor = { kind: "job", name: "reckoning", organizationId };
const [one, other] = [randomUUID(), randomUUID()];
let owner: pg.Client;

beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=UTC" });
  await owner.connect();
  await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, 'races', 'races')", [organizationId]);
  for (const id of [one, other])
    await owner.query("INSERT INTO channels (id, organization_id, search_id, name) VALUES ($1, $2, $3, 'x')", [
      ...[id, organizationId, `s${id.slice(0, 8)}`],
    ]);
});
afterAll(async () => {
  await owner.end();
  await closeDatabase();
});

/** Lets go once it was called so many times. */
function meeting(count: number): () => Promise<void> {
  let open: () => void = () => undefined;
  const all = new Promise<void>((resolve) => {
    open = resolve;
  });
  let here = 0;
  return () => {
    here += 1;
    if (here === count) open();
    return all;
  };
}

type Lock = (tx: Tx, id: string) => Promise<unknown>;
const raw: Lock = (tx, id) => tx.$queryRaw`SELECT id FROM channels WHERE id = ${id}::uuid FOR UPDATE`;
const executed: Lock = (tx, id) => tx.$executeRaw`UPDATE channels SET search_id = search_id WHERE id = ${id}::uuid`;
const modelled: Lock = (tx, id) => tx.channel.update({ where: { id }, data: { organizationId } });

it.each<[string, Lock]>([
  ["raw queries", raw],
  ["raw statements", executed],
  ["the client's own verbs", modelled],
])("begins again what a circle of locks ended: %s", async (_what, lock) => {
  const met = meeting(2);
  let begun = 0;
  const locking = (first: string, second: string) =>
    ingest(clerk, "retention:reckon", async (tx) => {
      begun += 1;
      await lock(tx, first);
      await met();
      await lock(tx, second);
      return first;
    });
  expect(await Promise.all([locking(one, other), locking(other, one)])).toEqual([one, other]);
  expect(begun).toBe(3);
});
