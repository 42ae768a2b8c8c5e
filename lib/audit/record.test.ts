import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Actor } from "@/lib/auth/actor";
import { change, ingest } from "@/lib/auth/door";
import { closeDatabase } from "@/lib/db/client";
import { type AuditEntry, canonicalJson, recordEvent, textMac } from "./record";

const organizationId = randomUUID();
const operator: Actor = { kind: "operator", name: "root", organizationId };
let owner: pg.Client;

beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=Asia/Seoul" });
  await owner.connect();
  await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, 'ours', '우리')", [organizationId]);
});
afterAll(async () => {
  await owner.end();
  await closeDatabase();
});

async function recorded(...entries: AuditEntry[]) {
  const ids = entries.map((entry) => entry.target.id);
  await change(operator, "organization:settings", async (_, record) => {
    for (const entry of entries) await record(entry);
  });
  const { rows } = await owner.query<{ text: string; mac: Buffer; target: string; reason: string; at: string }>(
    `SELECT damso_audit_text(e) AS text, mac, target_id AS target, reason, extract(epoch FROM at)::text AS at
     FROM audit_events e WHERE target_id = ANY ($1) ORDER BY at`,
    [ids],
  );
  return rows;
}

describe("recordEvent", () => {
  const hostile = [
    "plain",
    'quote " backslash \\ slash / tab \t newline \n return \r',
    "control \u0001\u001f\u007f\u0085 separators \u2028\u2029",
    "한글 NFD \u1112\u1161\u11ab emoji 👩‍👩‍👧‍👦 bidi \u202e",
    '%s %{x} \u001b[31m {"a":1}',
    "lone \ud800 and \udc00 and NUL \u0000",
    "'; DROP TABLE audit_events; --",
    "x".repeat(1_000_000),
  ];
  it.each(hostile.map((text) => [text.slice(0, 20), text]))(
    "keeps a MAC that the stored row confirms: %j",
    async (_, text) => {
      const target = { kind: "test", id: randomUUID() };
      const [row] = await recorded({
        action: "test.recorded",
        target,
        reason: text,
        subject: text,
        body: { text: text.slice(0, 500) },
      });
      expect(row && Buffer.from(textMac(row.text)).equals(row.mac)).toBe(true);
      expect((JSON.parse(row?.text ?? "[]") as string[])[8]).toBe("test");
      expect(row?.reason.length).toBeLessThanOrEqual(2_000);
    },
  );

  it("keeps the order in which one transaction recorded", async () => {
    const targets = Array.from({ length: 20 }, (_, n) => ({ kind: "test", id: `${n}-${randomUUID()}` }));
    const rows = await recorded(...targets.map((target) => ({ action: "test.recorded" as const, target })));
    expect(rows.map((row) => row.target)).toEqual(targets.map((target) => target.id));
    expect(new Set(rows.map((row) => row.at)).size).toBe(20);
  });

  it("keeps a MAC for an instant of the past", async () => {
    const id = randomUUID();
    const at = new Date("2024-02-29T01:02:03.004Z");
    await ingest(operator, "organization:settings", (tx) =>
      recordEvent(tx, operator, { action: "test.recorded", target: { kind: "test", id } }, at),
    );
    const { rows } = await owner.query<{ text: string; mac: Buffer; at: Date }>(
      "SELECT damso_audit_text(e) AS text, mac, at FROM audit_events e WHERE target_id = $1",
      [id],
    );
    expect(rows[0]?.at).toEqual(at);
    expect(rows[0] && Buffer.from(textMac(rows[0].text)).equals(rows[0].mac)).toBe(true);
  });

  it("refuses a body that holds content", async () => {
    const target = { kind: "test", id: randomUUID() };
    await expect(recorded({ action: "test.recorded", target, body: { text: "x".repeat(20_000) } })).rejects.toThrow(
      /too long/,
    );
  });
});

describe("canonicalJson", () => {
  it("does not depend on the order of keys", () => {
    expect(canonicalJson({ b: [1, { z: null, a: true }], a: "가" })).toBe('{"a":"가","b":[1,{"a":true,"z":null}]}');
    expect(canonicalJson({ b: 1, a: 2 })).toBe(canonicalJson({ a: 2, b: 1 }));
  });
});
