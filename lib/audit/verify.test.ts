import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { closeDatabase } from "@/lib/db/client";
import { Refused } from "@/lib/errors";
import { checkpointFor, readCheckpointFile, signCheckpoint } from "./checkpoint";
import { takeCheckpoint, verifyAudit } from "./commands";
import { sealOrganization } from "./sealer";
import { verifyChain } from "./verify";

const now = new Date();
let owner: pg.Client;
let operator: Actor;

beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=Asia/Seoul" });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await closeDatabase();
});
/** Each test has an organization of its own with a sealed chain of 30 entries. */
beforeEach(async () => {
  operator = { kind: "operator", name: "root", organizationId: randomUUID() };
  await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, $2, '우리')", [
    operator.organizationId,
    operator.organizationId,
  ]);
  await write(30);
  await sealOrganization(operator.organizationId);
});

async function write(count: number): Promise<void> {
  for (let n = 0; n < count; n += 1) {
    await change(operator, "organization:settings", (_, record) =>
      record({ action: "test.recorded", target: { kind: "test", id: `${n}` }, reason: "분쟁 처리", body: { n } }),
    );
  }
}

/** As a database superuser with triggers off. `$1` is the organization. */
async function tamper(...statements: string[]): Promise<void> {
  await owner.query("BEGIN");
  await owner.query("SET LOCAL session_replication_role = replica");
  for (const statement of statements) await owner.query(statement.replaceAll("$1", `'${operator.organizationId}'`));
  await owner.query("COMMIT");
}

const eventOf = (seq: number) => `(SELECT event_id FROM audit_links WHERE organization_id = $1 AND seq = ${seq})`;
const rebuildFrom = (seq: number) => `DO $$ DECLARE l record; h bytea; BEGIN
  SELECT hash INTO h FROM audit_links WHERE organization_id = $1 AND seq = ${seq - 1};
  FOR l IN SELECT k.seq, damso_audit_digest(e) AS digest FROM audit_links k JOIN audit_events e ON e.id = k.event_id WHERE k.organization_id = $1 AND k.seq >= ${seq} ORDER BY k.seq LOOP
    UPDATE audit_links SET previous = h, hash = sha256(h || l.digest) WHERE organization_id = $1 AND seq = l.seq RETURNING hash INTO h;
  END LOOP;
  UPDATE audit_heads SET hash = h WHERE organization_id = $1;
END $$`;

describe("verifyChain", () => {
  it("finds a whole chain sound and names its head", async () => {
    const found = await verifyChain(operator);
    const { rows } = await owner.query<{ hash: string }>(
      "SELECT encode(hash, 'hex') AS hash FROM audit_heads WHERE organization_id = $1",
      [operator.organizationId],
    );
    expect(found).toMatchObject({
      sound: true,
      entries: 30,
      seq: 30,
      hash: rows[0]?.hash,
      unsealed: { count: 0, oldestAt: null },
    });
  });
  it("counts what waits for the sealer without calling it a fault", async () => {
    await write(3);
    const found = await verifyChain(operator);
    expect(found).toMatchObject({ sound: true, entries: 30, unsealed: { count: 3 } });
    expect(found.unsealed.oldestAt).toBeInstanceOf(Date);
  });
  it("finds an organization without entries sound", async () => {
    const empty: Actor = { kind: "operator", name: "root", organizationId: randomUUID() };
    expect(await verifyChain(empty)).toMatchObject({ sound: true, entries: 0 });
  });
  it("is granted to officers, auditors and jobs, and refused to others", async () => {
    const marketer: Actor = {
      kind: "person",
      personId: randomUUID(),
      organizationId: operator.organizationId,
      role: "MARKETER",
      signInId: randomUUID(),
      address: "192.0.2.1",
    };
    await expect(verifyChain(marketer)).rejects.toThrow("audit:verify");
    expect(await verifyChain({ ...marketer, role: "AUDITOR" })).toMatchObject({ entries: 30 });
    expect(
      await verifyChain({ kind: "job", name: "audit-verify", organizationId: operator.organizationId }),
    ).toMatchObject({ entries: 30 });
  });
});

// trust.md P-62: what a superuser could do by hand, and where it shows.
const cases: [string, string[], { kind: string; seq: number | null }][] = [
  [
    "T1 a field edited",
    [`UPDATE audit_events SET target_id = 'other' WHERE id = ${eventOf(7)}`],
    { kind: "changed", seq: 7 },
  ],
  [
    "T1 a reason edited to look alike",
    [`UPDATE audit_events SET reason = reason || ' ' WHERE id = ${eventOf(9)}`],
    { kind: "changed", seq: 9 },
  ],
  [
    "T1 the MAC edited",
    [`UPDATE audit_events SET mac = sha256(mac) WHERE id = ${eventOf(9)}`],
    { kind: "changed", seq: 9 },
  ],
  ["T2 an entry deleted", [`DELETE FROM audit_events WHERE id = ${eventOf(5)}`], { kind: "missing", seq: 5 }],
  [
    "T2 an entry and its link deleted",
    [
      `DELETE FROM audit_events WHERE id = ${eventOf(5)}`,
      "DELETE FROM audit_links WHERE organization_id = $1 AND seq = 5",
    ],
    { kind: "gap", seq: 5 },
  ],
  ["T2 a link deleted", ["DELETE FROM audit_links WHERE organization_id = $1 AND seq = 12"], { kind: "gap", seq: 12 }],
  [
    "T2 an entry moved to another organization",
    [`UPDATE audit_events SET organization_id = gen_random_uuid() WHERE id = ${eventOf(6)}`],
    { kind: "missing", seq: 6 },
  ],
  [
    "T3 the tail deleted, the head left",
    [
      `DELETE FROM audit_events WHERE id IN (SELECT event_id FROM audit_links WHERE organization_id = $1 AND seq > 20)`,
      "DELETE FROM audit_links WHERE organization_id = $1 AND seq > 20",
    ],
    { kind: "head", seq: 21 },
  ],
  [
    "T3 the tail deleted and the head put back",
    [
      "DELETE FROM audit_events WHERE id IN (SELECT event_id FROM audit_links WHERE organization_id = $1 AND seq > 20)",
      "DELETE FROM audit_links WHERE organization_id = $1 AND seq > 20",
      "UPDATE audit_heads SET seq = 20, hash = (SELECT hash FROM audit_links WHERE organization_id = $1 AND seq = 20) WHERE organization_id = $1",
    ],
    { kind: "cut", seq: 21 },
  ],
  [
    "T4 two entries swapped in their links",
    [
      `DO $$ DECLARE a uuid := ${eventOf(10)}; b uuid := ${eventOf(11)}; BEGIN
        UPDATE audit_links SET event_id = gen_random_uuid() WHERE organization_id = $1 AND seq = 10;
        UPDATE audit_links SET event_id = a WHERE organization_id = $1 AND seq = 11;
        UPDATE audit_links SET event_id = b WHERE organization_id = $1 AND seq = 10;
      END $$`,
    ],
    { kind: "changed", seq: 10 },
  ],
  [
    "T4 two links' numbers swapped",
    [
      "UPDATE audit_links SET seq = -seq WHERE organization_id = $1 AND seq IN (10, 11)",
      "UPDATE audit_links SET seq = seq + 21 WHERE organization_id = $1 AND seq < 0",
    ],
    { kind: "broken", seq: 10 },
  ],
  [
    "T6 only an instant, by a microsecond",
    [`UPDATE audit_events SET at = at + interval '1 microsecond' WHERE id = ${eventOf(3)}`],
    { kind: "changed", seq: 3 },
  ],
  [
    "T6 an instant made infinite",
    [`UPDATE audit_events SET at = 'infinity' WHERE id = ${eventOf(3)}`],
    { kind: "changed", seq: 3 },
  ],
  [
    "T7 edited and all later hashes recomputed",
    [`UPDATE audit_events SET actor_id = 'somebody' WHERE id = ${eventOf(7)}`, rebuildFrom(7)],
    { kind: "forged", seq: 7 },
  ],
  [
    "T7 an entry taken out and all later links rebuilt",
    [
      `DELETE FROM audit_events WHERE id = ${eventOf(7)}`,
      "DELETE FROM audit_links WHERE organization_id = $1 AND seq = 7",
      "UPDATE audit_links SET seq = -seq WHERE organization_id = $1 AND seq > 7",
      "UPDATE audit_links SET seq = -seq - 1 WHERE organization_id = $1 AND seq < 0",
      "UPDATE audit_heads SET seq = 29 WHERE organization_id = $1",
      rebuildFrom(7),
    ],
    { kind: "cut", seq: 30 },
  ],
  [
    "T7 two entries put in another order and all links rebuilt",
    [
      "UPDATE audit_links SET seq = -seq WHERE organization_id = $1 AND seq IN (7, 8)",
      "UPDATE audit_links SET seq = seq + 15 WHERE organization_id = $1 AND seq < 0",
      rebuildFrom(7),
    ],
    { kind: "rebuilt", seq: 30 },
  ],
];

describe("verification against a checkpoint kept outside", () => {
  it.each(cases)("finds %s", async (_, statements, expected) => {
    const checkpoint = await takeCheckpoint(operator, now);
    expect(await verifyChain(operator, { checkpoint })).toMatchObject({ sound: true });
    await tamper(...statements);
    const found = await verifyChain(operator, { checkpoint });
    expect({ sound: found.sound, kind: found.fault?.kind, seq: found.fault?.seq }).toEqual({
      sound: false,
      ...expected,
    });
  });

  const insert = (extra: string, values: string) =>
    `INSERT INTO audit_events (id, organization_id, actor_kind, actor_id, address, action, target_kind, target_id, mac${extra})
     VALUES ('5eedfeed-0000-4000-8000-000000000001', $1, 'person', 'p', '10.0.0.1', 'transcript.read', 'session', 's', '\\x00'${values})`;
  it("finds T5 an entry inserted, before and after the sealer took it", async () => {
    await tamper(insert("", ""));
    expect((await verifyChain(operator)).fault).toMatchObject({
      kind: "forged",
      eventId: "5eedfeed-0000-4000-8000-000000000001",
    });
    await sealOrganization(operator.organizationId);
    expect((await verifyChain(operator)).fault).toMatchObject({ kind: "forged", seq: 31 });
    await tamper("DELETE FROM audit_events WHERE id = '5eedfeed-0000-4000-8000-000000000001'");
  });
  it.each([
    ["past", "'10'"],
    ["future", "'4000000000000'"],
  ])("finds T5 an entry inserted with a transaction of the %s", async (_, xact) => {
    await tamper(insert(", xact", `, ${xact}`));
    await sealOrganization(operator.organizationId);
    expect((await verifyChain(operator)).fault).toMatchObject({
      kind: "skipped",
      eventId: "5eedfeed-0000-4000-8000-000000000001",
    });
    await tamper("DELETE FROM audit_events WHERE id = '5eedfeed-0000-4000-8000-000000000001'");
  });

  it("finds T8 an older state brought back", async () => {
    const keep = ["audit_events", "audit_links", "audit_heads"];
    await tamper(
      ...keep.map((table) => `CREATE TEMP TABLE old_${table} AS SELECT * FROM ${table} WHERE organization_id = $1`),
    );
    await write(5);
    const checkpoint = await takeCheckpoint(operator, now);
    expect(checkpoint.seq).toBe(35);
    await tamper(
      ...keep.flatMap((table) => [
        `DELETE FROM ${table} WHERE organization_id = $1`,
        `INSERT INTO ${table} SELECT * FROM old_${table}`,
        `DROP TABLE old_${table}`,
      ]),
    );
    expect(await verifyChain(operator)).toMatchObject({ sound: true });
    expect((await verifyChain(operator, { checkpoint })).fault).toMatchObject({ kind: "cut", seq: 31 });
  });

  it("still holds when the chain has grown since", async () => {
    const checkpoint = await takeCheckpoint(operator, now);
    await write(4);
    await sealOrganization(operator.organizationId);
    // The checkpoint's own entry stands after it.
    expect(await verifyChain(operator, { checkpoint })).toMatchObject({ sound: true, entries: 35 });
  });
});

describe("a checkpoint file", () => {
  const refusal = (work: () => unknown) => {
    try {
      work();
    } catch (error) {
      return error instanceof Refused ? error.key : error;
    }
    return null;
  };
  it("refuses what is no checkpoint, foreign, edited or from the future", async () => {
    const point = await takeCheckpoint(operator, now);
    const own = (text: string, at = now) => checkpointFor(readCheckpointFile(text), operator.organizationId, at);
    expect(refusal(() => own(JSON.stringify(point)))).toBeNull();
    expect(refusal(() => own(JSON.stringify([point])))).toBeNull();
    expect(refusal(() => own("not json"))).toBe("audit.checkpoint.unreadable");
    expect(refusal(() => own("{}"))).toBe("audit.checkpoint.unreadable");
    expect(refusal(() => own(JSON.stringify({ ...point, extra: 1 })))).toBe("audit.checkpoint.unreadable");
    expect(refusal(() => own(JSON.stringify({ ...point, seq: point.seq + 1 })))).toBe("audit.checkpoint.changed");
    expect(refusal(() => own(JSON.stringify({ ...point, organization: randomUUID() })))).toBe(
      "audit.checkpoint.foreign",
    );
    const tomorrow = signCheckpoint({ ...point, at: new Date(now.getTime() + 86_400_000).toISOString() });
    expect(refusal(() => own(JSON.stringify(tomorrow)))).toBe("audit.checkpoint.future");
  });
});

describe("verifyAudit and takeCheckpoint", () => {
  it("leave exactly one entry each", async () => {
    const count = async () =>
      Number(
        (
          await owner.query("SELECT count(*) AS n FROM audit_events WHERE organization_id = $1", [
            operator.organizationId,
          ])
        ).rows[0]?.n,
      );
    await verifyAudit(operator);
    expect(await count()).toBe(31);
    await takeCheckpoint(operator, now);
    expect(await count()).toBe(32);
    await sealOrganization(operator.organizationId);
    expect(await verifyChain(operator)).toMatchObject({ sound: true, entries: 32 });
  });
});
