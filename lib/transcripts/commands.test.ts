import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openMessage, openSessionKey, openUserKey } from "@/lib/archive/seal";
import type { DealerActor, PersonActor } from "@/lib/auth/actor";
import { closeDatabase } from "@/lib/db/client";
import { Forbidden } from "@/lib/errors";
import { ingestEvents } from "./commands/ingest-events";
import type { ConsultEvent } from "./schema";

const marker = "표식-7f3a 주문번호 20261122-31";
const userKey = "MZjEVK4x18_V";
let owner: pg.Client;
let ours: Setting;
let theirs: Setting;

type Setting = { organizationId: string; channelId: string; placementId: string; code: string; dealer: DealerActor };

async function makeSetting(slug: string): Promise<Setting> {
  const [organizationId, channelId, connectionId, placementId] = [
    randomUUID(),
    randomUUID(),
    randomUUID(),
    randomUUID(),
  ];
  const code = `pl_${slug}_1`;
  await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, $2, $2)", [organizationId, slug]);
  await owner.query("INSERT INTO channels (id, organization_id, search_id, name) VALUES ($1, $2, $3, $3)", [
    channelId,
    organizationId,
    slug,
  ]);
  await owner.query(
    "INSERT INTO dealer_connections (id, organization_id, channel_id, format, created_by) VALUES ($1, $2, $3, 'canonical', 'test')",
    [connectionId, organizationId, channelId],
  );
  await owner.query(
    "INSERT INTO placements (id, organization_id, channel_id, code, name, medium, owner_id) VALUES ($1, $2, $3, $4, 'place', 'offline', $5)",
    [placementId, organizationId, channelId, code, randomUUID()],
  );
  return {
    organizationId,
    channelId,
    placementId,
    code,
    dealer: { kind: "dealer", connectionId, organizationId, address: "192.0.2.9" },
  };
}

beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=UTC" });
  await owner.connect();
  ours = await makeSetting("ours");
  theirs = await makeSetting("theirs");
});
afterAll(async () => {
  await owner.end();
  await closeDatabase();
});

const now = new Date("2026-11-22T03:00:00Z");
const message = (sessionId: string | null, serial: string, more: Partial<ConsultEvent> = {}): ConsultEvent => ({
  key: `message:${serial}`,
  digest: marker,
  kind: "message",
  sessionId,
  userKey,
  at: new Date("2026-11-22T02:00:00Z"),
  extra: null,
  entry: null,
  reason: null,
  direction: "in",
  row: "text",
  content: { serial, text: marker },
  ...more,
});
const other = (
  kind: "opened" | "ended" | "note",
  sessionId: string | null,
  more: Partial<ConsultEvent> = {},
): ConsultEvent => ({
  ...message(sessionId, `${kind}-${sessionId}`, { key: `${kind}:${sessionId}`, digest: "" }),
  kind,
  direction: "note",
  row: null,
  content: null,
  ...more,
});
const take = (events: ConsultEvent[], setting = ours) => ingestEvents(setting.dealer, setting.channelId, events, now);
const sessionOf = async (externalId: string, channelId = ours.channelId) =>
  (
    await owner.query("SELECT * FROM consult_sessions WHERE channel_id = $1 AND external_id = $2", [
      channelId,
      externalId,
    ])
  ).rows[0];
const messagesOf = async (sessionId: string) =>
  (await owner.query("SELECT * FROM messages WHERE session_id = $1 ORDER BY at, id", [sessionId])).rows;

describe("ingesting events", () => {
  it("opens a session with its place, and keeps what was said sealed", async () => {
    const results = await take([
      other("opened", "100", { extra: ours.code, at: new Date("2026-11-22T01:59:00Z") }),
      message("100", "1689884130894833200"),
      message("100", "1689884130894833201", { direction: "out", at: new Date("2026-11-22T02:01:00Z") }),
    ]);
    expect(results).toEqual([{ stored: true }, { stored: true }, { stored: true }]);
    const session = await sessionOf("100");
    expect(session).toMatchObject({
      extra: ours.code,
      placement_id: ours.placementId,
      opened_by: "reference",
      message_count: 2,
      returning: false,
    });
    expect(session.opened_at).toEqual(new Date("2026-11-22T01:59:00Z"));
    const { ring, wrapped } = (await owner.query("SELECT * FROM session_keys WHERE session_id = $1", [session.id]))
      .rows[0];
    expect(ring).toBe("open-2026-11-22");
    const key = openSessionKey(ours.organizationId, session.id, { ring, wrapped });
    if (!key) throw new Error("no key");
    expect(openUserKey(key, session.id, session.user_sealed)).toBe(userKey);
    const [first] = await messagesOf(session.id);
    const place = { sessionId: session.id, direction: first.direction, kind: first.kind, at: first.at };
    expect(openMessage(key, place, first.sealed)).toEqual({ serial: "1689884130894833200", text: marker });
    expect(() => openMessage(key, { ...place, direction: "out" }, first.sealed)).toThrow();
  });

  it("leaves nothing in clear in any table", async () => {
    await take([message("101", "clear-1"), other("ended", "101", { key: `ended:${marker}`, reason: "agent" })]);
    const tables = await owner.query<{ name: string }>(
      "SELECT c.oid::regclass::text AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE c.relkind = 'r' AND n.nspname = 'public'",
    );
    for (const { name } of tables.rows) {
      for (const text of [userKey, "표식-7f3a", "1689884130894833200"]) {
        const found = await owner.query(
          `SELECT 1 FROM ${name} t WHERE strpos(t::text, $1) > 0 OR strpos(t::text, encode(convert_to($1, 'UTF8'), 'hex')) > 0`,
          [text],
        );
        expect(`${name} ${found.rowCount}`).toBe(`${name} 0`);
      }
    }
  });

  it("stores the same event once, a hundred times in parallel", async () => {
    const results = await Promise.all(Array.from({ length: 100 }, () => take([message("102", "same")])));
    expect(results.flat()).toEqual(Array.from({ length: 100 }, () => ({ stored: true })));
    const session = await sessionOf("102");
    expect(session.message_count).toBe(1);
    expect(await messagesOf(session.id)).toHaveLength(1);
  });

  it("refuses the same id with other content, alone and within a batch", async () => {
    expect(await take([message("103", "twice"), message("103", "twice", { digest: "other" })])).toEqual([
      { stored: true },
      { stored: false, reason: "conflicting_repeat" },
    ]);
    expect(await take([message("103", "twice", { digest: "other" }), message("103", "twice")])).toEqual([
      { stored: false, reason: "conflicting_repeat" },
      { stored: true },
    ]);
    expect((await sessionOf("103")).message_count).toBe(1);
  });

  it("makes the same session whatever comes first", async () => {
    const events = [
      other("opened", "104", { extra: "pl_elsewhere", at: new Date("2026-11-21T14:58:00Z") }),
      message("104", "o-1", { at: new Date("2026-11-21T15:05:00Z") }),
      message("104", "o-2", { at: new Date("2026-11-21T15:06:00Z") }),
      other("ended", "104", { at: new Date("2026-11-21T15:30:00Z") }),
    ];
    for (const event of events.toReversed()) await take([event]);
    const session = await sessionOf("104");
    expect(session).toMatchObject({
      opened_by: "reference",
      extra: "pl_elsewhere",
      placement_id: null,
      message_count: 2,
    });
    expect(session.opened_at).toEqual(new Date("2026-11-21T14:58:00Z"));
    expect(session.ended_at).toEqual(new Date("2026-11-21T15:30:00Z"));
    const days = await owner.query(
      "SELECT day::text, sessions, messages FROM consult_days WHERE channel_id = $1 AND day = '2026-11-21'",
      [ours.channelId],
    );
    expect(days.rows).toEqual([{ day: "2026-11-21", sessions: 1, messages: 0 }]);
  });

  it("knows the same user again in the same channel alone", async () => {
    const again = { userKey: "ReturnsOften1" };
    await take([message("200", "r-2", { ...again, at: new Date("2026-11-20T02:00:00Z") })]);
    await take([message("201", "r-3", { ...again, at: new Date("2026-11-21T02:00:00Z") })]);
    await take([message("199", "r-1", { ...again, at: new Date("2026-11-19T02:00:00Z") })]);
    await take([message("200", "r-2", { ...again, at: new Date("2026-11-20T02:00:00Z") })], theirs);
    expect((await sessionOf("199")).returning).toBe(false);
    expect((await sessionOf("200")).returning).toBe(true);
    expect((await sessionOf("201")).returning).toBe(true);
    expect((await sessionOf("200", theirs.channelId)).returning).toBe(false);
    const cased = await take([message("202", "r-4", { userKey: "returnsoften1" })]);
    expect(cased).toEqual([{ stored: true }]);
    expect((await sessionOf("202")).returning).toBe(false);
  });

  it("puts an event without a session id to the user's open session, or opens one", async () => {
    const nameless = { userKey: "NamelessUser" };
    expect(await take([other("note", null, { ...nameless, key: "seen:1", row: "seen", content: {} })])).toEqual([
      { stored: false, reason: "no_session" },
    ]);
    await take([message("300", "n-1", nameless)]);
    await take([message(null, "n-2", nameless), message(null, "n-3", { userKey: "NobodyYet" })]);
    expect((await sessionOf("300")).message_count).toBe(2);
    const opened = await owner.query("SELECT count(*)::int AS n FROM consult_sessions WHERE external_id LIKE '~%'");
    expect(opened.rows[0].n).toBe(1);
  });

  it("puts nobody's message into another user's session, and says so again the second time", async () => {
    await take([message("400", "u-1")]);
    for (let time = 0; time < 2; time += 1) {
      expect(await take([message("400", "u-2", { userKey: "Somebody_else" })])).toEqual([
        { stored: false, reason: "other_user" },
      ]);
    }
    expect((await sessionOf("400")).message_count).toBe(1);
  });

  it("takes a thousand at once and counts them", async () => {
    const events = Array.from({ length: 1000 }, (_, i) =>
      message(`k-${i % 50}`, `k-${i}`, { userKey: `user${i % 50}` }),
    );
    expect((await take(events, theirs)).every(({ stored }) => stored)).toBe(true);
    const sums = await owner.query(
      "SELECT count(*)::int AS sessions, sum(message_count)::int AS messages FROM consult_sessions WHERE channel_id = $1 AND external_id LIKE 'k-%'",
      [theirs.channelId],
    );
    expect(sums.rows[0]).toEqual({ sessions: 50, messages: 1000 });
  });

  it("is a dealer's alone, and writes into its own organization alone", async () => {
    const person: PersonActor = {
      kind: "person",
      personId: randomUUID(),
      organizationId: ours.organizationId,
      role: "CLIENT_ADMIN",
      signInId: randomUUID(),
      address: "192.0.2.1",
    };
    await expect(ingestEvents(person as never, ours.channelId, [message("500", "p-1")], now)).rejects.toBeInstanceOf(
      Forbidden,
    );
    await expect(ingestEvents(ours.dealer, theirs.channelId, [message("501", "p-2")], now)).rejects.toThrow();
    expect(await sessionOf("501", theirs.channelId)).toBeUndefined();
  });

  it("says that a session whose key is destroyed takes nothing more", async () => {
    await take([message("600", "d-1")]);
    await owner.query("DELETE FROM session_keys WHERE session_id = $1", [(await sessionOf("600")).id]);
    expect(await take([message("600", "d-2")])).toEqual([{ stored: false, reason: "destroyed" }]);
  });
});
