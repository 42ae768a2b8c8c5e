// Dealers' webhooks (trust.md F, P-50 to P-54). The token is the credential; signatures are the canonical format's own.
import { createHash, randomBytes } from "node:crypto";
import { gzipSync } from "node:zlib";
import { expect, test } from "@playwright/test";
import { createConnection } from "@/lib/dealers/commands/create-connection";
import { sign } from "@/lib/dealers/rules/signature";
import type { Format } from "@/lib/dealers/schema/connection";
import { type Answer, base, Caller } from "../harness-caller";
import { type Company, openCompany } from "../harness-company";
import { changedTables, owner, row, rows, rowsWith, stateOf } from "../harness-database";
import { formWith, submit } from "../harness-form";
import { type Event, freshId, opened, post, tell, wrote } from "../harness-hook";
import { say } from "../probes/probe";

let company: Company;
test.beforeAll(async () => {
  company = await openCompany();
});

const count = async (text: string, ...values: unknown[]) => Number((await row<{ n: string }>(text, values)).n);
const sessions = (externalId: unknown) =>
  count("SELECT count(*) n FROM consult_sessions WHERE external_id = $1", externalId);
const results = (answer: Answer) =>
  (JSON.parse(answer.text) as { results: { result: string; reason?: string }[] }).results;

async function connect(format: Format, allowedFrom: string[] = []): Promise<{ connectionId: string; token: string }> {
  const { connectionId, token } = await createConnection(company.people.CLIENT_ADMIN.actor, {
    ...{ channelId: company.channelId, format, allowedFrom, signed: false },
  });
  return { connectionId, token: token ?? "" };
}

/** Presses a button of the connection's page that shows something once. */
async function rotate(connectionId: string, what: "address" | "secret"): Promise<{ shown: string; page: Answer }> {
  const { caller } = company.people.CLIENT_ADMIN;
  const page = `/dealers/${connectionId}`;
  const answer = await submit(caller, formWith(await caller.get(page), page, {}, say(`dealers.${what}.submit`)));
  const shown =
    what === "address"
      ? /\/hooks\/([A-Za-z0-9_-]{43})/.exec(answer.text)?.[1]
      : /whsec_[A-Za-z0-9+/=]+/.exec(answer.text)?.[0];
  expect(shown).toBeDefined();
  return { shown: shown ?? "", page: await caller.get(page) };
}

test.describe("signatures (P-50)", () => {
  test("only the right one, over these bytes, within five minutes, is taken", async () => {
    const { connectionId, token } = await connect("canonical");
    const { shown: secret } = await rotate(connectionId, "secret");
    const other = `whsec_${randomBytes(32).toString("base64")}`;
    const now = () => Math.floor(Date.now() / 1_000);
    const send = (given: { body?: string; sent?: string; by?: string; at?: number; id?: string; without?: string }) => {
      const body = given.body ?? JSON.stringify([opened(company)]);
      const id = given.id ?? freshId();
      const timestamp = String(given.at ?? now());
      const headers: Record<string, string | undefined> = {
        "webhook-id": id,
        "webhook-timestamp": timestamp,
        "webhook-signature": sign(given.by ?? secret, id, timestamp, Buffer.from(body)),
      };
      if (given.without) headers[given.without] = undefined;
      return post(token, "/events", given.sent ?? body, headers);
    };
    const before = await stateOf(company.id);
    const body = JSON.stringify([opened(company)]);
    const refused = [
      ...["webhook-id", "webhook-timestamp", "webhook-signature"].map((without) => send({ without })),
      ...[
        send({ by: other }),
        send({ by: "whsec_" }),
        send({ body, sent: `${body} ` }),
        send({ body, sent: body.replace("AbC", "AbD") }),
      ],
      ...[
        send({ body, sent: JSON.stringify(JSON.parse(body), null, 1) }),
        send({ at: now() - 302 }),
        send({ at: now() + 303 }),
      ],
      ...[send({ at: -1 }), send({ at: 9e15 }), send({ id: "x".repeat(300) })],
    ];
    expect((await Promise.all(refused)).map(({ status }) => status)).toEqual(refused.map(() => 401));
    expect(changedTables(before, await stateOf(company.id))).toEqual([]);
    for (const at of [now(), now() - 297, now() + 298]) expect((await send({ at })).status).toBe(200);

    const { shown: second } = await rotate(connectionId, "secret");
    for (const by of [secret, second]) expect((await send({ by })).status).toBe(200);
    await (await owner()).query("UPDATE dealer_connections SET old_secret_until = now() WHERE id = $1", [connectionId]);
    expect([(await send({ by: secret })).status, (await send({ by: second })).status]).toEqual([401, 200]);
    const kept = await rows<{ text: string }>(
      "SELECT c::text || encode(secret_sealed, 'escape') AS text FROM dealer_connections c WHERE id = $1",
      [connectionId],
    );
    for (const one of [secret, second])
      for (const form of [
        one,
        one.slice(6),
        Buffer.from(one.slice(6), "base64").toString("hex"),
        Buffer.from(one).toString("hex"),
      ])
        expect(kept[0]?.text).not.toContain(form);
  });
});

test.describe("the same event again (P-51)", () => {
  test("a hundred times at once is stored once, answered alike; another body under its id is a conflict", async () => {
    const event = opened(company);
    const answers = await Promise.all(Array.from({ length: 100 }, () => tell(company, event)));
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect([answers[0]?.status, await sessions(event.sessionId)]).toEqual([200, 1]);
    const message = wrote(company, String(event.sessionId), "같은 말");
    const again = await Promise.all(Array.from({ length: 20 }, () => tell(company, message)));
    expect(new Set(again.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    const conflict = await tell(company, { ...message, message: { ...(message.message as object), text: "다른 말" } });
    expect([conflict.status, results(conflict)[0]?.result]).toEqual([409, "conflict"]);
    const { messages } = await row<{ messages: number }>(
      "SELECT counted AS messages FROM check_sessions WHERE session = $1",
      [event.sessionId],
    );
    expect(messages).toBe(1);
  });

  test("the same for a dealer's own formats, which are told that it arrived", async () => {
    for (const [format, path, ok, make] of dealers()) {
      const { token } = await connect(format);
      const [session, body] = make();
      const answers = await Promise.all(Array.from({ length: 30 }, () => post(token, path, JSON.stringify(body))));
      for (const { status, text } of answers) expect([format, status, JSON.parse(text)]).toEqual([format, 200, ok]);
      expect([format, await sessions(session)]).toEqual([format, 1]);
    }
  });
});

type Made = [session: string, body: Record<string, unknown>];

/** A consult's beginning, in each dealer's own words. */
function dealers(): [Format, string, object, () => Made][] {
  const number = () => String(1e8 + Math.floor(Math.random() * 8e8));
  return [
    [
      "infobank",
      "/cstalk/reference",
      { code: "A000", result: "Success" },
      () => {
        const sessionId = number();
        const kakaoTime = new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 19);
        const { senderKey, code: extra } = company;
        return [
          sessionId,
          {
            msgKey: freshId(),
            serviceType: "CSTALK",
            userKey: "AbC12",
            senderKey,
            sessionId,
            kakaoTime,
            reference: { extra },
          },
        ];
      },
    ],
    [
      "happytalk",
      "/reference",
      { code: 0 },
      () => {
        const session_id = number();
        const { senderKey: sender_key, code: extra } = company;
        return [session_id, { user_key: "AbC12", session_id, sender_key, time: Date.now(), reference: { extra } }];
      },
    ],
  ];
}

test.describe("odd events are kept or set aside, never lost, never a fault (P-52)", () => {
  test("unknown fields, unknown events, an end before its beginning, messages before their session", async () => {
    const sessionId = freshId();
    const ended = { ...opened(company, { type: "session.ended", reason: "user_left" }), extra: undefined, sessionId };
    expect(results(await tell(company, ended))[0]?.result).toBe("stored");
    expect(results(await tell(company, wrote(company, sessionId, "늦게 온 말")))[0]?.result).toBe("stored");
    expect(results(await tell(company, opened(company, { sessionId, mood: "sunny" })))[0]?.result).toBe("stored");
    const {
      messages,
      ended: over,
      placement,
    } = await row<{ messages: number; ended: Date | null; placement: string | null }>(
      "SELECT counted AS messages, ended, placement FROM check_sessions WHERE session = $1",
      [sessionId],
    );
    expect([messages, over instanceof Date, placement]).toEqual([1, true, company.code]);

    const odd: [Event, string][] = [
      [{ id: freshId(), type: "message.edited", senderKey: company.senderKey }, "unknown_event"],
      [{ ...opened(company), senderKey: "f".repeat(40) }, "unknown_channel"],
      [{ ...opened(company), at: "yesterday" }, "invalid_shape"],
      [{ ...opened(company), at: "1999-01-01T00:00:00Z" }, "invalid_shape"],
      [{ ...opened(company), userKey: "x".repeat(21) }, "invalid_shape"],
      [{ ...wrote(company, sessionId, "x"), message: { serial: "1", kind: "alimtalk", text: "x" } }, "out_of_scope"],
      [{ ...wrote(company, sessionId, "x".repeat(30_000)) }, "invalid_shape"],
      [{ id: freshId() }, "invalid_shape"],
    ];
    for (const [event, reason] of odd) {
      const answer = await tell(company, event);
      expect([reason, answer.status, results(answer)[0]]).toEqual([
        reason,
        200,
        expect.objectContaining({ result: "set_aside", reason }),
      ]);
    }
    const found = await rows<{ reason: string }>("SELECT DISTINCT reason FROM set_asides WHERE connection_id = $1", [
      company.connectionId,
    ]);
    const reasons = ["invalid_shape", "out_of_scope", "unknown_channel", "unknown_event", "unknown_fields"];
    expect(found.map(({ reason }) => reason)).toEqual(expect.arrayContaining(reasons));
  });

  test("dealers are told that everything arrived; results of identity checks are never stored, personal data never in clear", async () => {
    const secret = `geheim${randomBytes(6).toString("hex")}`;
    const { connectionId, token } = await connect("infobank");
    for (const path of ["cert_result", "personal_info", "message", "nothing_known", "seen_info"]) {
      const body = {
        msgKey: freshId(),
        userKey: "AbC12",
        senderKey: company.senderKey,
        msgType: "AT",
        name: secret,
        phone: secret,
        ci: secret,
      };
      const answer = await post(token, `/cstalk/${path}`, JSON.stringify(body));
      expect([path, answer.status, JSON.parse(answer.text)]).toEqual([path, 200, { code: "A000", result: "Success" }]);
    }
    expect(await rowsWith(secret, company.id)).toEqual([]);
    expect(await rowsWith(createHash("sha256").update(secret).digest("hex"), company.id)).toEqual([]);
    const certificates = await rows<{ sha256: string; bytes: number; shape: object }>(
      "SELECT sha256, bytes, shape FROM set_asides WHERE connection_id = $1 AND reason = 'identity_result'",
      [connectionId],
    );
    expect(certificates).toEqual([{ sha256: "", bytes: 0, shape: {} }]);
  });
});

test.describe("bodies (P-53)", () => {
  test("too large, packed, no UTF-8, too many, no JSON: refused whole, and nothing is stored", async () => {
    const { token: infobank } = await connect("infobank");
    const before = await stateOf(company.id);
    const large = (bytes: number) => `"${"x".repeat(bytes)}"`;
    const many = JSON.stringify(Array.from({ length: 1_001 }, () => opened(company)));
    const bomb = gzipSync(Buffer.alloc(64 * 2 ** 20, "a"));
    const tries: [string, Promise<Answer>, number[]][] = [
      ["over a megabyte for a dealer", post(infobank, "/cstalk/message", large(2 ** 20)), [413]],
      ["over eight for the canonical format", post(company.token, "/events", large(8 * 2 ** 20)), [413]],
      ["a bomb", post(company.token, "/events", bomb, { "content-encoding": "gzip" }), [413, 415]],
      ["packed twice", post(company.token, "/events", bomb, { "content-encoding": "gzip, gzip" }), [413, 415]],
      ["no UTF-8", post(company.token, "/events", Buffer.from([0x5b, 0x22, 0xff, 0xfe, 0x22, 0x5d])), [400]],
      [
        "half a character",
        post(company.token, "/events", Buffer.from([0x5b, 0x22, 0xed, 0xa0, 0x80, 0x22, 0x5d])),
        [400],
      ],
      ["a thousand and one events", post(company.token, "/events", many), [413]],
      ["no JSON", post(company.token, "/events", "{"), [400]],
      ["nothing", post(company.token, "/events", ""), [400]],
      ["a tower of brackets", post(company.token, "/events", "[".repeat(100_000)), [400]],
      ["no number", post(infobank, "/cstalk/message", '{"a":1e309}'), [400]],
      ["a key twice", post(infobank, "/cstalk/message", '{"a":1,"a":2}'), [400]],
      ["dealer's malformed JSON", post(infobank, "/cstalk/message", '{"a":'), [400]],
    ];
    for (const [what, sent, statuses] of tries) {
      const { status, text } = await sent;
      expect([what, statuses.includes(status) || status]).toEqual([what, true]);
      expect(text).not.toMatch(/Error|node_modules|position/);
    }
    expect(changedTables(before, await stateOf(company.id))).toEqual([]);
  });

  test("what can be taken of a batch is taken, and each event has its own answer", async () => {
    const [first, last] = [opened(company), opened(company)];
    const lines = [
      JSON.stringify(first),
      "{ broken",
      JSON.stringify({ ...opened(company), at: 5 }),
      JSON.stringify(last),
    ];
    const answer = await post(company.token, "/events", lines.join("\n"), { "content-type": "application/x-ndjson" });
    expect([answer.status, results(answer).map(({ result }) => result)]).toEqual([
      200,
      ["stored", "malformed", "set_aside", "stored"],
    ]);
    expect([await sessions(first.sessionId), await sessions(last.sessionId)]).toEqual([1, 1]);
    const whole = Array.from({ length: 1_000 }, () => opened(company));
    expect(JSON.parse((await tell(company, ...whole)).text)).toMatchObject({ stored: 1_000 });
  });

  test("digits beyond 2^53 are the dealer's own", async () => {
    const { token } = await connect("happytalk");
    const session = freshId();
    const body = `{"user_key":"AbC12","session_id":"${session}","sender_key":"${company.senderKey}","time":${Date.now()},"type":"text","content":"x","serial_number":SERIAL}`;
    for (const serial of ["1689884130894833201", "1689884130894833202"])
      expect((await post(token, "/message", body.replace("SERIAL", serial))).status).toBe(200);
    const { messages } = await row<{ messages: number }>(
      "SELECT counted AS messages FROM check_sessions WHERE session = $1",
      [session],
    );
    expect(messages).toBe(2);
  });
});

test.describe("tokens (P-54)", () => {
  test("a new address is shown once and lies nowhere; the old one works on until its time", async () => {
    const { connectionId, token: old } = await connect("canonical");
    const { shown: fresh, page } = await rotate(connectionId, "address");
    expect(page.text).not.toContain(fresh);
    const take = async (token: string) => (await post(token, "/events", JSON.stringify([opened(company)]))).status;
    expect([await take(old), await take(fresh)]).toEqual([200, 200]);
    const { hours } = await row<{ hours: number }>(
      "SELECT extract(epoch FROM max(expires_at) - now())::float / 3600 AS hours FROM dealer_tokens WHERE connection_id = $1",
      [connectionId],
    );
    expect([hours > 23.9, hours <= 24]).toEqual([true, true]);
    await (await owner()).query(
      "UPDATE dealer_tokens SET expires_at = now() WHERE connection_id = $1 AND expires_at IS NOT NULL",
      [connectionId],
    );
    expect([await take(old), await take(fresh)]).toEqual([404, 200]);
    for (const token of [old, fresh])
      for (const form of [token, Buffer.from(token).toString("hex"), Buffer.from(token, "base64url").toString("hex")])
        expect(await rowsWith(form, company.id)).toEqual([]);
    expect(Buffer.from(fresh, "base64url").length).toBeGreaterThanOrEqual(16);
  });

  test("a wrong, foreign or odd token is not there, whatever else is right", async () => {
    const body = JSON.stringify([opened(company)]);
    const before = await stateOf(company.id);
    const { token } = company;
    const odd = [
      "",
      "x",
      token.slice(0, -1),
      `${token}x`,
      token.toLowerCase(),
      randomBytes(32).toString("base64url"),
      "%2e%2e",
      "__proto__",
      `${token}%00`,
    ];
    for (const one of odd)
      expect([one, [400, 404].includes((await post(one, "/events", body)).status)]).toEqual([one, true]);
    expect((await new Caller().get(`/hooks/${token}/events`)).status).toBe(405);
    expect((await post(token, "/elsewhere", body)).status).toBe(404);
    expect(changedTables(before, await stateOf(company.id)).filter((name) => name !== "set_asides")).toEqual([]);
  });

  test("an address outside the connection's list is not there; forged words about it count for nothing", async () => {
    const { token } = await connect("canonical", ["203.0.113.0/24"]);
    const body = JSON.stringify([opened(company)]);
    for (const headers of [
      {},
      { "x-forwarded-for": "203.0.113.9" },
      { forwarded: "for=203.0.113.9" },
      { "x-real-ip": "203.0.113.9" },
      { "x-damso-address": "203.0.113.9" },
    ])
      expect((await post(token, "/events", body, headers)).status).toBe(404);
    const { token: open } = await connect("canonical", ["127.0.0.0/8"]);
    expect((await post(open, "/events", body, { origin: base.origin })).status).toBe(200);
  });
});
