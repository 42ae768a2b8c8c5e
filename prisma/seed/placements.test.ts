import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { PersonActor } from "@/lib/auth/actor";
import { closeDatabase } from "@/lib/db/client";
import { getPlacementByCode, listPlacementEvents, listPlacements } from "@/lib/placements/queries";
import { placementFiltersSchema } from "@/lib/placements/schema";
import { seedPlacements } from "./placements";

const organizationId = randomUUID();
const actor: PersonActor = {
  kind: "person",
  personId: randomUUID(),
  organizationId,
  role: "MARKETER",
  signInId: randomUUID(),
  address: "192.0.2.1",
};
const channels = new Map(["한결생활", "한결비투비", "한결멤버십"].map((name) => [name, randomUUID()]));
let owner: pg.Client;

beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=UTC" });
  await owner.connect();
  await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, 'ours', 'ours')", [organizationId]);
  for (const [name, id] of channels)
    await owner.query("INSERT INTO channels (id, organization_id, search_id, name) VALUES ($1, $2, $3, $3)", [
      id,
      organizationId,
      name,
    ]);
});
afterAll(async () => {
  await owner.end();
  await closeDatabase();
});

it("makes places with a past, the same twice, whose roll-ups are a recount", async () => {
  const now = new Date("2026-11-23T00:12:00Z");
  const context = {
    now,
    actor,
    channelId: (searchId: string) => channels.get(searchId) ?? "",
    personId: () => actor.personId,
  };
  await seedPlacements(context);
  const counts = async () =>
    (
      await owner.query(
        "SELECT (SELECT count(*)::int FROM presses) AS presses, (SELECT sum(presses + scans + others)::int FROM press_days) AS counted",
      )
    ).rows[0];
  const first = await counts();
  expect(first.presses).toBe(first.counted);
  expect(first.presses).toBeGreaterThan(5_000);
  await seedPlacements(context);
  expect(await counts()).toEqual(first);
  const { rows } = await owner.query("SELECT max(at) AS last FROM presses");
  expect(rows[0].last.getTime()).toBeLessThanOrEqual(now.getTime());

  const gangnam = await getPlacementByCode(actor, "pl_store_gangnam_pos_01", now);
  const sum = (values: readonly number[] = []) => values.reduce((total, value) => total + value, 0);
  expect(sum(gangnam?.scans)).toBeGreaterThan(sum(gangnam?.presses));
  expect((await listPlacements(actor, placementFiltersSchema.parse({ state: "retired" }), now)).items).toHaveLength(1);
  expect((await listPlacementEvents(actor, gangnam?.id ?? "")).map((event) => event.action)).toEqual([
    "placement.created",
  ]);
});
