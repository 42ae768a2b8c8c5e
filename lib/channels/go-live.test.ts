import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { closeDatabase } from "@/lib/db/client";
import { Conflict, Forbidden, NotFound, Refused } from "@/lib/errors";
import { openTestCompany, type TestCompany } from "@/lib/test-company";
import { listWaiting } from "@/lib/today/queries/list-waiting";
import { makeReadyChannel } from "@/prisma/seed/ready-channel";
import { agreeGoLive, declineGoLive, requestGoLive, withdrawGoLive } from "./commands/go-live";
import { markOnboarding } from "./commands/mark-onboarding";
import { getChannel } from "./queries/get-channel";

let company: TestCompany;
let serial = 0;
beforeAll(async () => {
  company = await openTestCompany();
});
afterAll(async () => {
  await company.owner.end();
  await closeDatabase();
});
beforeEach(() => company.mark());

const now = () => new Date();
/** A channel whose items all hold. */
async function ready(): Promise<{ channelId: string; phrase: string }> {
  serial += 1;
  const searchId = `ready${serial}`;
  const { admin, officer } = company;
  const channelId = await makeReadyChannel(
    { now: now(), admin, officer },
    { searchId, name: "한결생활 B2B", publicId: null, contact: "", openedDaysAgo: 9 },
  );
  await company.mark();
  return { channelId, phrase: `@${searchId}` };
}
async function asked() {
  const channel = await ready();
  const requestId = await requestGoLive(company.admin, channel);
  await company.mark();
  return { ...channel, requestId };
}
const reopen = (channelId: string) =>
  markOnboarding(company.officer, { channelId, item: "opened", kind: "reopened", note: "다시 확인합니다" });

describe("requestGoLive", () => {
  it("asks, bound to what holds, and tells those who may agree", async () => {
    const channel = await ready();
    const id = await requestGoLive(company.admin, channel);
    const { body } = await company.expectOneEvent("channel.live-requested", channel.channelId);
    expect(body).toMatch(/"digest":"[0-9a-f]{64}"/);
    expect(await getChannel(company.marketer, channel.channelId, now())).toMatchObject({
      ...{ state: "preparing", progress: { done: 18, of: 18 }, request: { id, changed: false, by: "CLIENT_ADMIN" } },
    });
    const waiting = (await listWaiting(company.officer, now())).find((one) => one.id === `goLive:${channel.channelId}`);
    expect(waiting).toMatchObject({ kind: "agree", roles: ["COMPLIANCE_OFFICER", "CLIENT_ADMIN"] });
  });
  it("refuses with an open item, another phrase, others, and foreign channels", async () => {
    const { channelId, phrase } = await ready();
    const { admin, officer, marketer, auditor, stranger } = company;
    await expect(requestGoLive(admin, { channelId, phrase: "@다른" })).rejects.toMatchObject({ field: "phrase" });
    for (const other of [officer, marketer, auditor])
      await expect(requestGoLive(other, { channelId, phrase })).rejects.toBeInstanceOf(Forbidden);
    await expect(requestGoLive(stranger, { channelId, phrase })).rejects.toEqual(new NotFound());
    await expect(requestGoLive(admin, { channelId: randomUUID(), phrase })).rejects.toEqual(new NotFound());
    await company.expectNoEvent();
    await reopen(channelId);
    await company.mark();
    await expect(requestGoLive(admin, { channelId, phrase })).rejects.toMatchObject({
      ...{ key: "channels.refused.gate", values: { count: 1 } },
    });
    await company.expectNoEvent();
  });
  it("asks once, also when two ask at once, and anew when items changed", async () => {
    const { channelId, phrase } = await ready();
    const { admin, second, officer } = company;
    const outcomes = await Promise.allSettled([admin, second].map((who) => requestGoLive(who, { channelId, phrase })));
    expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
    await company.expectOneEvent("channel.live-requested", channelId);
    await expect(requestGoLive(admin, { channelId, phrase })).rejects.toMatchObject({
      key: "channels.refused.requested",
    });
    await markOnboarding(officer, { channelId, item: "opened", kind: "done", note: "새로 확인했습니다" });
    expect((await getChannel(admin, channelId, now()))?.request?.changed).toBe(true);
    const again = await requestGoLive(second, { channelId, phrase });
    expect((await getChannel(admin, channelId, now()))?.request).toMatchObject({ id: again, changed: false });
  });
});

describe("agreeGoLive", () => {
  it("goes live by a second person, the officer or another administrator", async () => {
    for (const who of [company.officer, company.second]) {
      const request = await asked();
      await agreeGoLive(who, request);
      await company.expectOneEvent("channel.went-live", request.channelId);
      expect(await getChannel(company.admin, request.channelId, now())).toMatchObject({
        ...{ state: "live", requestedBy: "CLIENT_ADMIN", wentLiveBy: who.role, request: null },
      });
      await expect(requestGoLive(company.admin, request)).rejects.toMatchObject({
        key: "channels.refused.alreadyLive",
      });
    }
  });
  it("refuses who asked, another phrase, others, and foreign requests", async () => {
    const request = await asked();
    const { admin, officer, marketer, auditor, stranger, strangeOfficer } = company;
    await expect(agreeGoLive(admin, request)).rejects.toMatchObject({ key: "channels.refused.samePerson" });
    await expect(agreeGoLive(officer, { ...request, phrase: "ready" })).rejects.toMatchObject({ field: "phrase" });
    for (const other of [marketer, auditor])
      await expect(agreeGoLive(other, request)).rejects.toBeInstanceOf(Forbidden);
    for (const other of [stranger, strangeOfficer])
      await expect(agreeGoLive(other, request)).rejects.toEqual(new NotFound());
    await expect(agreeGoLive(officer, { ...request, requestId: randomUUID() })).rejects.toEqual(new NotFound());
    const elsewhere = await asked();
    await expect(agreeGoLive(officer, { ...request, requestId: elsewhere.requestId })).rejects.toEqual(new NotFound());
    await company.expectNoEvent();
  });
  it("is a conflict once items have changed: the request has to be made again", async () => {
    const request = await asked();
    const { admin, officer, second } = company;
    await markOnboarding(officer, {
      channelId: request.channelId,
      item: "opened",
      kind: "done",
      note: "새 화면입니다",
    });
    await company.mark();
    await expect(agreeGoLive(officer, request)).rejects.toEqual(new Conflict("channels.refused.requestChanged"));
    await company.expectNoEvent();
    const requestId = await requestGoLive(admin, request);
    await expect(agreeGoLive(officer, request)).rejects.toMatchObject({ key: "channels.refused.noRequest" });
    await agreeGoLive(second, { ...request, requestId });
    expect((await getChannel(admin, request.channelId, now()))?.state).toBe("live");
  });
  it("is a conflict when a contract behind it ends meanwhile", async () => {
    const request = await asked();
    await company.owner.query(
      "UPDATE contracts SET version = version + 1 WHERE id IN (SELECT contract_id FROM contract_channels WHERE channel_id = $1)",
      [request.channelId],
    );
    await expect(agreeGoLive(company.officer, request)).rejects.toBeInstanceOf(Conflict);
  });
  it("has one winner when two agree, and none against a withdrawal that came first", async () => {
    const request = await asked();
    const both = await Promise.allSettled([company.officer, company.second].map((who) => agreeGoLive(who, request)));
    expect(both.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
    await company.expectOneEvent("channel.went-live", request.channelId);

    const other = await asked();
    await withdrawGoLive(company.admin, other);
    await expect(agreeGoLive(company.officer, other)).rejects.toMatchObject({ key: "channels.refused.noRequest" });
  });
  it("leaves what was agreed as it was", async () => {
    const request = await asked();
    await agreeGoLive(company.officer, request);
    await expect(
      company.owner.query("INSERT INTO channel_go_lives (channel_id, organization_id, person_id) VALUES ($1, $2, $3)", [
        ...[request.channelId, company.ours, company.admin.personId],
      ]),
    ).rejects.toThrow(/unique|duplicate/);
  });
});

describe("declineGoLive and withdrawGoLive", () => {
  it("send back with a note, by a second person", async () => {
    const request = await asked();
    const note = "처리방침을 먼저 고쳐 주십시오";
    await expect(declineGoLive(company.admin, { ...request, note })).rejects.toMatchObject({
      key: "channels.refused.samePerson",
    });
    await declineGoLive(company.officer, { ...request, note });
    await company.expectOneEvent("channel.live-declined", request.channelId);
    expect(await getChannel(company.admin, request.channelId, now())).toMatchObject({
      ...{ state: "preparing", request: null, declined: { by: "COMPLIANCE_OFFICER", note } },
    });
    await expect(declineGoLive(company.officer, { ...request, note })).rejects.toBeInstanceOf(Refused);
    await expect(requestGoLive(company.admin, request)).resolves.toEqual(expect.any(String));
  });
  it("take back by who asked alone", async () => {
    const request = await asked();
    await expect(withdrawGoLive(company.second, request)).rejects.toMatchObject({
      key: "channels.refused.notRequester",
    });
    await expect(withdrawGoLive(company.officer, request)).rejects.toBeInstanceOf(Forbidden);
    await expect(withdrawGoLive(company.stranger, request)).rejects.toEqual(new NotFound());
    await company.mark();
    await withdrawGoLive(company.admin, request);
    await company.expectOneEvent("channel.live-withdrawn", request.channelId);
    await expect(withdrawGoLive(company.admin, request)).rejects.toBeInstanceOf(Refused);
  });
});

describe("오늘 of a company with very many channels", () => {
  it("names the newest hundred and those that are pressing, and counts the rest", async () => {
    const pressing = await asked();
    await company.owner.query("UPDATE channels SET created_at = now() - interval '9 days' WHERE id = $1", [
      pressing.channelId,
    ]);
    await company.owner.query(
      "INSERT INTO channels (organization_id, search_id, name) SELECT $1, 'many' || n, '많은 채널' FROM generate_series(1, 3000) n",
      [company.ours],
    );
    const waiting = (await listWaiting(company.officer, now())).filter((one) => one.group === "goLive");
    expect(waiting.find((one) => one.id === `goLive:${pressing.channelId}`)?.kind).toBe("agree");
    const more = waiting.find((one) => one.kind === "moreChannels");
    const { rows } = await company.owner.query(
      "SELECT count(*)::int AS n FROM channels WHERE organization_id = $1 AND NOT EXISTS (SELECT FROM channel_go_lives g WHERE g.channel_id = id)",
      [company.ours],
    );
    const named = waiting.filter((one) => one.kind !== "moreChannels" && one.id.startsWith("goLive:"));
    expect(named.length).toBeLessThan(250);
    expect(named.length + Number(more?.values.count)).toBe(rows[0].n);
  });
});
