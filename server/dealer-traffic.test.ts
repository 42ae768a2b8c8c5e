// An hour of a stand-in's traffic against our own hooks, in order and not, repeated, slow and with answers that fail: no event lost, none twice.
import { randomUUID } from "node:crypto";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PersonActor } from "@/lib/auth/actor";
import { closeDatabase } from "@/lib/db/client";
import { createConnection } from "@/lib/dealers/commands/create-connection";
import { Deliveries } from "@/lib/dealers/stand-in/deliveries";
import { Desk, type DeskEvent } from "@/lib/dealers/stand-in/desk";
import { type StandInFormat, standInDialects } from "@/lib/dealers/stand-in/stand-in";
import { randomOf } from "@/prisma/seed/random";
import { handleHook } from "./hooks";

const organizationId = randomUUID();
const admin: PersonActor = {
  ...{ kind: "person", personId: randomUUID(), organizationId, role: "CLIENT_ADMIN", signInId: randomUUID() },
  address: "192.0.2.1",
};
let owner: pg.Client;
let server: Server;
let port: number;
/** How often the hook's answer is late, and how often it is a failure: the event may have been kept all the same. */
let trouble = { late: 0, failing: 0, lost: 0 };
const random = randomOf("trouble");

beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=UTC" });
  await owner.connect();
  await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, 'ours', '우리')", [organizationId]);
  server = createServer((request, response) => {
    if (random() < trouble.failing) response.writeHead(503).end();
    else if (random() < trouble.lost) {
      // It is kept, and the dealer hears nothing of it.
      response.end = () => response.destroy();
      void handleHook(request, response);
    } else if (random() < trouble.late) setTimeout(() => void handleHook(request, response), random() * 60);
    else void handleHook(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  port = (server.address() as AddressInfo).port;
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await owner.end();
  await closeDatabase();
});

let opened = 0;
async function line(format: StandInFormat) {
  opened += 1;
  const channelId = randomUUID();
  const senderKey = String(opened).padStart(40, "0");
  await owner.query(
    "INSERT INTO channels (id, organization_id, search_id, name, sender_key) VALUES ($1, $2, $3, $3, $4)",
    [channelId, organizationId, `c${opened}`, senderKey],
  );
  const { token } = await createConnection(admin, { channelId, format, allowedFrom: [], signed: false });
  return { channelId, senderKey, hookBase: `http://127.0.0.1:${port}/hooks/${token}` };
}

/** Forty users within an hour: they press, write, send pictures and leave, and agents end some. @returns what was told */
function hour(desk: Desk, tick: (ms: number) => void, seed: string): void {
  const chance = randomOf(seed);
  for (let step = 0; step < 200; step += 1) {
    tick(17_000 + chance() * 900);
    const user = `user_${Math.floor(chance() * 40)}`;
    const what = chance();
    if (what < 0.25) desk.press(user, chance() < 0.8 ? `place_${Math.floor(chance() * 5)}` : null);
    else if (what < 0.75) desk.say(user, { text: `문의 ${step}` });
    else if (what < 0.85) desk.say(user, { type: "photo", url: `https://dn-m.talk.kakao.com/talkm/${step}.jpg` });
    else if (what < 0.92) desk.leave(user);
    else desk.end(desk.options.senderKey, user, "agent");
  }
}

const modes = [
  ["in order", { unordered: false, repeated: false }, { late: 0, failing: 0, lost: 0 }],
  ["in disorder, some twice", { unordered: true, repeated: true }, { late: 0, failing: 0, lost: 0 }],
  ["late and twice", { unordered: true, repeated: true }, { late: 0.3, failing: 0, lost: 0 }],
  ["with answers that fail or get lost", { unordered: true, repeated: true }, { late: 0.1, failing: 0.05, lost: 0.05 }],
] as const;

describe.each(["happytalk", "infobank"] as const)("an hour of %s", (format) => {
  it.each(modes)("%s", async (name, disorder, own) => {
    trouble = { ...own };
    const { channelId, senderKey, hookBase } = await line(format);
    let now = Date.now() - 3_700_000;
    const told: DeskEvent[] = [];
    const deliveries = new Deliveries(hookBase, standInDialects[format], senderKey, randomOf(name));
    deliveries.disorder = disorder;
    const options = { senderKey, name: "한결생활", searchId: "@hangyeol", committalCompany: "주식회사 한결생활" };
    const desk = new Desk(
      options,
      (event) => {
        told.push(event);
        deliveries.add(event);
      },
      () => now,
    );
    hour(desk, (ms) => (now += Math.round(ms)), `${format} ${name}`);
    await deliveries.settled();
    expect(deliveries.lost).toEqual([]);
    const ids = (kind: DeskEvent["kind"]) =>
      new Set(told.filter((one) => one.kind === kind).map((one) => one.sessionId));
    const { rows } = await owner.query<{ sessions: number; ended: number; messages: number; asides: number }>(
      `SELECT (SELECT count(*)::int FROM consult_sessions WHERE channel_id = $1) AS sessions,
         (SELECT count(*)::int FROM consult_sessions WHERE channel_id = $1 AND ended_at IS NOT NULL) AS ended,
         (SELECT count(*)::int FROM messages m JOIN consult_sessions s ON s.id = m.session_id WHERE s.channel_id = $1 AND m.direction = 'in') AS messages,
         (SELECT count(*)::int FROM set_asides) AS asides`,
      [channelId],
    );
    const messages = told.filter(({ kind }) => kind === "message").length;
    expect(messages).toBeGreaterThan(80);
    expect(rows[0]).toEqual({
      sessions: new Set(told.map((one) => one.sessionId)).size,
      ended: ids("expired_session").size,
      ...{ messages, asides: 0 },
    });
  });
});
