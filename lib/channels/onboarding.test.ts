import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { read } from "@/lib/auth/door";
import { addDays, kstDay } from "@/lib/clock";
import { closeDatabase } from "@/lib/db/client";
import { Conflict, Forbidden, NotFound } from "@/lib/errors";
import { openTestCompany, type TestCompany } from "@/lib/test-company";
import { listWaiting } from "@/lib/today/queries/list-waiting";
import { makeReadyChannel } from "@/prisma/seed/ready-channel";
import { markOnboarding } from "./commands/mark-onboarding";
import { editChannel } from "./commands/open-channel";
import { fillPlan, planOnboarding } from "./commands/plan-onboarding";
import { listColleagues } from "./queries/colleagues";
import { getChannel } from "./queries/get-channel";
import { onboardingFacts } from "./queries/onboarding-facts";
import { onboardingOf } from "./rules/onboarding";
import { onboardingItems } from "./rules/onboarding-items";
import type { OnboardingKey } from "./schema";

let company: TestCompany;
beforeAll(async () => {
  company = await openTestCompany();
});
afterAll(async () => {
  await company.owner.end();
  await closeDatabase();
});
beforeEach(() => company.mark());

const now = () => new Date();
const today = kstDay(new Date());
const note = "화면으로 확인했습니다";
const stateOf = async (id: string, key: OnboardingKey) =>
  (await getChannel(company.admin, id, now()))?.states.find((one) => one.key === key);

describe("markOnboarding", () => {
  it("says that an item does not apply, with a reason, where it may be so", async () => {
    const { id: channelId } = await company.opened();
    await markOnboarding(company.officer, { channelId, item: "consent", kind: "not-applicable", note });
    await company.expectOneEvent("onboarding.not-applicable", channelId);
    expect(await stateOf(channelId, "consent")).toMatchObject({ status: "not-applicable", holds: true });
    await markOnboarding(company.officer, { channelId, item: "consent", kind: "reopened", note });
    expect(await stateOf(channelId, "consent")).toMatchObject({ status: "waiting", waitsFor: ["retention"] });
    await expect(
      markOnboarding(company.officer, { channelId, item: "opened", kind: "not-applicable", note }),
    ).rejects.toMatchObject({ key: "channels.refused.applies", field: "note" });
  });
  it("takes proof that has to be renewed, from today on", async () => {
    const { id: channelId } = await company.opened();
    const mark = (renewOn: string) =>
      markOnboarding(company.officer, { channelId, item: "retention", kind: "done", note, renewOn });
    await expect(mark(addDays(today, -1))).rejects.toMatchObject({ field: "renewOn" });
    await mark(today);
    expect(await stateOf(channelId, "retention")).toMatchObject({ status: "done", renewOn: today });
    const tomorrow = new Date(Date.now() + 86_400_000);
    const later = (await getChannel(company.admin, channelId, tomorrow))?.states.find((one) => one.key === "retention");
    expect(later).toMatchObject({ status: "expired", holds: false });
  });
});

describe("planOnboarding", () => {
  it("names an owner and a day, one version after another", async () => {
    const { id: channelId } = await company.opened();
    const { admin, officer, marketer } = company;
    const plan = { channelId, item: "opened", ownerId: marketer.personId, dueOn: addDays(today, 3) } as const;
    await planOnboarding(officer, { ...plan, version: 0 });
    await company.expectOneEvent("onboarding.planned", channelId);
    await planOnboarding(admin, { ...plan, version: 1, dueOn: null });
    await expect(planOnboarding(officer, { ...plan, version: 1 })).rejects.toBeInstanceOf(Conflict);
    await expect(planOnboarding(officer, { ...plan, version: 0 })).rejects.toBeInstanceOf(Conflict);
    expect((await getChannel(admin, channelId, now()))?.plans).toEqual([
      { item: "opened", ownerId: marketer.personId, owner: "MARKETER", dueOn: null, version: 2 },
    ]);
  });
  it("makes one of two that come at once a conflict", async () => {
    const { id: channelId } = await company.opened();
    const plan = { channelId, item: "opened", ownerId: null, dueOn: today, version: 0 } as const;
    const both = await Promise.allSettled([1, 2].map(() => planOnboarding(company.admin, plan)));
    expect(both.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
    await company.expectOneEvent("onboarding.planned", channelId);
  });
  it("refuses strangers as owners, far days, others, and foreign channels", async () => {
    const { id: channelId } = await company.opened();
    const { admin, marketer, auditor, stranger } = company;
    const plan = { channelId, item: "opened", ownerId: null, dueOn: today, version: 0 } as const;
    for (const ownerId of [stranger.personId, randomUUID()])
      await expect(planOnboarding(admin, { ...plan, ownerId })).rejects.toMatchObject({ field: "ownerId" });
    await expect(planOnboarding(admin, { ...plan, dueOn: "9999-12-31" })).rejects.toMatchObject({ field: "dueOn" });
    for (const other of [marketer, auditor])
      await expect(planOnboarding(other, plan)).rejects.toBeInstanceOf(Forbidden);
    await expect(planOnboarding(stranger, plan)).rejects.toEqual(new NotFound());
    await expect(planOnboarding(admin, { ...plan, channelId: randomUUID() })).rejects.toEqual(new NotFound());
    await company.expectNoEvent();
    expect((await listColleagues(admin, now())).map((one) => one.id)).not.toContain(stranger.personId);
  });
  it("shows what is due or late on Today to its owner's role, until it holds", async () => {
    const { id: channelId } = await company.opened();
    const { officer, marketer } = company;
    const plan = { channelId, ownerId: marketer.personId, version: 0 };
    await planOnboarding(officer, { ...plan, item: "opened", dueOn: addDays(today, -1) });
    await planOnboarding(officer, { ...plan, item: "business", ownerId: null, dueOn: addDays(today, 7) });
    await planOnboarding(officer, { ...plan, item: "retention", dueOn: addDays(today, 8) });
    const due = async () =>
      (await listWaiting(officer, now())).filter((one) => one.kind === "itemDue" && one.id.includes(channelId));
    expect((await due()).map(({ item, roles, values, dueOn }) => [item, roles, values.owner, dueOn])).toEqual([
      ["opened", ["MARKETER"], "MARKETER", addDays(today, -1)],
      ["business", ["CLIENT_ADMIN", "COMPLIANCE_OFFICER"], "none", addDays(today, 7)],
    ]);
    await markOnboarding(officer, { channelId, item: "opened", kind: "done", note });
    expect((await due()).map((one) => one.item)).toEqual(["business"]);
  });
});

describe("fillPlan", () => {
  it("gives open items without a day their usual one", async () => {
    const { id: channelId } = await company.opened();
    const { officer, admin } = company;
    await markOnboarding(officer, { channelId, item: "opened", kind: "done", note });
    await planOnboarding(officer, { channelId, item: "business", ownerId: null, dueOn: today, version: 0 });
    await planOnboarding(officer, { channelId, item: "consent", ownerId: officer.personId, dueOn: null, version: 0 });
    await company.mark();
    const count = await fillPlan(officer, { channelId, startsOn: today });
    // Not what holds (opened, category, dealer), nor what has a day.
    expect(count).toBe(onboardingItems.length - 4);
    expect((await company.expectOneEvent("onboarding.filled", channelId)).body).toContain(`"count":${count}`);
    const plans = new Map((await getChannel(admin, channelId, now()))?.plans.map((plan) => [plan.item, plan]));
    expect(plans.get("business")?.dueOn).toBe(today);
    expect(plans.get("consent")).toMatchObject({ ownerId: officer.personId, dueOn: addDays(today, 20), version: 2 });
    expect(plans.get("reconsignment")).toMatchObject({ ownerId: null, dueOn: addDays(today, 23), version: 1 });
    await expect(fillPlan(officer, { channelId, startsOn: today })).rejects.toMatchObject({
      key: "channels.refused.nothingToFill",
    });
  });
  it("refuses far days, others, and foreign channels", async () => {
    const { id: channelId } = await company.opened();
    const { admin, marketer, stranger } = company;
    await expect(fillPlan(admin, { channelId, startsOn: "0001-01-01" })).rejects.toMatchObject({ field: "startsOn" });
    await expect(fillPlan(marketer, { channelId, startsOn: today })).rejects.toBeInstanceOf(Forbidden);
    await expect(fillPlan(stranger, { channelId, startsOn: today })).rejects.toEqual(new NotFound());
    await company.expectNoEvent();
  });
});

describe("onboardingFacts", () => {
  const ready = (searchId: string) =>
    makeReadyChannel(
      { now: now(), admin: company.admin, officer: company.officer },
      { searchId, name: "한결생활", publicId: null, contact: "", openedDaysAgo: 9 },
    );
  it("asks the same number of queries for one channel and for many, and nothing of another organization", async () => {
    const ids = await Promise.all(["factsa", "factsb", "factsc"].map(ready));
    const asked = (channelIds: string[]) =>
      read(company.admin, "channel:read", async (tx) => {
        let queries = 0;
        const counting = new Proxy(tx, {
          get: (target, name) => {
            if (typeof name === "string" && !name.startsWith("$") && name in target) queries += 1;
            if (name === "$queryRaw") queries += 1;
            return Reflect.get(target, name, target);
          },
        });
        return { facts: await onboardingFacts(counting, channelIds, today), queries: () => queries };
      });
    const one = await asked(ids.slice(0, 1));
    const all = await asked(ids);
    expect(all.queries()).toBe(one.queries());
    expect(all.facts.size).toBe(3);
    for (const facts of all.facts.values()) expect(onboardingOf(facts, today).progress).toEqual({ done: 18, of: 18 });
    const theirs = await read(company.stranger, "channel:read", (tx) => onboardingFacts(tx, ids, today));
    expect(theirs.size).toBe(0);
  });
});

describe("editChannel", () => {
  const profile = (channelId: string, version: number, more: object) => ({
    ...{ channelId, version, name: "한결생활", publicId: null, senderKey: null, dealer: "infobank" as const },
    ...{ contact: "", categoryCode: "00100010001", consignorName: "", privacyUrl: null },
    ...more,
  });
  it("keeps category code, consignor and privacy policy, and names them", async () => {
    const { id } = await company.opened();
    const more = { categoryCode: null, consignorName: "주식회사 한결", privacyUrl: "https://hangyeol.example/privacy" };
    await editChannel(company.admin, profile(id, 1, more));
    expect((await company.expectOneEvent("channel.edited", id)).body).toBe(
      '{"fields":["categoryCode","consignorName","privacyUrl"]}',
    );
    expect(await getChannel(company.admin, id, now())).toMatchObject(more);
  });
  it("does not change the dealer of a channel that another dealer's contract covers, or that is live", async () => {
    const id = await ready("covered");
    const change = { dealer: "lunasoft" as const };
    await expect(editChannel(company.admin, profile(id, 1, change))).rejects.toMatchObject({
      ...{ key: "channels.refused.dealerContract", field: "dealer", values: { number: "C-covered" } },
    });
    await expect(editChannel(company.admin, profile(id, 1, { dealer: null }))).rejects.toMatchObject({
      field: "dealer",
    });
    const { id: free } = await company.opened();
    await editChannel(company.admin, profile(free, 1, change));
    await company.owner.query(
      "INSERT INTO channel_go_lives (channel_id, organization_id, person_id) VALUES ($1, $2, $3)",
      [free, company.ours, company.admin.personId],
    );
    await expect(editChannel(company.admin, profile(free, 2, { dealer: "infobank" }))).rejects.toMatchObject({
      ...{ key: "channels.refused.dealerLive", field: "dealer" },
    });
  });
  const ready = (searchId: string) =>
    makeReadyChannel(
      { now: now(), admin: company.admin, officer: company.officer },
      { searchId, name: "한결생활", publicId: null, contact: "", openedDaysAgo: 9 },
    );
});
