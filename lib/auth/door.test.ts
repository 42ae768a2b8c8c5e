import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { closeDatabase, database } from "@/lib/db/client";
import { Forbidden } from "@/lib/errors";
import type { Actor } from "./actor";
import { change, read } from "./door";

const ours = randomUUID();
const theirs = randomUUID();
const admin: Actor = {
  kind: "person",
  personId: randomUUID(),
  organizationId: ours,
  role: "CLIENT_ADMIN",
  signInId: randomUUID(),
  address: "192.0.2.1",
};
const marketer: Actor = { ...admin, personId: randomUUID(), role: "MARKETER" };
let owner: pg.Client;

beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=UTC" });
  await owner.connect();
  for (const [id, slug] of [
    [ours, "ours"],
    [theirs, "theirs"],
  ]) {
    await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, $2, $2)", [id, slug]);
    await owner.query("INSERT INTO channels (organization_id, search_id, name) VALUES ($1, $2, $2)", [id, slug]);
  }
});
afterAll(async () => {
  await owner.end();
  await closeDatabase();
});

const eventsOf = async (organizationId: string) =>
  (
    await owner.query<{ action: string; result: string }>(
      "SELECT action, result FROM audit_events WHERE organization_id = $1 ORDER BY at",
      [organizationId],
    )
  ).rows;

describe("read", () => {
  it("sees the actor's organization alone, whatever the query forgets", async () => {
    const channels = await read(admin, "channel:read", (tx) => tx.channel.findMany());
    expect(channels.map((channel) => channel.searchId)).toEqual(["ours"]);
  });
  it("cannot write", async () => {
    await expect(
      read(admin, "channel:read", (tx) => tx.channel.updateMany({ data: { name: "changed" } })),
    ).rejects.toThrow(/read-only/);
  });
  it("refuses the wrong role and records the refusal", async () => {
    await expect(read(marketer, "audit:read", async () => 1)).rejects.toBeInstanceOf(Forbidden);
    expect(await eventsOf(ours)).toContainEqual({ action: "access.denied", result: "refused" });
  });
  it("sees nothing outside the door", async () => {
    expect(await database().channel.count()).toBe(0);
  });
  it("lends its organization to no transaction beside it", async () => {
    const beside = await read(admin, "channel:read", () => database().$transaction((tx) => tx.channel.count()));
    expect(beside).toBe(0);
  });
  it("keeps its settings to its transaction, whichever connection comes next", async () => {
    await Promise.all(Array.from({ length: 40 }, () => read(admin, "channel:read", (tx) => tx.channel.count())));
    const after = await Promise.all(Array.from({ length: 40 }, () => database().channel.count()));
    expect(new Set(after)).toEqual(new Set([0]));
  });
  it("asks one thing at a time of its connection, also when a query needs several", async () => {
    const warnings: string[] = [];
    const heard = (warning: Error) => warnings.push(warning.message);
    process.on("warning", heard);
    await read(admin, "channel:read", (tx) =>
      Promise.all([tx.channel.findMany({ include: { goLive: true, end: true, marks: true } }), tx.channel.count()]),
    );
    await new Promise(setImmediate);
    process.off("warning", heard);
    expect(warnings).toEqual([]);
  });
  it("goes on after a statement that failed", async () => {
    await expect(
      read(admin, "channel:read", (tx) => Promise.all([tx.$queryRaw`SELECT 1 / 0`, tx.channel.count()])),
    ).rejects.toThrow(/division by zero/);
    expect(await read(admin, "channel:read", (tx) => tx.channel.count())).toBe(1);
  });
  it("shows instants as they are, whatever the server's zone", async () => {
    const rows = await read(admin, "channel:read", (tx) => tx.channel.findMany());
    expect(Math.abs((rows[0]?.createdAt.getTime() ?? 0) - Date.now())).toBeLessThan(120_000);
  });
});

describe("change", () => {
  it("commits the change and its event together", async () => {
    const before = await eventsOf(ours);
    await change(admin, "channel:edit", async (tx, record) => {
      await tx.channel.updateMany({ data: { name: "이름" } });
      await record({ action: "channel.edited", target: { kind: "channel", id: "all" }, body: { fields: ["name"] } });
    });
    expect((await eventsOf(ours)).length).toBe(before.length + 1);
    expect((await read(admin, "channel:read", (tx) => tx.channel.findMany())).map((channel) => channel.name)).toEqual([
      "이름",
    ]);
  });
  it("rolls back a change that recorded nothing", async () => {
    await expect(
      change(admin, "channel:edit", (tx) => tx.channel.updateMany({ data: { name: "unrecorded" } })),
    ).rejects.toThrow(/recorded no event/);
    expect((await read(admin, "channel:read", (tx) => tx.channel.findMany())).map((channel) => channel.name)).toEqual([
      "이름",
    ]);
  });
  it("cannot write into another organization, not even by naming it", async () => {
    const foreign = change(admin, "channel:open", async (tx, record) => {
      await tx.channel.create({ data: { organizationId: theirs, searchId: "planted", name: "planted" } });
      await record({ action: "channel.opened", target: { kind: "channel", id: "x" } });
    });
    await expect(foreign).rejects.toThrow(/row-level security/);
  });
  it("treats an undefined condition as a mistake, not as 'any'", async () => {
    const nobody: { id?: string } = {};
    await expect(
      read(admin, "channel:read", (tx) => tx.channel.findMany({ where: { id: nobody.id } })),
    ).rejects.toThrow(/undefined/);
  });
});

describe("the database keeps its own promises", () => {
  it("has row-level security on every table, and policies wherever the application may look", async () => {
    const { rows } = await owner.query<{ name: string }>(`SELECT c.relname AS name FROM pg_class c
      WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND NOT c.relrowsecurity AND c.relname <> '_prisma_migrations'`);
    expect(rows).toEqual([]);
  });
  it("gives the application's role nothing to own and no way past row-level security", async () => {
    const { rows } = await owner.query<{ owned: string; bypass: boolean; super: boolean }>(
      `SELECT (SELECT count(*) FROM pg_class WHERE relowner = r.oid) AS owned, rolbypassrls AS bypass, rolsuper AS super
       FROM pg_roles r WHERE rolname = $1`,
      [decodeURIComponent(new URL(process.env.DATABASE_APP_URL ?? "").username)],
    );
    expect(rows).toEqual([{ owned: "0", bypass: false, super: false }]);
  });
  it.each([
    "UPDATE audit_events SET action = 'x'",
    "DELETE FROM audit_events",
    "TRUNCATE audit_events",
    "ALTER TABLE audit_events ADD x int",
    "ALTER TABLE audit_events DISABLE TRIGGER ALL",
    "DELETE FROM audit_links",
    "INSERT INTO audit_links SELECT * FROM audit_links",
  ])("refuses the application: %s", async (statement) => {
    const app = new pg.Client({ connectionString: process.env.DATABASE_APP_URL });
    await app.connect();
    await expect(app.query(statement)).rejects.toThrow(/permission denied|must be owner/);
    await app.end();
  });
  it("refuses even the owner to change an audit entry", async () => {
    await expect(owner.query("UPDATE audit_events SET action = 'x'")).rejects.toThrow(/append-only/);
    await expect(owner.query("DELETE FROM audit_events")).rejects.toThrow(/append-only/);
    await expect(owner.query("TRUNCATE audit_events CASCADE")).rejects.toThrow(/append-only/);
  });
  it("has an index under every foreign key", async () => {
    const { rows } = await owner.query<{
      name: string;
    }>(`SELECT c.conrelid::regclass || ' ' || c.conname AS name FROM pg_constraint c
      WHERE c.contype = 'f' AND c.connamespace = 'public'::regnamespace AND NOT EXISTS (
        SELECT 1 FROM pg_index i WHERE i.indrelid = c.conrelid AND (i.indkey::int2[])[0:cardinality(c.conkey) - 1] @> c.conkey)`);
    expect(rows).toEqual([]);
  });
});
