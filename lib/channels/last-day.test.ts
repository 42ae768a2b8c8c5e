// What ends a channel and what keeps it in use: channel_last_days, and everything that reads it.
import { randomUUID } from "node:crypto";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { PersonActor } from "@/lib/auth/actor";
import { addDays, type Day, kstDay } from "@/lib/clock";
import { closeDatabase } from "@/lib/db/client";
import { createPlacement } from "@/lib/placements/commands";
import { getPlacement, listPlacementChoices, listPlacements } from "@/lib/placements/queries";
import { createPlacementSchema, placementFiltersSchema } from "@/lib/placements/schema";
import { listWaiting } from "@/lib/today/queries/list-waiting";
import { endChannel, withdrawEnd } from "./commands/end-channel";
import { getChannel } from "./queries/get-channel";
import { listChannels } from "./queries/list-channels";
import { listChannelsSchema } from "./schema";

const ours = randomUUID();
const person = (role: PersonActor["role"]): PersonActor => ({
  kind: "person",
  personId: randomUUID(),
  organizationId: ours,
  role,
  signInId: randomUUID(),
  address: "192.0.2.1",
});
const admin = person("CLIENT_ADMIN");
const marketer = person("MARKETER");
const now = new Date();
const today = kstDay(now);
let owner: pg.Client;
let serial = 0;

beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=UTC" });
  await owner.connect();
  await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, 'ours', 'ours')", [ours]);
  for (const { personId, role } of [admin, marketer]) {
    await owner.query("INSERT INTO persons (id, email, name) VALUES ($1, $2, $3)", [
      personId,
      `${personId}@x.kr`,
      role,
    ]);
    await owner.query("INSERT INTO memberships (organization_id, person_id, role) VALUES ($1, $2, $3)", [
      ours,
      personId,
      role,
    ]);
  }
});
afterAll(async () => {
  await owner.end();
  await closeDatabase();
});

async function channel(): Promise<string> {
  const id = randomUUID();
  serial += 1;
  await owner.query("INSERT INTO channels (id, organization_id, search_id, name) VALUES ($1, $2, $3, $3)", [
    id,
    ours,
    `channel${serial}`,
  ]);
  await owner.query("INSERT INTO channel_go_lives (channel_id, organization_id, person_id) VALUES ($1, $2, $3)", [
    id,
    ours,
    admin.personId,
  ]);
  return id;
}
type Terms = {
  from?: Day;
  until?: Day | null;
  endsOn?: Day | null;
  renewal?: string;
  service?: boolean;
  approved?: boolean;
};
async function contract(covers: string, terms: Terms = {}): Promise<string> {
  const { from = addDays(today, -300), until = null, endsOn = null, renewal = "tacit" } = terms;
  const { service = true, approved = true } = terms;
  const id = randomUUID();
  serial += 1;
  await owner.query(
    `INSERT INTO contracts (id, organization_id, number, title, dealer, service, consignment, consignor, consignee, starts_on, ends_on, renewal, renewal_months, created_by)
     VALUES ($1, $2, $3, '계약', 'infobank', $4, true, '갑', '을', $5, $6, $7, 12, $8)`,
    [id, ours, `N-${serial}`, service, from, endsOn, renewal, admin.personId],
  );
  await owner.query(
    "INSERT INTO contract_channels (organization_id, contract_id, channel_id, from_on, until_on) VALUES ($1, $2, $3, $4, $5)",
    [ours, id, covers, from, until],
  );
  if (approved) await approve(id);
  return id;
}
const approve = (id: string) =>
  owner.query(
    "INSERT INTO contract_steps (organization_id, contract_id, kind, number, hash, person_id) VALUES ($1, $2, 'approved', 1, 'x', $3)",
    [ours, id, admin.personId],
  );
const turn = (id: string, kind: "end" | "reinstate", endsOn: Day | null, outcome: string | null = "approved") =>
  owner.query(
    `INSERT INTO contract_endings (organization_id, contract_id, kind, ends_on, reason, person_id, outcome, closed_at)
     VALUES ($1, $2, $3, $4, '사유', $5, $6, clock_timestamp())`,
    [ours, id, kind, endsOn, admin.personId, outcome],
  );
const end = (id: string, endsOn: Day) => turn(id, "end", endsOn);
async function lastDay(channelId: string): Promise<Day | null> {
  const view = await getChannel(admin, channelId, now);
  return view?.endsOn ?? null;
}

const soon = addDays(today, 30);
const later = addDays(today, 60);

describe("a contract's end", () => {
  it("ends the channels that it covers; asked for, declined or of a consignment alone it ends nothing", async () => {
    const [covered, other] = [await channel(), await channel()];
    const id = await contract(covered);
    await contract(other, { service: false }).then((consignment) => end(consignment, soon));
    await turn(id, "end", soon, "declined");
    await turn(id, "end", soon, null);
    expect(await lastDay(covered)).toBeNull();
    await owner.query("UPDATE contract_endings SET outcome = 'approved', closed_at = now() WHERE outcome IS NULL");
    expect(await lastDay(covered)).toBe(soon);
    expect(await lastDay(other)).toBeNull();
  });
  it("is undone by reinstating, and set anew by another end", async () => {
    const covered = await channel();
    const id = await contract(covered);
    await end(id, addDays(today, -3));
    expect((await getChannel(admin, covered, now))?.state).toBe("ended");
    await turn(id, "reinstate", null);
    expect((await getChannel(admin, covered, now))?.state).toBe("live");
    await end(id, later);
    expect(await lastDay(covered)).toBe(later);
  });
  it("waits for the last contract that covers the channel", async () => {
    const covered = await channel();
    const [first, second] = [await contract(covered), await contract(covered)];
    await end(first, soon);
    expect(await lastDay(covered)).toBeNull();
    await end(second, later);
    expect(await lastDay(covered)).toBe(later);
    await turn(second, "reinstate", null);
    expect(await lastDay(covered)).toBeNull();
  });
  it("leaves a channel alone that moved to another dealer's contract, before or on that day", async () => {
    const [moved, before, gap] = [await channel(), await channel(), await channel()];
    const old = await contract(moved, { until: soon });
    await contract(moved, { from: addDays(soon, 1) });
    await end(old, soon);
    expect(await lastDay(moved)).toBeNull();
    await end(await contract(before, { until: addDays(soon, -1) }), soon);
    expect(await lastDay(before)).toBeNull();
    await contract(gap, { from: addDays(soon, 2) });
    await end(await contract(gap), soon);
    expect(await lastDay(gap)).toBe(soon);
  });
  it("is over once a contract that begins after a gap has begun", async () => {
    const covered = await channel();
    await contract(covered, { from: today });
    await end(await contract(covered), addDays(today, -20));
    expect(await lastDay(covered)).toBeNull();
  });
  it("is not put off by a draft, nor does a draft's end count", async () => {
    const [covered, drafted] = [await channel(), await channel()];
    const draft = await contract(covered, { approved: false });
    await end(await contract(covered), soon);
    expect(await lastDay(covered)).toBe(soon);
    await approve(draft);
    expect(await lastDay(covered)).toBeNull();
    await end(await contract(drafted, { approved: false }), soon);
    expect(await lastDay(drafted)).toBeNull();
  });
  it("is not put off by what is over: a term without renewal, coverage left; alone these end nothing", async () => {
    const [covered, alone] = [await channel(), await channel()];
    await contract(covered, { endsOn: addDays(today, -100), renewal: "none" });
    await contract(covered, { until: addDays(today, -50) });
    expect(await lastDay(covered)).toBeNull();
    await end(await contract(covered), soon);
    expect(await lastDay(covered)).toBe(soon);
    await contract(alone, { endsOn: addDays(today, -100), renewal: "none", until: addDays(today, -100) });
    expect(await lastDay(alone)).toBeNull();
  });
  it("does not reach a channel that the contract would have covered later", async () => {
    const covered = await channel();
    await end(await contract(covered, { from: later }), soon);
    expect(await lastDay(covered)).toBeNull();
  });
});

describe("a channel's own end", () => {
  const endOwn = async (channelId: string, endsOn: Day) =>
    endChannel(admin, {
      channelId,
      version: (await getChannel(admin, channelId, now))?.version ?? 0,
      endsOn,
      reason: "합침",
    });
  it("counts where it is earlier, stays editable, and comes back to the contract's when withdrawn", async () => {
    const channelId = await channel();
    const id = await contract(channelId);
    await end(id, later);
    await endOwn(channelId, soon);
    expect(await getChannel(admin, channelId, now)).toMatchObject({
      endsOn: soon,
      ownEndsOn: soon,
      endReason: "합침",
      endsByContract: false,
      endContract: null,
    });
    await endOwn(channelId, addDays(later, 1));
    const view = await getChannel(admin, channelId, now);
    expect(view).toMatchObject({ endsOn: later, ownEndsOn: addDays(later, 1), endReason: "사유", endContract: { id } });
    await withdrawEnd(admin, { channelId, version: view?.version ?? 0, reason: "계약대로" });
    const after = await getChannel(admin, channelId, now);
    expect(after).toMatchObject({ endsOn: later, ownEndsOn: null, state: "ending" });
    await expect(withdrawEnd(admin, { channelId, version: after?.version ?? 0, reason: "다시" })).rejects.toMatchObject(
      { key: "channels.refused.contractEnd" },
    );
  });
});

describe("what reads a channel's last day", () => {
  it("follows the contract: lists, placements, waiting things", async () => {
    const channelId = await channel();
    const id = await contract(channelId);
    const { id: placementId } = await createPlacement(
      admin,
      createPlacementSchema.parse({ channelId, name: "홈", medium: "web", mode: "redirect" }),
    );
    const filters = (state: string) => placementFiltersSchema.parse({ state, channel: channelId });
    const among = async (state: string) => [
      (await listChannels(admin, listChannelsSchema.parse({ state }), now)).items.some((row) => row.id === channelId),
      (await listPlacements(admin, filters(state), now)).items.length,
      (await listPlacementChoices(admin, now)).channels.some((choice) => choice.id === channelId),
    ];
    expect(await among("live")).toEqual([true, 1, true]);
    await end(id, today);
    expect(await among("ending")).toEqual([true, 1, true]);
    expect(await listWaiting(admin, now)).toContainEqual(
      expect.objectContaining({ id: `end:${channelId}`, kind: "ending", dueOn: today }),
    );
    await end(id, addDays(today, -1));
    expect(await among("ended")).toEqual([true, 1, false]);
    expect(await listWaiting(admin, now)).toContainEqual(
      expect.objectContaining({ id: `end:${channelId}`, kind: "ended" }),
    );
    expect((await getPlacement(admin, placementId, now))?.endsAt).toEqual(new Date(`${today}T00:00:00+09:00`));
    await expect(
      createPlacement(admin, createPlacementSchema.parse({ channelId, name: "홈", medium: "web", mode: "redirect" })),
    ).rejects.toMatchObject({ key: "placements.channelEnded" });
  });
  it("names the contract and its reason to those alone who may read contracts", async () => {
    const channelId = await channel();
    await end(await contract(channelId), soon);
    expect(await getChannel(marketer, channelId, now)).toMatchObject({
      endsOn: soon,
      endsByContract: true,
      endContract: null,
      endReason: null,
    });
  });
});
