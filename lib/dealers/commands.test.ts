import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PersonActor } from "@/lib/auth/actor";
import { closeDatabase } from "@/lib/db/client";
import { Conflict, Forbidden, NotFound, Refused } from "@/lib/errors";
import { createConnection } from "./commands/create-connection";
import { closeConnection, editConnection } from "./commands/edit-connection";
import { rotateSecret, rotateToken } from "./commands/rotate-connection";
import { setAside } from "./commands/set-aside";
import { getConnection, listConnections, listSetAsides } from "./queries/connections";
import { tokenHash, tokenPattern } from "./rules/connection";

const now = new Date("2026-11-22T03:00:00Z");
let owner: pg.Client;
const ours = person("CLIENT_ADMIN", randomUUID());
const theirs = person("CLIENT_ADMIN", randomUUID());
const channelId = randomUUID();
const theirChannelId = randomUUID();

function person(role: PersonActor["role"], organizationId: string): PersonActor {
  return { kind: "person", personId: randomUUID(), organizationId, role, signInId: randomUUID(), address: "192.0.2.1" };
}

beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=UTC" });
  await owner.connect();
  for (const [actor, channel, slug] of [
    [ours, channelId, "ours"],
    [theirs, theirChannelId, "theirs"],
  ] as const) {
    await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, $2, $2)", [actor.organizationId, slug]);
    await owner.query("INSERT INTO channels (id, organization_id, search_id, name) VALUES ($1, $2, $3, $3)", [
      channel,
      actor.organizationId,
      slug,
    ]);
  }
});
afterAll(async () => {
  await owner.end();
  await closeDatabase();
});

const open = (format: "infobank" | "happytalk" | "canonical" = "happytalk", signed = false) =>
  createConnection(ours, { channelId, format, allowedFrom: [], signed });
const eventsOf = async (target: string) =>
  (
    await owner.query("SELECT action FROM audit_events WHERE target_id = $1 AND result = 'ok' ORDER BY at, id", [
      target,
    ])
  ).rows.map(({ action }) => action);

/** Every command of a connection, by somebody. */
const commands: Record<string, (actor: PersonActor, connectionId: string) => Promise<unknown>> = {
  rotateToken: (actor, id) => rotateToken(actor, id, now),
  rotateSecret: (actor, id) => rotateSecret(actor, id, now),
  editConnection: (actor, connectionId) =>
    editConnection(actor, { connectionId, version: 1, allowedFrom: ["10.0.0.0/8"] }),
  closeConnection: (actor, id) => closeConnection(actor, id, now),
};

describe("connections", () => {
  it("are created with a token that is kept as its hash alone", async () => {
    const { connectionId, token, secret } = await open();
    expect(token).toMatch(tokenPattern);
    expect(secret).toBeNull();
    const kept = await owner.query("SELECT * FROM dealer_tokens WHERE connection_id = $1", [connectionId]);
    expect(kept.rows).toHaveLength(1);
    expect(kept.rows[0].hash.equals(tokenHash(token ?? ""))).toBe(true);
    expect(await eventsOf(connectionId)).toEqual(["connection.created"]);
    const bodies = await owner.query("SELECT string_agg(body, '') AS text FROM audit_events");
    expect(bodies.rows[0].text).not.toContain(token);
  });

  it("ask for signatures in our own format alone", async () => {
    expect((await open("canonical", true)).secret).toMatch(/^whsec_/);
    await expect(open("infobank", true)).rejects.toBeInstanceOf(Refused);
  });

  it("are created for an own channel alone, by the administrator alone", async () => {
    for (const channel of [theirChannelId, randomUUID()]) {
      await expect(
        createConnection(ours, { channelId: channel, format: "infobank", allowedFrom: [], signed: false }),
      ).rejects.toEqual(new NotFound());
    }
    for (const role of ["COMPLIANCE_OFFICER", "MARKETER", "AUDITOR"] as const) {
      const actor = person(role, ours.organizationId);
      await expect(
        createConnection(actor, { channelId, format: "infobank", allowedFrom: [], signed: false }),
      ).rejects.toBeInstanceOf(Forbidden);
    }
  });

  it.each(Object.keys(commands))("%s works, leaves one event, and finds nobody else's", async (name) => {
    const command = commands[name];
    if (!command) throw new Error(name);
    const { connectionId } = await open("canonical", true);
    const before = (await eventsOf(connectionId)).length;
    await command(ours, connectionId);
    expect(await eventsOf(connectionId)).toHaveLength(before + 1);
    await expect(command(theirs, connectionId)).rejects.toEqual(new NotFound());
    await expect(command(ours, randomUUID())).rejects.toEqual(new NotFound());
    await expect(command(person("AUDITOR", ours.organizationId), connectionId)).rejects.toBeInstanceOf(Forbidden);
    expect(await eventsOf(connectionId)).toHaveLength(before + 1);
  });

  it("rotate with a day of overlap, shown", async () => {
    const { connectionId } = await open("canonical", true);
    await rotateToken(ours, connectionId, now);
    await rotateSecret(ours, connectionId, now);
    const shown = await getConnection(ours, connectionId, now);
    expect(shown?.oldAddressUntil).toEqual(new Date("2026-11-23T03:00:00Z"));
    expect(shown?.oldSecretUntil).toEqual(new Date("2026-11-23T03:00:00Z"));
    expect((await getConnection(ours, connectionId, new Date("2026-11-23T03:00:00Z")))?.oldAddressUntil).toBeNull();
  });

  it("notice a stale form, and take nothing once closed", async () => {
    const { connectionId } = await open();
    await editConnection(ours, { connectionId, version: 1, allowedFrom: ["10.0.0.0/8"] });
    await expect(editConnection(ours, { connectionId, version: 1, allowedFrom: [] })).rejects.toBeInstanceOf(Conflict);
    expect((await getConnection(ours, connectionId, now))?.allowedFrom).toEqual(["10.0.0.0/8"]);
    await closeConnection(ours, connectionId, now);
    for (const [name, command] of Object.entries(commands)) {
      await expect(command(ours, connectionId), name).rejects.toBeInstanceOf(Refused);
    }
  });

  it("are listed and shown to their own organization alone", async () => {
    const { connectionId } = await open();
    expect((await listConnections(ours, now)).map(({ id }) => id)).toContain(connectionId);
    expect(await listConnections(theirs, now)).toEqual([]);
    expect(await getConnection(theirs, connectionId, now)).toBeNull();
    expect(await listConnections(person("AUDITOR", ours.organizationId), now)).not.toEqual([]);
    await expect(listConnections(person("MARKETER", ours.organizationId), now)).rejects.toBeInstanceOf(Forbidden);
  });
});

describe("what was set aside", () => {
  it("is one row per body and reason, in pages of fifty", async () => {
    const { connectionId } = await open();
    const dealer = { kind: "dealer", connectionId, organizationId: ours.organizationId, address: "192.0.2.9" } as const;
    const item = { reason: "unknown_event", event: "new", shape: { a: "string" }, sha256: "00", bytes: 9 } as const;
    await setAside(dealer, [item, item], now);
    await setAside(dealer, [item], new Date(now.getTime() + 1_000));
    await setAside(
      dealer,
      Array.from({ length: 60 }, (_, i) => ({ ...item, sha256: `n${i}` })),
      now,
    );
    const first = await listSetAsides(ours, connectionId, null);
    expect(first.items).toHaveLength(50);
    expect(first.items[0]).toMatchObject({ sha256: "00", times: 3, shape: { a: "string" } });
    const second = await listSetAsides(ours, connectionId, first.next);
    expect(second.items).toHaveLength(11);
    expect(second.next).toBeNull();
    expect(new Set([...first.items, ...second.items].map(({ id }) => id)).size).toBe(61);
    expect((await listSetAsides(theirs, connectionId, null)).items).toEqual([]);
    expect((await listSetAsides(ours, connectionId, "nonsense")).items).toHaveLength(50);
    const activity = (await getConnection(ours, connectionId, now))?.days;
    expect(activity).toHaveLength(14);
    expect(activity?.at(-1)).toEqual({ day: "2026-11-22", events: 0, setAside: 61 });
  });
});
