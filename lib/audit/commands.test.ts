import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor, PersonActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { closeDatabase } from "@/lib/db/client";
import { Forbidden } from "@/lib/errors";
import { userHandle } from "@/lib/keyring";
import { exportAudit, takeCheckpoint, verifyAudit } from "./commands";
import type { AuditRow } from "./entry-sql";
import { getAuditEvent, getChainState, listAuditEvents, listRecentEvents } from "./queries";
import { type AuditEntry, recordEvent } from "./record";
import { auditFilterSchema } from "./schema";
import { sealOrganization } from "./sealer";

const organizationId = randomUUID();
const theirs = randomUUID();
const person: PersonActor = {
  kind: "person",
  personId: randomUUID(),
  organizationId,
  role: "COMPLIANCE_OFFICER",
  signInId: randomUUID(),
  address: "10.20.4.31",
};
const as = (role: PersonActor["role"]): PersonActor => ({ ...person, role });
const neighbour: PersonActor = { ...person, personId: randomUUID(), organizationId: theirs };
const now = new Date();
let owner: pg.Client;
let channelId: string;

beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=Asia/Seoul" });
  await owner.connect();
  await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, 'ours', '우리'), ($2, 'theirs', '그들')", [
    organizationId,
    theirs,
  ]);
  await owner.query("INSERT INTO persons (id, email, name) VALUES ($1, 'dohyun.park@hangyeol.example', '박도현')", [
    person.personId,
  ]);
  await owner.query(
    "INSERT INTO memberships (organization_id, person_id, role) VALUES ($1, $2, 'COMPLIANCE_OFFICER')",
    [organizationId, person.personId],
  );
  const made = await owner.query<{ id: string }>(
    "INSERT INTO channels (organization_id, search_id, name) VALUES ($1, 'ours', '한결생활') RETURNING id",
    [organizationId],
  );
  channelId = made.rows[0]?.id ?? "";
  // 120 past entries, each a minute after the one before, the newest ten minutes ago.
  for (let n = 0; n < 120; n += 1)
    await past(n, {
      action: n % 3 === 0 ? "channel.edited" : "placement.edited",
      target: { kind: "test", id: `target-${n}` },
    });
  await sealOrganization(organizationId);
});
afterAll(async () => {
  await owner.end();
  await closeDatabase();
});

const operator: Actor = { kind: "operator", name: "root", organizationId };
const past = (n: number, entry: AuditEntry, actor: Actor = operator) =>
  ingest(actor, "organization:settings", (tx) =>
    recordEvent(tx, actor, entry, new Date(now.getTime() - (130 - n) * 60_000)),
  );
const count = async (id = organizationId) =>
  Number((await owner.query("SELECT count(*) AS n FROM audit_events WHERE organization_id = $1", [id])).rows[0]?.n);
const targets = (rows: AuditRow[]) => rows.map((row) => row.target.id);

describe("the list", () => {
  it("goes by pages of 50 to the end and back, each entry once", async () => {
    const filter = auditFilterSchema.parse({ to: undefined });
    const first = await listAuditEvents(person, filter);
    expect(first.rows).toHaveLength(50);
    expect(first.newer).toBeNull();
    const second = await listAuditEvents(person, filter, { after: first.older ?? undefined });
    const third = await listAuditEvents(person, filter, { after: second.older ?? undefined });
    expect(third.older).toBeNull();
    const all = [...first.rows, ...second.rows, ...third.rows];
    expect(new Set(all.map((row) => row.id)).size).toBe(all.length);
    expect(targets(all).filter((id) => id.startsWith("target-"))).toEqual(
      Array.from({ length: 120 }, (_, n) => `target-${119 - n}`),
    );
    const back = await listAuditEvents(person, filter, { before: third.newer ?? undefined });
    expect(targets(back.rows)).toEqual(targets(second.rows));
    const front = await listAuditEvents(person, filter, { before: back.newer ?? undefined });
    expect(targets(front.rows)).toEqual(targets(first.rows));
    expect(front.newer).toBeNull();
  });

  it("narrows by action, person, result, day and what is looked for", async () => {
    const found = async (search: Record<string, string>) =>
      (await listAuditEvents(person, auditFilterSchema.parse(search))).rows;
    expect((await found({ group: "channel" })).every((row) => row.action === "channel.edited")).toBe(true);
    expect(await found({ group: "constructor" })).toEqual([]);
    expect(targets(await found({ q: "target-7" }))).toEqual(["target-7"]);
    const [one] = await found({ q: "target-7" });
    expect(one?.seq).toBe(8);
    expect(targets(await found({ q: "8" }))).toEqual(["target-7"]);
    expect(targets(await found({ q: "8번" }))).toEqual(["target-7"]);
    expect(targets(await found({ q: one?.hash?.slice(0, 10) ?? "" }))).toEqual(["target-7"]);
    expect(targets(await found({ q: one?.id ?? "" }))).toEqual(["target-7"]);
    expect(await found({ from: "2099-01-01" })).toEqual([]);
    expect(await found({ to: "2000-01-01" })).toEqual([]);
    expect(await found({ actor: "nobody" })).toEqual([]);
    expect((await found({ result: "refused" })).every((row) => row.result === "refused")).toBe(true);
    expect(await found({ q: "10.9.8.7" })).toEqual([]);
    expect(await found({ q: "999999999999999" })).toEqual([]);
  });

  it("finds a data subject by the user_key that is nowhere stored", async () => {
    const handle = userHandle(organizationId, channelId, "MZjEVK4x18_V").toString("hex");
    await past(121, { action: "evidence.downloaded", target: { kind: "test", id: "looked" }, subject: handle });
    const { rows } = await listAuditEvents(person, auditFilterSchema.parse({ q: "MZjEVK4x18_V" }));
    expect(targets(rows)).toEqual(["looked"]);
  });

  it.each([
    { q: "\u0000" },
    { q: "\ud800" },
    { q: "x".repeat(5_000) },
    { from: "2026-02-31", to: "infinity" },
    { group: "a.b'; --", result: "maybe" },
    { q: ["a", "b"], actor: { not: "" } },
  ])("takes a hostile address for no condition: %j", async (search) => {
    expect((await listAuditEvents(person, auditFilterSchema.parse(search))).rows.length).toBe(50);
  });

  it("names persons and things, and answers another organization's entry like none", async () => {
    await past(
      122,
      { action: "channel.edited", target: { kind: "channel", id: channelId } },
      { ...person, role: "CLIENT_ADMIN" },
    );
    const [row] = (await listAuditEvents(person, auditFilterSchema.parse({ actor: person.personId, group: "channel" })))
      .rows;
    expect(row).toMatchObject({ actor: { name: "박도현" }, target: { name: "한결생활" }, address: "10.20.4.31" });
    const detail = await getAuditEvent(person, row?.id ?? "");
    expect(detail?.person).toEqual({ email: "dohyun.park@hangyeol.example", role: "COMPLIANCE_OFFICER" });
    expect(detail?.digest).toMatch(/^[0-9a-f]{64}$/);
    expect(await getAuditEvent(neighbour, row?.id ?? "")).toBeNull();
    expect(await getAuditEvent(neighbour, randomUUID())).toBeNull();
    expect((await listAuditEvents(neighbour, {})).rows).toEqual([]);
    expect(await listRecentEvents(neighbour, new Date(0), 10)).toEqual([]);
  });
});

describe("rights", () => {
  it.each([
    ["read", "MARKETER", () => listAuditEvents(as("MARKETER"), {})],
    ["verify", "CLIENT_ADMIN", () => verifyAudit(as("CLIENT_ADMIN"))],
    ["export", "CLIENT_ADMIN", () => exportAudit(as("CLIENT_ADMIN"), {}, now)],
    ["take a checkpoint", "MARKETER", () => takeCheckpoint(as("MARKETER"), now)],
  ] as const)("do not let who has none %s (%s), and the refusal is one entry", async (_, __, attempt) => {
    const before = await count();
    await expect(attempt()).rejects.toBeInstanceOf(Forbidden);
    expect(await count()).toBe(before + 1);
  });
});

describe("an export", () => {
  it("holds what the filter leaves, not itself, and is one entry with its count", async () => {
    const before = await count();
    const { count: told, pages } = await exportAudit(person, { group: "placement" }, new Date());
    const rows: AuditRow[] = [];
    for await (const page of pages) rows.push(...page);
    expect(rows).toHaveLength(80);
    expect(told).toBe(80);
    expect(await count()).toBe(before + 1);
    const [entry] = await listRecentEvents(person, now, 1);
    expect(entry?.action).toBe("audit.exported");
    expect(JSON.parse(entry?.body ?? "{}")).toMatchObject({
      count: 80,
      fields: ["group"],
      filter: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    const own = await exportAudit(person, { group: "audit" }, now);
    expect(own.count).toBe(0);
  });

  it("of another organization holds nothing of ours", async () => {
    const { count: told, pages } = await exportAudit(neighbour, {}, now);
    expect(told).toBe(0);
    for await (const page of pages) expect(page).toEqual([]);
  });
});

it("the chain's state tells the last verification and the last checkpoint", async () => {
  await sealOrganization(organizationId);
  const found = await verifyAudit(person);
  const point = await takeCheckpoint(person, new Date());
  const state = await getChainState(person);
  expect(state.last).toMatchObject({ sound: true, seq: found.seq, hash: found.hash });
  expect(state.kept?.seq).toBe(point.seq);
  expect(state.unsealed).toBe(1);
  expect(await getChainState(neighbour)).toMatchObject({ last: null, kept: null });
});
