// A contract's end seen from the redirect: 302 until 24:00 KST of the last day, 410 from then, on every instance.
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";
import { afterAll, afterEach, beforeAll, expect, it, vi } from "vitest";
import { addDays, kstDay, kstDayStart } from "@/lib/clock";
import { proxyList } from "./addresses";
import { Presses } from "./presses";

const organization = randomUUID();
const somebody = randomUUID();
const channelId = randomUUID();
const contractId = randomUUID();
const today = kstDay(new Date());
const instances: { presses: Presses; server: Server; origin: string }[] = [];
let owner: pg.Client;

beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=UTC" });
  await owner.connect();
  await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, 'ours', 'ours')", [organization]);
  await owner.query("INSERT INTO channels (id, organization_id, search_id, name) VALUES ($1, $2, 'ending', '끝')", [
    channelId,
    organization,
  ]);
  await owner.query("INSERT INTO channel_go_lives (channel_id, organization_id, person_id) VALUES ($1, $2, $3)", [
    channelId,
    organization,
    somebody,
  ]);
  await owner.query(
    "INSERT INTO placements (organization_id, channel_id, code, name, medium, owner_id) VALUES ($1, $2, 'pl_ending', 'x', 'web', $3)",
    [organization, channelId, somebody],
  );
  await owner.query(
    `INSERT INTO contracts (id, organization_id, number, title, dealer, service, consignment, consignor, consignee, starts_on, renewal, created_by)
     VALUES ($1, $2, 'N-1', '계약', 'infobank', true, true, '갑', '을', $3, 'none', $4)`,
    [contractId, organization, addDays(today, -300), somebody],
  );
  await owner.query(
    "INSERT INTO contract_channels (organization_id, contract_id, channel_id, from_on) VALUES ($1, $2, $3, $4)",
    [organization, contractId, channelId, addDays(today, -300)],
  );
  for (let n = 0; n < 2; n += 1) {
    const presses = new Presses(proxyList([]));
    await presses.start();
    const server = createServer((request, response) => {
      if (!presses.answer(request, response)) response.writeHead(418).end();
    });
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    instances.push({ presses, server, origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}` });
  }
});
afterEach(() => {
  vi.useRealTimers();
});
afterAll(async () => {
  for (const { server, presses } of instances) {
    await new Promise((resolve) => server.close(resolve));
    await presses.stop();
  }
  await owner.end();
});

const statuses = () =>
  Promise.all(
    instances.map(async ({ origin }) => (await fetch(`${origin}/b/pl_ending`, { redirect: "manual" })).status),
  );
/** Both instances know within a second, by NOTIFY: the map is read anew only each minute. */
const soon = (status: number) =>
  vi.waitFor(async () => expect(await statuses()).toEqual([status, status]), { timeout: 1_000, interval: 10 });
const approve = () =>
  owner.query(
    "INSERT INTO contract_steps (organization_id, contract_id, kind, number, hash, person_id) VALUES ($1, $2, 'approved', 1, 'x', $3)",
    [organization, contractId, somebody],
  );
const ask = async (kind: "end" | "reinstate", endsOn: string | null) =>
  (
    await owner.query<{ id: string }>(
      "INSERT INTO contract_endings (organization_id, contract_id, kind, ends_on, reason, person_id) VALUES ($1, $2, $3, $4, 'x', $5) RETURNING id",
      [organization, contractId, kind, endsOn, somebody],
    )
  ).rows[0]?.id;
const agree = (id: string | undefined) =>
  owner.query("UPDATE contract_endings SET outcome = 'approved', closed_at = clock_timestamp() WHERE id = $1", [id]);

it("stops with an agreed end alone, begins anew when reinstated, and is heard by the other instance", async () => {
  await soon(302);
  const asked = await ask("end", addDays(today, -1));
  await approve();
  expect(await statuses()).toEqual([302, 302]);
  await agree(asked);
  await soon(410);
  await agree(await ask("reinstate", null));
  await soon(302);
});

it("works to the last instant of the last day in Korea, and not from 24:00 on", async () => {
  await agree(await ask("end", today));
  const over = kstDayStart(addDays(today, 1)).getTime();
  await vi.waitFor(() => {
    for (const { presses } of instances) expect(presses.map.get("pl_ending")?.endsAt).toBe(over);
  });
  vi.useFakeTimers({ toFake: ["Date"], now: over - 1 });
  expect(await statuses()).toEqual([302, 302]);
  vi.setSystemTime(over);
  expect(await statuses()).toEqual([410, 410]);
});

it("begins anew when another contract that covers the channel is approved", async () => {
  await agree(await ask("end", addDays(today, -1)));
  await soon(410);
  const next = randomUUID();
  await owner.query(
    `INSERT INTO contracts (id, organization_id, number, title, dealer, service, consignment, consignor, consignee, starts_on, renewal, created_by)
     VALUES ($1, $2, 'N-2', '계약', 'lunasoft', true, true, '갑', '을', $3, 'none', $4)`,
    [next, organization, today, somebody],
  );
  await owner.query(
    "INSERT INTO contract_channels (organization_id, contract_id, channel_id, from_on) VALUES ($1, $2, $3, $4)",
    [organization, next, channelId, today],
  );
  expect(await statuses()).toEqual([410, 410]);
  await owner.query(
    "INSERT INTO contract_steps (organization_id, contract_id, kind, number, hash, person_id) VALUES ($1, $2, 'approved', 1, 'x', $3)",
    [organization, next, somebody],
  );
  await soon(302);
});
