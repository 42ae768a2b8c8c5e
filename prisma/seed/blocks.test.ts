import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { PersonActor } from "@/lib/auth/actor";
import { getSwitches } from "@/lib/channels/queries/get-switch";
import { listBlocks } from "@/lib/channels/queries/list-blocks";
import { closeDatabase } from "@/lib/db/client";
import { seedBlocks } from "./blocks";
import { seedConnections } from "./dealers";
import { seedSwitches } from "./switches";
import { seedConsults } from "./transcripts";

const organizationId = randomUUID();
const channels = new Map(["한결생활", "한결멤버십", "한결비투비"].map((name) => [name, randomUUID()]));
const actor: PersonActor = {
  kind: "person",
  personId: randomUUID(),
  organizationId,
  role: "CLIENT_ADMIN",
  signInId: randomUUID(),
  address: "192.0.2.1",
};
const context = {
  now: new Date("2026-11-22T05:30:00Z"),
  ...{ actor, admin: actor, officer: actor },
  channelId: (searchId: string) => channels.get(searchId) ?? "",
};
let owner: pg.Client;

beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=UTC" });
  await owner.connect();
  await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, 'hangyeol', '한결')", [organizationId]);
  for (const [name, id] of channels) {
    await owner.query(
      "INSERT INTO channels (id, organization_id, search_id, name, dealer) VALUES ($1, $2, $3, $3, 'infobank')",
      [id, organizationId, name],
    );
  }
});
afterAll(async () => {
  await owner.end();
  await closeDatabase();
});

it("saves two lists of forty-one once: two came back and wait, three are blocked again", async () => {
  await seedConnections(context);
  await seedConsults(context);
  await seedBlocks(context);
  await seedBlocks(context);
  const life = await listBlocks(actor, context.channelId("한결생활"), {});
  expect(life.counts).toEqual({ due: 2, waiting: 36, blocked: 3, dropped: 0 });
  expect(life.items.slice(0, 2).every(({ returnedAt }) => returnedAt !== null && returnedAt < context.now)).toBe(true);
  const business = await listBlocks(actor, context.channelId("한결비투비"), {});
  expect(business.counts).toEqual({ due: 0, waiting: 41, blocked: 0, dropped: 0 });
  const { rows } = await owner.query("SELECT count(*)::int AS n FROM audit_events WHERE at > $1", [context.now]);
  expect(rows[0].n).toBe(0);
});

it("tells of a switch that was given up, once", async () => {
  await seedSwitches(context);
  await seedSwitches(context);
  const { open, closed } = await getSwitches(actor, context.channelId("한결생활"), context.now);
  expect(open).toBeNull();
  expect(closed).toEqual([expect.objectContaining({ outcome: "withdrawn", toDealer: "dktechin" })]);
});
