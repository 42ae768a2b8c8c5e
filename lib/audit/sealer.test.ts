// trust.md P-64: 8 writers in two processes while two sealers race, one of them killed on the way.
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import path from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { closeDatabase } from "@/lib/db/client";
import { unsealedOrganizationIds } from "@/lib/db/crossings";
import { sealAll, sealOrganization, startSealer } from "./sealer";
import { verifyChain } from "./verify";

let owner: pg.Client;
beforeAll(async () => {
  owner = await connected();
});
afterAll(async () => {
  for (const started of children) started.kill("SIGKILL");
  await owner.end();
  await closeDatabase();
});

async function connected(): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=UTC" });
  await client.connect();
  return client;
}

async function organization(): Promise<Actor> {
  const organizationId = randomUUID();
  await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, $2, '우리')", [
    organizationId,
    organizationId,
  ]);
  return { kind: "operator", name: "root", organizationId };
}

const entry = (actor: Actor, id = randomUUID()) =>
  change(actor, "organization:settings", (_, record) =>
    record({ action: "test.recorded", target: { kind: "test", id } }),
  ).then(() => id);

/** An entry that PostgreSQL itself writes, for transactions that a test holds open. */
const insert = (client: pg.Client, actor: Actor, id: string) =>
  client.query(
    `INSERT INTO audit_events (organization_id, actor_kind, actor_id, address, action, target_kind, target_id, mac)
     VALUES ($1, 'operator', 'root', 'local', 'test.recorded', 'test', $2, '\\x00')`,
    [actor.organizationId, id],
  );

const chain = async (actor: Actor) =>
  (
    await owner.query<{ target: string; seq: number }>(
      "SELECT e.target_id AS target, l.seq::int FROM audit_links l JOIN audit_events e ON e.id = l.event_id WHERE l.organization_id = $1 ORDER BY l.seq",
      [actor.organizationId],
    )
  ).rows;

/** Resolves once a condition holds; the interval asks, nothing is slept through. */
async function until(holds: () => Promise<boolean>, withinMs: number): Promise<void> {
  const end = performance.now() + withinMs;
  for await (const _ of every(20)) {
    if (await holds()) return;
    if (performance.now() > end) throw new Error("It did not come about in time");
  }
}
async function* every(ms: number): AsyncGenerator<void> {
  for (;;) {
    await new Promise((resolve) => setTimeout(resolve, ms));
    yield;
  }
}

const children: ChildProcess[] = [];
function child(code: string): ChildProcess {
  const started = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "-e", code], {
    cwd: path.resolve(import.meta.dirname, "../.."),
    stdio: ["ignore", "pipe", "inherit"],
  });
  children.push(started);
  return started;
}
const sealing = () =>
  child(
    `const { startSealer } = await import("./lib/audit/sealer.ts"); startSealer(); console.log("on"); setInterval(() => {}, 1000);`,
  );
const writing = (actor: Actor, writers: number, each: number) =>
  child(`const { change } = await import("./lib/auth/door.ts"); const { closeDatabase } = await import("./lib/db/client.ts");
    const actor = ${JSON.stringify(actor)};
    await Promise.all(Array.from({ length: ${writers} }, async (_, w) => { for (let n = 0; n < ${each}; n++)
      await change(actor, "organization:settings", (_, record) => record({ action: "test.recorded", target: { kind: "test", id: process.pid + "-" + w + "-" + String(n).padStart(4, "0") } })); }));
    await closeDatabase();`);

describe("the sealer", () => {
  it("keeps one chain without forks or gaps under 8 writers, two processes and a kill", {
    timeout: 60_000,
  }, async () => {
    const actor = await organization();
    const stop = startSealer();
    const doomed = sealing();
    const other = sealing();
    await Promise.all([once(doomed.stdout ?? doomed, "data"), once(other.stdout ?? other, "data")]);
    const writers = [writing(actor, 4, 250), writing(actor, 4, 250)];
    const done = writers.map((writer) => once(writer, "exit"));
    await until(async () => (await chain(actor)).length > 300, 30_000);
    doomed.kill("SIGKILL");
    expect((await Promise.all(done)).map(([code]) => code)).toEqual([0, 0]);
    await until(async () => (await chain(actor)).length === 2_000, 5_000);
    await stop();
    other.kill("SIGKILL");

    expect(await verifyChain(actor)).toMatchObject({ sound: true, entries: 2_000, unsealed: { count: 0 } });
    const links = await chain(actor);
    expect(links.map((link) => link.seq)).toEqual(Array.from({ length: 2_000 }, (_, n) => n + 1));
    // Each writer waited for its own commits: its entries stand in the order in which it made them.
    const writerOf = (target: string) => target.slice(0, target.lastIndexOf("-"));
    const names = new Set(links.map(({ target }) => writerOf(target)));
    expect(names.size).toBe(8);
    for (const name of names) {
      const own = links.filter(({ target }) => writerOf(target) === name).map(({ target }) => target);
      expect(own).toEqual(Array.from({ length: 250 }, (_, n) => `${name}-${String(n).padStart(4, "0")}`));
    }
    const { rows } = await owner.query(
      "SELECT previous FROM audit_links WHERE organization_id = $1 GROUP BY previous HAVING count(*) > 1",
      [actor.organizationId],
    );
    expect(rows).toEqual([]);
  });

  it("seals within a second of the commit", async () => {
    const actor = await organization();
    const stop = startSealer();
    await entry(actor);
    const committed = performance.now();
    await until(async () => (await chain(actor)).length === 1, 3_000);
    expect(performance.now() - committed).toBeLessThan(1_000);
    await stop();
  });

  it("does not wait for a transaction that stays open, and takes it up when it ends", async () => {
    const actor = await organization();
    const slow = await connected();
    await slow.query("BEGIN");
    await insert(slow, actor, "slow");
    const early = await entry(actor);
    await sealOrganization(actor.organizationId);
    expect((await chain(actor)).map((link) => link.target)).toEqual([early]);
    const later = await entry(actor);
    await sealOrganization(actor.organizationId);
    await slow.query("COMMIT");
    const last = await entry(actor);
    await sealOrganization(actor.organizationId);
    expect((await chain(actor)).map((link) => link.target)).toEqual([early, later, "slow", last]);
    await slow.end();
  });

  it("leaves out what was rolled back", async () => {
    const actor = await organization();
    const client = await connected();
    await client.query("BEGIN");
    await insert(client, actor, "never");
    await sealOrganization(actor.organizationId);
    await client.query("ROLLBACK");
    const id = await entry(actor);
    await sealOrganization(actor.organizationId);
    expect((await chain(actor)).map((link) => link.target)).toEqual([id]);
    await client.end();
  });

  it("takes a long backlog in parts, also one transaction larger than a part", async () => {
    const actor = await organization();
    const many = (count: number) =>
      owner.query(
        `INSERT INTO audit_events (organization_id, at, actor_kind, actor_id, address, action, target_kind, target_id, mac)
         SELECT $1, now() + n * interval '1 microsecond', 'operator', 'root', 'local', 'test.recorded', 'test', n::text, '\\x00' FROM generate_series(1, $2::int) n`,
        [actor.organizationId, count],
      );
    await many(25);
    await many(3);
    await many(4);
    const linked: number[] = [];
    for (let n = 0; n < 6; n += 1) {
      const { rows } = await owner.query<{ n: number }>("SELECT damso_audit_seal($1, 10) AS n", [actor.organizationId]);
      linked.push(rows[0]?.n ?? -1);
    }
    expect(linked).toEqual([10, 10, 10, 2, 0, 0]);
    const order = [...Array(25).keys(), ...Array(3).keys(), ...Array(4).keys()].map((n) => `${n + 1}`);
    expect((await chain(actor)).map((link) => link.target)).toEqual(order);
  });

  it("has nothing to do when nothing happened, and creates no chain for nobody", async () => {
    const actor = await organization();
    await entry(actor);
    expect(await unsealedOrganizationIds()).toContain(actor.organizationId);
    await sealAll();
    expect(await unsealedOrganizationIds()).toEqual([]);
    await sealOrganization(randomUUID());
    const { rows } = await owner.query(
      "SELECT count(*)::int AS n FROM audit_heads h WHERE NOT EXISTS (SELECT 1 FROM organizations o WHERE o.id = h.organization_id)",
    );
    expect(rows).toEqual([{ n: 0 }]);
  });

  it("goes on in a cluster whose transaction numbers are younger", async () => {
    const actor = await organization();
    const first = await entry(actor);
    await sealOrganization(actor.organizationId);
    // As a dump from an older cluster: its numbers lie far ahead of ours, one of its entries was not sealed yet.
    await owner.query("SET session_replication_role = replica");
    await owner.query("UPDATE audit_events SET xact = '9000000000' WHERE organization_id = $1", [actor.organizationId]);
    await insert(owner, actor, "unsealed there");
    await owner.query("UPDATE audit_events SET xact = '9000000005' WHERE target_id = 'unsealed there'");
    await owner.query("UPDATE audit_heads SET sealed_through = '9000000003:9000000003:' WHERE organization_id = $1", [
      actor.organizationId,
    ]);
    await owner.query("SET session_replication_role = origin");
    const here = await entry(actor);
    await sealAll();
    const next = await entry(actor);
    await sealAll();
    expect((await chain(actor)).map((link) => link.target)).toEqual([first, "unsealed there", here, next]);
    // Our numbers reach theirs one day: nothing is linked twice.
    await owner.query("SET session_replication_role = replica");
    await owner.query("UPDATE audit_events SET xact = pg_current_xact_id() WHERE target_id = 'unsealed there'");
    await owner.query("SET session_replication_role = origin");
    await sealAll();
    expect(await chain(actor)).toHaveLength(4);
    expect(await unsealedOrganizationIds()).toEqual([]);
  });

  it("refuses a snapshot older than its lock", async () => {
    const actor = await organization();
    await owner.query("BEGIN ISOLATION LEVEL REPEATABLE READ");
    await expect(owner.query("SELECT damso_audit_seal($1)", [actor.organizationId])).rejects.toThrow(/read committed/);
    await owner.query("ROLLBACK");
  });

  it("lets the application name no transaction for its entries", async () => {
    const actor = await organization();
    const app = new pg.Client({ connectionString: process.env.DATABASE_APP_URL });
    await app.connect();
    await app.query("SELECT set_config('damso.organization', $1, false)", [actor.organizationId]);
    await expect(
      app.query(
        `INSERT INTO audit_events (organization_id, actor_kind, actor_id, address, action, target_kind, target_id, mac, xact)
         VALUES ($1, 'x', 'x', 'x', 'x', 'x', 'x', '', '3')`,
        [actor.organizationId],
      ),
    ).rejects.toThrow(/permission denied/);
    await app.end();
  });
});
