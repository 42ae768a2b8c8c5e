// A day of dealers' traffic in each format, in order and in ten kinds of disorder: the same end, nothing lost, nothing twice.
import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openAttachment, openMessage, openSessionKeys, openUserKey } from "@/lib/archive/seal";
import type { DealerActor, PersonActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { addDays, kstDay, kstDayStart } from "@/lib/clock";
import { closeDatabase } from "@/lib/db/client";
import { createConnection } from "@/lib/dealers/commands/create-connection";
import { handleHook } from "./hooks";
import { type Day, dayOf, disorder, type Format, type Posted } from "./hooks/testing";

const organizationId = randomUUID();
const admin: PersonActor = {
  ...{ kind: "person", personId: randomUUID(), organizationId, role: "CLIENT_ADMIN", signInId: randomUUID() },
  address: "192.0.2.1",
};
const start = kstDayStart(addDays(kstDay(new Date()), -2)).getTime();
let owner: pg.Client;
let server: Server;
let port: number;
let serial = 0;

beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=UTC" });
  await owner.connect();
  await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, 'ours', '우리')", [organizationId]);
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

type Line = { channelId: string; connectionId: string; token: string; format: Format; senderKey: string };

/** A channel of its own, with a connection. The sender key is the channel's number, so that each day is posted to its own. */
async function open(format: Format): Promise<Line> {
  serial += 1;
  const channelId = randomUUID();
  const senderKey = String(serial).padStart(40, "0");
  await owner.query(
    "INSERT INTO channels (id, organization_id, search_id, name, sender_key) VALUES ($1, $2, $3, $3, $4)",
    [...[channelId, organizationId, `c${serial}`, senderKey]],
  );
  const made = await createConnection(admin, { channelId, format, allowedFrom: [], signed: false });
  return { channelId, connectionId: made.connectionId, token: made.token ?? "", format, senderKey };
}

/** Posts what is to be delivered, some at once; canonical events as lines of batches. Every post is answered with success. */
async function deliver({ token, format }: Line, events: readonly Posted[], atOnce: number): Promise<void> {
  const size = format === "canonical" ? 23 : 1;
  const waiting: Posted[] = [];
  for (let at = 0; at < events.length; at += size) {
    const some = events.slice(at, at + size);
    waiting.push({ path: some[0]?.path ?? "", body: some.map(({ body }) => body).join("\n") });
  }
  const worker = async () => {
    for (let post = waiting.shift(); post; post = waiting.shift()) {
      const { status } = await fetch(`http://127.0.0.1:${port}/hooks/${token}/${post.path}`, {
        method: "POST",
        body: post.body,
      });
      expect(status).toBe(200);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
}

/** All that is kept of a channel, in the clear and without ids: what must be the same. */
async function stateOf({ channelId, connectionId }: Line) {
  const actor: DealerActor = { kind: "dealer", connectionId, organizationId, address: "192.0.2.9" };
  const sessions = (
    await owner.query("SELECT * FROM consult_sessions WHERE channel_id = $1 ORDER BY external_id", [channelId])
  ).rows;
  const ids = sessions.map(({ id }) => id);
  const keys = await ingest(actor, "event:ingest", (tx) => openSessionKeys(tx, organizationId, ids));
  const said = (await owner.query("SELECT * FROM messages WHERE session_id = ANY($1::uuid[])", [ids])).rows;
  const files = (await owner.query("SELECT * FROM attachments WHERE session_id = ANY($1::uuid[])", [ids])).rows;
  const ofMessage = new Map(said.map((message) => [message.id, message]));
  const told = sessions.map((session) => {
    const key = keys.get(session.id);
    if (!key) throw new Error("A session without its key");
    const place = (row: { direction: string; kind: string; at: Date }) => ({
      sessionId: session.id,
      direction: row.direction,
      kind: row.kind,
      at: row.at,
    });
    const messages = said
      .filter(({ session_id }) => session_id === session.id)
      .map((row) => JSON.stringify([row.at, row.direction, row.kind, openMessage(key, place(row), row.sealed)]))
      .sort();
    const attachments = files
      .filter(({ session_id }) => session_id === session.id)
      .map((row) => {
        const brought = ofMessage.get(row.message_id);
        expect([brought?.session_id, brought?.at]).toEqual([session.id, row.at]);
        return JSON.stringify([
          row.at,
          row.position,
          row.kind,
          row.host,
          row.state,
          openAttachment(key, row.id, row.sealed),
        ]);
      })
      .sort();
    const {
      external_id,
      opened_by,
      opened_at,
      extra,
      entry,
      returning,
      last_user_message_at,
      last_message_at,
      message_count,
      ended_at,
      end_reason,
    } = session;
    return {
      ...{
        external_id,
        opened_by,
        opened_at,
        extra,
        entry,
        returning,
        last_user_message_at,
        last_message_at,
        message_count,
        ended_at,
        end_reason,
      },
      ...{ user: openUserKey(key, session.id, session.user_sealed), messages, attachments },
    };
  });
  const days = (
    await owner.query("SELECT day, sessions, messages FROM consult_days WHERE channel_id = $1 ORDER BY day", [
      channelId,
    ])
  ).rows;
  const asides = (
    await owner.query("SELECT DISTINCT reason FROM set_asides WHERE connection_id = $1 ORDER BY 1", [connectionId])
  ).rows;
  return { sessions: told, days, asides: asides.map(({ reason }) => reason) };
}

const strangers: Record<Format, string[]> = {
  infobank: ["identity_result", "out_of_scope", "personal_info", "unknown_channel", "unknown_event"],
  happytalk: ["identity_result", "out_of_scope", "personal_info", "unknown_channel", "unknown_event"],
  canonical: ["out_of_scope", "unknown_channel", "unknown_event"],
};

describe.each(["infobank", "happytalk", "canonical"] as const)("a day of %s", (format) => {
  let inOrder: Awaited<ReturnType<typeof stateOf>>;
  let day: Day;

  it("is kept whole when it comes in order", async () => {
    const line = await open(format);
    day = dayOf(format, line.senderKey, start);
    await deliver(line, day.events, 1);
    inOrder = await stateOf(line);
    const sum = (of: (session: (typeof inOrder)["sessions"][number]) => number) =>
      inOrder.sessions.reduce((total, session) => total + of(session), 0);
    expect(inOrder.sessions).toHaveLength(day.sessions);
    expect(sum(({ message_count }) => message_count)).toBe(day.messages);
    expect(sum(({ attachments }) => attachments.length)).toBe(day.files);
    expect(inOrder.days.reduce((total, { messages }) => total + messages, 0)).toBe(day.messages);
    expect(inOrder.sessions.filter(({ returning }) => returning)).toHaveLength(4);
    expect(inOrder.asides).toEqual([]);
    const kinds = new Set(inOrder.sessions.flatMap(({ attachments }) => attachments.map((one) => JSON.parse(one)[2])));
    expect([...kinds].sort()).toEqual(
      ["audio", "file", "photo", format === "canonical" ? "file" : "text", "video"]
        .filter((kind, at, all) => all.indexOf(kind) === at)
        .sort(),
    );
  });

  it("keeps every digit of a serial number", async () => {
    const texts = inOrder.sessions.flatMap(({ messages }) => messages).join();
    const serials = new Set(texts.match(/"serial":"16898841308\d{8}"/g));
    expect(serials.size).toBe(day.messages);
  });

  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])(
    "ends the same in disorder %i, with doubles and gaps filled late",
    async (seed) => {
      const line = await open(format);
      const own = dayOf(format, line.senderKey, start);
      const [first, rest] = disorder(own.events, seed);
      await deliver(line, first, 6);
      const between = await stateOf(line);
      expect(between.sessions).not.toEqual(inOrder.sessions);
      await deliver(line, rest, 3);
      expect(await stateOf(line)).toEqual(inOrder);
    },
  );

  it("sets strangers aside with their reasons, and nothing of theirs is kept", async () => {
    const line = await open(format);
    const own = dayOf(format, line.senderKey, start);
    const [first, rest] = disorder([...own.strangers, ...own.events], 11);
    await deliver(line, first, 4);
    await deliver(line, rest, 4);
    expect(await stateOf(line)).toEqual({ ...inOrder, asides: strangers[format] });
    const kept = await owner.query(
      "SELECT shape::text AS shape, sha256, bytes, reason FROM set_asides WHERE connection_id = $1",
      [line.connectionId],
    );
    expect(JSON.stringify(kept.rows)).not.toMatch(/010-1234|길동|친구톡|남의 채널|c2VjcmV0/);
    expect(
      kept.rows
        .filter(({ reason }) => reason === "identity_result")
        .every(({ sha256, bytes }) => sha256 === "" && bytes === 0),
    ).toBe(true);
  });
});
