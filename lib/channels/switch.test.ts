import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { addDays, kstDay } from "@/lib/clock";
import { closeDatabase } from "@/lib/db/client";
import { Forbidden, NotFound } from "@/lib/errors";
import { openTestCompany } from "@/lib/test-company";
import { beginSwitch, completeSwitch, withdrawSwitch } from "./commands/switch-dealer";
import { getSwitches } from "./queries/get-switch";

const company = await openTestCompany();
const { ours, owner, admin, officer, marketer, stranger, expectNoEvent, newEvents, mark } = company;
const today = kstDay(new Date());
const yesterday = addDays(today, -1);
const reason = "요금이 더 낮은 딜러로 바꿉니다.";
let serial = 0;

afterAll(async () => {
  await owner.end();
  await closeDatabase();
});

beforeEach(mark);
async function expectOneEvent(action: string, targetId: string) {
  const event = await company.expectOneEvent(action, targetId);
  await mark();
  return event;
}
const key = (error: string) => expect.objectContaining({ key: `channels.switch.refused.${error}` });

/** A channel of infobank's with a sender key and an open connection. */
async function channel(dealer: string | null = "infobank"): Promise<string> {
  const { rows } = await owner.query(
    "INSERT INTO channels (organization_id, search_id, name, dealer, sender_key) VALUES ($1, $2, '한결생활', $3, $4) RETURNING id",
    [ours, `switch${serial++}`, dealer, String(serial).padStart(40, "a")],
  );
  return rows[0].id;
}

async function contract(channelId: string, dealer: string, fromOn: string, approved = true): Promise<string> {
  const { rows } = await owner.query(
    `INSERT INTO contracts (organization_id, number, title, dealer, service, consignment, consignor, consignee, starts_on, renewal, created_by)
     VALUES ($1, $2, '상담톡', $3, true, true, '한결', $3, $4, 'none', $5) RETURNING id`,
    [ours, `HG-${serial++}`, dealer, fromOn, admin.personId],
  );
  const [{ id }] = rows;
  await owner.query(
    "INSERT INTO contract_channels (organization_id, contract_id, channel_id, from_on) VALUES ($1, $2, $3, $4)",
    [ours, id, channelId, fromOn],
  );
  if (approved) {
    await owner.query(
      "INSERT INTO contract_steps (organization_id, contract_id, kind, number, hash, person_id) VALUES ($1, $2, 'approved', 1, 'x', $3)",
      [ours, id, officer.personId],
    );
  }
  return id;
}

async function reconsigned(channelId: string, contractId: string, validFrom: string): Promise<void> {
  const fileId = randomUUID();
  await owner.query(
    "INSERT INTO evidence_files (id, organization_id, name, mime, bytes, sha256, person_id) VALUES ($1, $2, 'a.pdf', 'application/pdf', 1, 'x', $3)",
    [fileId, ours, admin.personId],
  );
  await owner.query(
    `INSERT INTO reconsignments (organization_id, contract_id, channel_id, consignor, consignee, sub_consignee, scope, items, approver_name,
       approved_on, valid_from, file_id, person_id) VALUES ($1, $2, $3, 'a', 'b', 'c', 'd', 'e', 'f', $4, $4, $5, $6)`,
    [ours, contractId, channelId, validFrom, fileId, officer.personId],
  );
}

async function begun(channelId: string, lastOn = yesterday): Promise<string> {
  const id = await beginSwitch(admin, { channelId, toDealer: "lunasoft", lastOn, reason });
  await mark();
  return id;
}

const open = async (channelId: string) => (await getSwitches(officer, channelId, new Date())).open;
const answers = async (channelId: string) =>
  (await open(channelId))?.steps.map(({ answer, because }) => `${answer} ${because}`);
const dealerOf = async (channelId: string) =>
  (await owner.query("SELECT dealer FROM channels WHERE id = $1", [channelId])).rows[0].dealer;

describe("beginSwitch", () => {
  it("opens a switch; the channel keeps its dealer", async () => {
    const channelId = await channel();
    const id = await beginSwitch(admin, { channelId, toDealer: "lunasoft", lastOn: today, reason });
    expect((await expectOneEvent("channel.dealer-switch-begun", channelId)).body).toBe(
      `{"from":"infobank","lastOn":"${today}","switch":"${id}","to":"lunasoft"}`,
    );
    expect(await open(channelId)).toMatchObject({
      id,
      fromDealer: "infobank",
      toDealer: "lunasoft",
      by: "CLIENT_ADMIN",
    });
    expect(await dealerOf(channelId)).toBe("infobank");
  });
  it("is open once, also when two begin at once", async () => {
    const channelId = await channel();
    const input = { channelId, toDealer: "lunasoft" as const, lastOn: today, reason };
    const outcomes = await Promise.allSettled([beginSwitch(admin, input), beginSwitch(admin, input)]);
    expect(outcomes.filter(({ status }) => status === "rejected")).toEqual([
      expect.objectContaining({ reason: key("open") }),
    ]);
    expect(await newEvents()).toBe(1);
  });
  it("refuses a channel without a dealer, the same dealer, others, and finds no foreign channel", async () => {
    const input = { channelId: await channel(), toDealer: "lunasoft" as const, lastOn: today, reason };
    await expect(beginSwitch(admin, { ...input, channelId: await channel(null) })).rejects.toEqual(key("noDealer"));
    await expect(beginSwitch(admin, { ...input, toDealer: "infobank" })).rejects.toEqual(key("same"));
    await expect(beginSwitch(officer, input)).rejects.toBeInstanceOf(Forbidden);
    await expect(beginSwitch(stranger, input)).rejects.toEqual(new NotFound());
    await expect(beginSwitch(admin, { ...input, channelId: randomUUID() })).rejects.toEqual(new NotFound());
    await expectNoEvent();
  });
});

describe("completeSwitch", () => {
  it("hands the channel over once every step holds, and not before", async () => {
    const channelId = await channel();
    const former = await contract(channelId, "infobank", "2025-01-01");
    await owner.query(
      "INSERT INTO dealer_connections (organization_id, channel_id, format, created_by, created_at) VALUES ($1, $2, 'infobank', 'test', now() - interval '1 hour')",
      [ours, channelId],
    );
    const switchId = await begun(channelId);
    expect(await answers(channelId)).toEqual([
      ...["no formerOpen", "no connectionOpen", "no contractMissing", "no contractMissing"],
      ...["no reconsignmentMissing", "no senderKeySame", "yes dayOver"],
    ]);
    const refused = async (count: number) =>
      expect(completeSwitch(admin, { channelId, switchId })).rejects.toMatchObject({
        ...{ key: "channels.switch.refused.gaps", values: { count } },
      });
    await refused(6);
    await owner.query(
      "INSERT INTO contract_endings (organization_id, contract_id, kind, ends_on, reason, person_id, outcome, closed_at) VALUES ($1, $2, 'end', $3, 'x', $4, 'approved', now())",
      [ours, former, yesterday, admin.personId],
    );
    await refused(5);
    await owner.query("UPDATE dealer_connections SET closed_at = now() WHERE channel_id = $1", [channelId]);
    await refused(4);
    const coming = await contract(channelId, "lunasoft", today, false);
    expect((await answers(channelId))?.slice(2, 4)).toEqual(["no contractDraft", "no contractDraft"]);
    await refused(4);
    await owner.query(
      "INSERT INTO contract_steps (organization_id, contract_id, kind, number, hash, person_id) VALUES ($1, $2, 'approved', 1, 'x', $3)",
      [ours, coming, officer.personId],
    );
    await refused(2);
    await reconsigned(channelId, coming, today);
    await refused(1);
    await owner.query("UPDATE channels SET sender_key = repeat('b', 40) WHERE id = $1", [channelId]);
    // The new dealer's own connection does not stand in the way.
    await owner.query(
      "INSERT INTO dealer_connections (organization_id, channel_id, format, created_by) VALUES ($1, $2, 'canonical', 'test')",
      [ours, channelId],
    );
    await expectNoEvent();
    await completeSwitch(admin, { channelId, switchId });
    expect((await expectOneEvent("channel.dealer-switch-completed", channelId)).body).toContain('"unknown":[]');
    expect(await dealerOf(channelId)).toBe("lunasoft");
    const { open: left, closed } = await getSwitches(officer, channelId, new Date());
    expect(left).toBeNull();
    expect(closed).toEqual([expect.objectContaining({ id: switchId, outcome: "completed", closedBy: "CLIENT_ADMIN" })]);
    await expect(completeSwitch(admin, { channelId, switchId })).rejects.toEqual(new NotFound());
  });
  it("waits for the last day, and for a former contract that is not registered asks a person", async () => {
    const channelId = await channel();
    await begun(channelId, today);
    expect(await answers(channelId)).toEqual(expect.arrayContaining(["unknown formerUnknown", "no dayAhead"]));
  });
  it("refuses once somebody wrote another dealer over the former one", async () => {
    const channelId = await channel();
    const switchId = await begun(channelId);
    await owner.query("UPDATE channels SET dealer = 'spectra' WHERE id = $1", [channelId]);
    await expect(completeSwitch(admin, { channelId, switchId })).rejects.toEqual(key("dealerChanged"));
    await expectNoEvent();
  });
  it("refuses others, and finds no foreign switch", async () => {
    const channelId = await channel();
    const switchId = await begun(channelId);
    await expect(completeSwitch(officer, { channelId, switchId })).rejects.toBeInstanceOf(Forbidden);
    await expect(completeSwitch(stranger, { channelId, switchId })).rejects.toEqual(new NotFound());
    await expect(completeSwitch(admin, { channelId: await channel(), switchId })).rejects.toEqual(new NotFound());
    await expect(getSwitches(marketer, channelId, new Date())).rejects.toBeInstanceOf(Forbidden);
    expect(await getSwitches(stranger, channelId, new Date())).toEqual({ open: null, closed: [] });
    await expectNoEvent();
  });
});

describe("withdrawSwitch", () => {
  it("leaves the channel with its dealer, and another may begin", async () => {
    const channelId = await channel();
    const switchId = await begun(channelId);
    await withdrawSwitch(admin, { channelId, switchId, reason });
    expect((await expectOneEvent("channel.dealer-switch-withdrawn", channelId)).reason).toBe(reason);
    expect(await dealerOf(channelId)).toBe("infobank");
    await expect(withdrawSwitch(admin, { channelId, switchId, reason })).rejects.toEqual(new NotFound());
    await begun(channelId);
  });
  it("is refused while the other dealer's contract covers the channel", async () => {
    const channelId = await channel();
    const switchId = await begun(channelId);
    const coming = await contract(channelId, "lunasoft", today);
    await expect(withdrawSwitch(admin, { channelId, switchId, reason })).rejects.toEqual(key("covered"));
    await owner.query("DELETE FROM contract_channels WHERE contract_id = $1", [coming]);
    await withdrawSwitch(admin, { channelId, switchId, reason });
  });
  it("is completed or withdrawn, never both", async () => {
    const channelId = await channel();
    const switchId = await begun(channelId);
    const outcomes = await Promise.allSettled([0, 1].map(() => withdrawSwitch(admin, { channelId, switchId, reason })));
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    expect(await newEvents()).toBe(1);
  });
  it("refuses others, and finds no foreign switch", async () => {
    const channelId = await channel();
    const switchId = await begun(channelId);
    await expect(withdrawSwitch(marketer, { channelId, switchId, reason })).rejects.toBeInstanceOf(Forbidden);
    await expect(withdrawSwitch(stranger, { channelId, switchId, reason })).rejects.toEqual(new NotFound());
    await expectNoEvent();
  });
});
