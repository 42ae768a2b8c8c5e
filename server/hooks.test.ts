import { createHash, randomUUID } from "node:crypto";
import { createServer, request as httpRequest, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { gzipSync } from "node:zlib";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PersonActor } from "@/lib/auth/actor";
import { closeDatabase } from "@/lib/db/client";
import { type Credentials, createConnection } from "@/lib/dealers/commands/create-connection";
import { closeConnection, editConnection } from "@/lib/dealers/commands/edit-connection";
import { rotateSecret, rotateToken } from "@/lib/dealers/commands/rotate-connection";
import { sign } from "@/lib/dealers/rules/signature";
import type { CreateConnection } from "@/lib/dealers/schema/connection";
import { handleHook } from "./hooks";

const senderKey = "0123456789abcdef0123456789abcdef01234567";
const organizationId = randomUUID();
const channelId = randomUUID();
const admin: PersonActor = {
  kind: "person",
  personId: randomUUID(),
  organizationId,
  role: "CLIENT_ADMIN",
  signInId: randomUUID(),
  address: "192.0.2.1",
};
let owner: pg.Client;
let server: Server;
let port: number;

beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=UTC" });
  await owner.connect();
  await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, 'ours', '우리')", [organizationId]);
  await owner.query(
    "INSERT INTO channels (id, organization_id, search_id, name, sender_key) VALUES ($1, $2, 'ours', '우리', $3)",
    [channelId, organizationId, senderKey],
  );
  server = createServer((request, response) => void handleHook(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await owner.end();
  await closeDatabase();
});

const open = (format: CreateConnection["format"], more: Partial<CreateConnection> = {}): Promise<Credentials> =>
  createConnection(admin, { channelId, format, allowedFrom: [], signed: false, ...more });

type Sent = { status: number; body: string; headers: Headers };
async function post(
  path: string,
  body: string | Uint8Array,
  headers: Record<string, string> = {},
  method = "POST",
): Promise<Sent> {
  const init = { method, headers: { "content-type": "application/json", ...headers } };
  const response = await fetch(
    `http://127.0.0.1:${port}/hooks/${path}`,
    method === "POST" ? { ...init, body: body as BodyInit } : init,
  );
  return { status: response.status, body: await response.text(), headers: response.headers };
}
const asides = async (connectionId: string) =>
  (
    await owner.query(
      "SELECT reason, event, shape, sha256, bytes, times FROM set_asides WHERE connection_id = $1 ORDER BY at, id",
      [connectionId],
    )
  ).rows;
const sessionOf = async (externalId: string) =>
  (
    await owner.query("SELECT * FROM consult_sessions WHERE channel_id = $1 AND external_id = $2", [
      channelId,
      externalId,
    ])
  ).rows[0];

const happytalkMessage = (sessionId: string, serial: string, content = "상담문의 드립니다.") =>
  `{"user_key":"MZjEVK4x18_V","session_id":"${sessionId}","sender_key":"${senderKey}","time":${Date.now()},"serial_number":${serial},"type":"text","content":"${content}"}`;
const canonicalEvent = (id: string, more: object = {}) => ({
  id,
  type: "message.received",
  at: "2026-11-20T10:00:00+09:00",
  senderKey,
  userKey: "MZjEVK4x18_V",
  sessionId: `c-${id}`,
  message: { serial: id, kind: "text", text: "안녕하세요" },
  ...more,
});

describe("a dealer's hook", () => {
  it("answers Infobank as its documents say, once it is stored", async () => {
    const { token, connectionId } = await open("infobank");
    const event = `{"msgKey":"260322090000001","userKey":"AbC12dEf34_G","senderKey":"${senderKey}","serviceType":"CSTALK","msgType":"REFERENCE",
      "kakaoTime":"2026-11-20T09:00:00.000+09:00","sessionId":"i-1","reference":{"extra":"pl_home"}}`;
    const sent = await post(`${token}/cstalk/reference`, event);
    expect([sent.status, sent.body]).toEqual([200, '{"code":"A000","result":"Success"}']);
    expect(await sessionOf("i-1")).toMatchObject({ extra: "pl_home", connection_id: connectionId });
    expect(await asides(connectionId)).toEqual([]);
  });

  it("answers HappyTalk as its documents say, and keeps every digit", async () => {
    const { token } = await open("happytalk");
    const sent = await post(`${token}/message`, happytalkMessage("h-1", "1689884130894833201"));
    expect([sent.status, sent.body]).toEqual([200, '{"code":0}']);
    const other = await post(`${token}/message`, happytalkMessage("h-1", "1689884130894833202"));
    expect(other.status).toBe(200);
    expect((await sessionOf("h-1")).message_count).toBe(2);
  });

  it("says nothing of tokens: wrong, malformed, closed, called from elsewhere are alike", async () => {
    const elsewhere = await open("happytalk", { allowedFrom: ["203.0.113.0/24"] });
    const closed = await open("happytalk");
    await closeConnection(admin, closed.connectionId, new Date());
    const body = happytalkMessage("x-1", "1");
    const answers = await Promise.all(
      ["A".repeat(43), "short", "", elsewhere.token, closed.token].map((token) => post(`${token}/message`, body)),
    );
    expect(new Set(answers.map(({ status, body: said }) => `${status} ${said}`))).toEqual(
      new Set(['404 {"error":"not_found"}']),
    );
    expect((await post(`${elsewhere.token}/message`, "", {}, "GET")).status).toBe(405);
    expect((await post(`${elsewhere.token}/message`, "", {}, "GET")).headers.get("allow")).toBe("POST");
    await editConnection(admin, { connectionId: elsewhere.connectionId, version: 1, allowedFrom: ["127.0.0.0/8"] });
    expect((await post(`${elsewhere.token}/message`, body)).status).toBe(200);
  });

  it("refuses what is too large, packed, no UTF-8 or no JSON", async () => {
    const { token, connectionId } = await open("happytalk");
    const canonical = await open("canonical");
    expect((await post(`${token}/message`, "x".repeat(1_048_577))).status).toBe(413);
    expect(await chunked(`${token}/message`, 2_000_000)).toBe(413);
    expect((await post(`${canonical.token}/events`, "x".repeat(8_388_609))).status).toBe(413);
    expect((await post(`${token}/message`, gzipSync("{}"), { "content-encoding": "gzip" })).status).toBe(415);
    expect((await post(`${token}/message`, Buffer.from([0x7b, 0xff, 0x7d]))).status).toBe(400);
    for (const text of ["", "{", '{"a":1,"a":2}', "[".repeat(100_000), "1e999"]) {
      expect((await post(`${token}/message`, text)).status, text.slice(0, 10)).toBe(400);
    }
    expect(await asides(connectionId)).toEqual([]);
  });

  it("sets aside what it does not know: shape and hash, never content", async () => {
    const { token, connectionId } = await open("infobank");
    const wrongKey = `{"msgKey":"1","userKey":"u","senderKey":"ffff","kakaoTime":"2026-11-20T09:00:00+09:00","sessionId":"s","msgType":"TEXT","content":"비밀 표식"}`;
    const sent = [
      ["cstalk/message", wrongKey],
      ["cstalk/message", '{"msgKey":"1","content":"비밀 표식"}'],
      ["cstalk/brand_new", '{"text":"비밀 표식"}'],
      ["alimtalk/report", '{"text":"비밀 표식"}'],
      ["cstalk/personal_info", '{"userKey":"u","personalInfo":{"phone_number":"01000000000","nickname":"비밀 표식"}}'],
    ] as const;
    for (const [path, body] of [...sent, ...sent]) {
      expect((await post(`${token}/${path}`, body)).body).toBe('{"code":"A000","result":"Success"}');
    }
    const rows = await asides(connectionId);
    expect(rows.map(({ reason, event, times }) => [reason, event, times])).toEqual([
      ["unknown_channel", "cstalk/message", 2],
      ["invalid_shape", "cstalk/message", 2],
      ["unknown_event", "cstalk/brand_new", 2],
      ["out_of_scope", "alimtalk/report", 2],
      ["personal_info", "cstalk/personal_info", 2],
    ]);
    expect(rows[0].shape).toMatchObject({ userKey: "string", content: "string" });
    expect(rows[0].sha256).toBe(createHash("sha256").update(wrongKey).digest("hex"));
    expect(JSON.stringify(rows)).not.toMatch(/비밀|01000000000/);
  });

  it("keeps nothing at all of an identity result", async () => {
    const { token, connectionId } = await open("infobank");
    const before = await rowCounts();
    const sent = await post(`${token}/cstalk/cert_result`, '{"certTxId":"tx","certResult":"bWFya2Vy"}');
    expect(sent.body).toBe('{"code":"A000","result":"Success"}');
    expect(await asides(connectionId)).toEqual([
      { reason: "identity_result", event: "cert_result", shape: {}, sha256: "", bytes: 0, times: 1 },
    ]);
    expect(await rowCounts()).toEqual(before);
  });

  it("takes an event with fields it does not know, and notes their names", async () => {
    const { token, connectionId } = await open("happytalk");
    const body = (agent: string, serial: number) =>
      `{"user_key":"u","session_id":"f-1","sender_key":"${senderKey}","time":1763600000000,"serial_number":${serial},"type":"text","content":"a","agent_name":"${agent}"}`;
    await post(`${token}/message`, body("홍길동", 1));
    await post(`${token}/message`, body("김철수", 2));
    expect((await sessionOf("f-1")).message_count).toBe(2);
    expect(await asides(connectionId)).toMatchObject([
      { reason: "unknown_fields", shape: { agent_name: "string" }, times: 2 },
    ]);
  });

  it("stores the same event once, a hundred times in parallel, and says the same each time", async () => {
    const { token } = await open("canonical");
    const sent = await Promise.all(
      Array.from({ length: 100 }, () => post(`${token}/events`, JSON.stringify([canonicalEvent("same")]))),
    );
    expect(new Set(sent.map(({ status, body }) => `${status} ${body}`)).size).toBe(1);
    expect(sent[0]?.status).toBe(200);
    expect((await sessionOf("c-same")).message_count).toBe(1);
    const other = await post(
      `${token}/events`,
      JSON.stringify(canonicalEvent("same", { message: { serial: "same", kind: "text", text: "다른 말" } })),
    );
    expect([other.status, JSON.parse(other.body).results]).toEqual([
      409,
      [{ id: "same", result: "conflict", reason: "conflicting_repeat" }],
    ]);
  });

  it("takes a canonical batch event by event", async () => {
    const { token, connectionId } = await open("canonical");
    const lines = [
      JSON.stringify(canonicalEvent("b1")),
      "{not json",
      JSON.stringify(canonicalEvent("b2", { type: "message.edited" })),
      JSON.stringify(canonicalEvent("b3", { senderKey: "ffff" })),
      JSON.stringify(canonicalEvent("b1", { message: { serial: "b1", kind: "text", text: "다른 말" } })),
      JSON.stringify(canonicalEvent("b4", { type: "session.ended", message: undefined, sessionId: "c-b1" })),
    ];
    const sent = await post(`${token}/events`, lines.join("\n"), { "content-type": "application/x-ndjson" });
    expect([sent.status, JSON.parse(sent.body)]).toEqual([
      200,
      {
        stored: 2,
        refused: 4,
        results: [
          { id: "b1", result: "stored" },
          { id: null, result: "malformed" },
          { id: "b2", result: "set_aside", reason: "unknown_event" },
          { id: "b3", result: "set_aside", reason: "unknown_channel" },
          { id: "b1", result: "conflict", reason: "conflicting_repeat" },
          { id: "b4", result: "stored" },
        ],
      },
    ]);
    expect(await asides(connectionId)).toHaveLength(3);
    expect((await post(`${token}/events`, "{}\n".repeat(1_001))).status).toBe(413);
    expect((await post(`${token}/elsewhere`, "{}")).status).toBe(404);
  });

  it("asks for a signature where a secret was made, and takes the old one for a day", async () => {
    const { token, secret, connectionId } = await open("canonical", { signed: true });
    const body = JSON.stringify([canonicalEvent("signed")]);
    const signed = (with_: string, text = body) => {
      const timestamp = String(Math.floor(Date.now() / 1_000));
      return post(`${token}/events`, text, {
        "webhook-id": "m1",
        "webhook-timestamp": timestamp,
        "webhook-signature": sign(with_, "m1", timestamp, Buffer.from(body)),
      });
    };
    expect((await signed(secret ?? "")).status).toBe(200);
    expect((await signed(secret ?? "", `${body} `)).status).toBe(401);
    expect((await post(`${token}/events`, body)).status).toBe(401);
    const next = await rotateSecret(admin, connectionId, new Date());
    expect((await signed(secret ?? "")).status).toBe(200);
    expect((await signed(next.secret ?? "")).status).toBe(200);
    await owner.query("UPDATE dealer_connections SET old_secret_until = now() - interval '1 second' WHERE id = $1", [
      connectionId,
    ]);
    expect((await signed(secret ?? "")).status).toBe(401);
    const kept = await owner.query("SELECT t::text AS row FROM dealer_connections t WHERE id = $1", [connectionId]);
    expect(kept.rows[0].row).not.toContain(Buffer.from(secret ?? "").toString("hex"));
  });

  it("asks to come again, in time for the dealer, when it cannot store", async () => {
    const { token } = await open("happytalk");
    const blocker = new pg.Client({ connectionString: process.env.DATABASE_URL });
    await blocker.connect();
    await blocker.query("BEGIN; LOCK TABLE consult_sessions");
    const started = performance.now();
    const sent = await post(`${token}/message`, happytalkMessage("w-1", "21"));
    expect([sent.status, sent.headers.get("retry-after")]).toEqual([503, "5"]);
    expect(performance.now() - started).toBeLessThan(5_000);
    await blocker.end();
    expect((await post(`${token}/message`, happytalkMessage("w-1", "21"))).status).toBe(200);
    expect((await sessionOf("w-1")).message_count).toBe(1);
  });

  it("lets the old address work until its day is over", async () => {
    const { token, connectionId } = await open("happytalk");
    const next = await rotateToken(admin, connectionId, new Date());
    expect((await post(`${token}/message`, happytalkMessage("r-1", "11"))).status).toBe(200);
    expect((await post(`${next.token}/message`, happytalkMessage("r-1", "12"))).status).toBe(200);
    await owner.query(
      "UPDATE dealer_tokens SET expires_at = now() - interval '1 second' WHERE connection_id = $1 AND expires_at IS NOT NULL",
      [connectionId],
    );
    expect((await post(`${token}/message`, happytalkMessage("r-1", "13"))).status).toBe(404);
    expect((await post(`${next.token}/message`, happytalkMessage("r-1", "14"))).status).toBe(200);
    const kept = await owner.query("SELECT string_agg(t::text, ' ') AS rows FROM dealer_tokens t");
    for (const clear of [token, next.token]) expect(kept.rows[0].rows).not.toContain(clear);
  });
});

async function rowCounts(): Promise<unknown> {
  const { rows } = await owner.query(
    "SELECT (SELECT count(*) FROM consult_sessions) AS sessions, (SELECT count(*) FROM messages) AS messages, (SELECT count(*) FROM event_receipts) AS receipts",
  );
  return rows[0];
}

/** Sends bytes without a length until the server answers. */
function chunked(path: string, bytes: number): Promise<number> {
  return new Promise((resolve, reject) => {
    const sending = httpRequest({ port, host: "127.0.0.1", path: `/hooks/${path}`, method: "POST" }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sending.on("error", reject);
    for (let sent = 0; sent < bytes; sent += 100_000) sending.write(Buffer.alloc(100_000, 0x20));
    sending.end();
  });
}
