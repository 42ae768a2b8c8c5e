// The first automatic notice on a real PostgreSQL: drafted, approved by a second person, followed to the chat room, and what was seen when.
import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { PersonActor } from "@/lib/auth/actor";
import { closeDatabase } from "@/lib/db/client";
import { Conflict, Forbidden, NotFound, Refused } from "@/lib/errors";
import { openTestCompany, type TestCompany } from "@/lib/test-company";
import { approveNotice, rejectNotice, submitNotice, withdrawNotice } from "./commands/decide-notice";
import { applyNotice, declineNotice, requestNotice, verifyNotice } from "./commands/follow-notice";
import { saveNotice } from "./commands/save-notice";
import { getNotice } from "./queries/get-notice";
import { listNotices } from "./queries/list-notices";
import { noticeAt } from "./queries/notice-at";
import { noticeHash, textHash } from "./rules/notice-content";
import { saveNoticeSchema, verifyNoticeSchema } from "./schema/notice";
import { contractInForce, goodNotice, policyInForce } from "./testing";

let company: TestCompany;
let second: PersonActor;
let policyId: string;
beforeAll(async () => {
  company = await openTestCompany();
  second = await company.join("COMPLIANCE_OFFICER");
  policyId = await policyInForce(company, { count: 1, unit: "years" }, { at: new Date("2025-01-01T00:00:00Z") });
});
afterAll(async () => {
  await company.owner.end();
  await closeDatabase();
});
beforeEach(() => company.mark());

const today = new Date("2026-11-23T03:00:00Z");
const words = (more: object = {}) => ({
  source: goodNotice,
  hours: "평일 09:00~18:00",
  summary: "첫 판",
  weight: "major",
  ...more,
});
const save = (channelId: string, more: object = {}, by: PersonActor = company.officer) =>
  saveNotice(by, saveNoticeSchema.parse({ channelId, number: 0, save: 0, ...words(), ...more }));

async function channel(): Promise<string> {
  const { id } = await company.opened({ contact: "1577-0000" });
  await contractInForce(company, id);
  await company.mark();
  return id;
}

/** A form about the newest version as somebody sees it now. */
async function form(channelId: string, more: object = {}) {
  const view = await getNotice(company.auditor, channelId, today);
  const newest = view?.versions[0];
  if (!view?.id || !newest) throw new Error("no notice");
  return { noticeId: view.id, number: newest.number, hash: newest.hash, note: "", ...more };
}
const state = async (channelId: string) =>
  (await getNotice(company.auditor, channelId, today))?.versions.map((one) => one.state);

async function approved(channelId: string, at: Date, more: object = {}): Promise<string> {
  const before = await getNotice(company.auditor, channelId, today);
  const newest = before?.versions[0];
  await save(channelId, { number: newest?.number ?? 0, save: newest?.save ?? 0, ...more });
  await submitNotice(company.officer, await form(channelId), at);
  await approveNotice(second, await form(channelId), at);
  const text = (await getNotice(company.auditor, channelId, today))?.versions[0]?.frozen?.text;
  if (text === undefined) throw new Error("not approved");
  return text;
}
async function live(channelId: string, at: Date, more: object = {}): Promise<string> {
  const text = await approved(channelId, at, more);
  const doneOn = at.toISOString().slice(0, 10);
  await requestNotice(company.officer, { ...(await form(channelId)), ticket: "IB-1", doneOn }, at);
  await applyNotice(company.officer, { ...(await form(channelId)), doneOn }, at);
  await verifyNotice(company.officer, verifyNoticeSchema.parse({ ...(await form(channelId)), pasted: text }), at);
  return text;
}

describe("a draft", () => {
  it("is written by the marketer or the officer, one event each, and by nobody else", async () => {
    const id = await channel();
    const { noticeId } = await save(id, {}, company.marketer);
    const event = await company.expectOneEvent("notice.saved", noticeId);
    expect(JSON.stringify(event.body)).not.toContain("상담");
    for (const actor of [company.admin, company.auditor])
      await expect(save(id, { number: 1, save: 1 }, actor)).rejects.toThrow(Forbidden);
    await expect(save(id, { number: 1, save: 1 }, company.strangeOfficer)).rejects.toThrow(NotFound);
    await expect(submitNotice(company.marketer, await form(id), today)).rejects.toThrow(Forbidden);
  });

  it("is kept from being overwritten, and says nothing twice", async () => {
    const id = await channel();
    await save(id);
    await expect(save(id, { source: "다른 글" })).rejects.toThrow(Conflict);
    await expect(save(id, { number: 1, save: 1 })).rejects.toThrow(Refused);
    await save(id, { number: 1, save: 1, summary: "다듬음" });
    const view = await getNotice(company.officer, id, today);
    expect(view?.versions).toMatchObject([{ number: 1, save: 2, state: "draft", words: { summary: "다듬음" } }]);
    expect(view?.versions[0]?.hash).toBe(noticeHash(words({ summary: "다듬음" })));
  });
});

describe("the decision", () => {
  it("is a second person's, about exactly what was submitted", async () => {
    const id = await channel();
    await save(id, {}, company.marketer);
    await save(id, { number: 1, save: 1, summary: "고침" });
    const asked = await form(id);
    await submitNotice(company.officer, asked, today);
    await expect(save(id, { number: 1, save: 2, summary: "더" })).rejects.toThrow("privacy.notices.refused.locked");
    await expect(approveNotice(company.officer, asked, today)).rejects.toThrow("privacy.notices.refused.author");
    await expect(approveNotice(company.auditor, asked, today)).rejects.toThrow(Forbidden);
    await expect(approveNotice(company.strangeOfficer, asked, today)).rejects.toThrow(NotFound);
    await expect(approveNotice(second, { ...asked, hash: "0".repeat(64) }, today)).rejects.toThrow(Conflict);
    await company.mark();
    await approveNotice(second, asked, today);
    const event = await company.expectOneEvent("notice.approved", asked.noticeId);
    const frozen = (await getNotice(company.officer, id, today))?.versions[0]?.frozen;
    expect(frozen?.text).toContain("상담 종료 후 1년간 보관한 뒤");
    expect(frozen?.text).toContain("인포뱅크 주식회사는 메시지 송수신을 주식회사 카카오에");
    expect(JSON.parse(event.body)).toMatchObject({ text: textHash(frozen?.text ?? "") });
    expect(frozen?.facts).toMatchObject({ policy: { id: policyId, version: 1, count: 1, unit: "years" } });
    await expect(approveNotice(second, asked, today)).rejects.toThrow("privacy.notices.refused.alreadyApproved");
  });

  it("refuses a period that is not the policy's, with the sentence that is wrong", async () => {
    const id = await channel();
    await save(id, { source: goodNotice.replace("#{보유기간}", "6개월") });
    const refused = await submitNotice(company.officer, await form(id), today).catch((error: unknown) => error);
    expect(refused).toBeInstanceOf(Refused);
    expect(refused).toMatchObject({ key: "privacy.lint.period.refused", values: { expected: "1년", found: "6개월" } });
    expect((refused as Refused).values?.sentence).toContain("6개월간 보관한 뒤");
    expect(await state(id)).toEqual(["draft"]);
  });

  it("is a conflict when version 2 is saved while 1 is looked at, or what it says has moved", async () => {
    const id = await channel();
    await save(id);
    const seen = await form(id);
    await save(id, { number: 1, save: 1, summary: "둘째" });
    await expect(submitNotice(company.officer, seen, today)).rejects.toThrow(Conflict);
    await submitNotice(company.officer, await form(id), today);
    await company.owner.query("UPDATE channels SET contact = '1588-1111' WHERE id = $1", [id]);
    await expect(approveNotice(second, await form(id), today)).rejects.toThrow("privacy.notices.refused.moved");
  });

  it("may be no: with its reason, and the draft goes on", async () => {
    const id = await channel();
    await save(id);
    await submitNotice(company.officer, await form(id), today);
    await rejectNotice(second, await form(id, { note: "목적을 더 분명히" }), today);
    expect(await state(id)).toEqual(["rejected"]);
    await save(id, { number: 1, save: 1, summary: "고침" });
    expect(await state(id)).toEqual(["draft"]);
  });
});

describe("on its way to the chat room", () => {
  it("is asked for, declined, asked for again, applied and seen", async () => {
    const id = await channel();
    const text = await approved(id, new Date("2026-11-01T03:00:00Z"));
    const early = { ...(await form(id)), ticket: "", doneOn: "2026-10-31" };
    await expect(requestNotice(company.officer, early, today)).rejects.toThrow("privacy.notices.refused.early");
    await expect(requestNotice(company.officer, { ...early, doneOn: "2026-11-24" }, today)).rejects.toThrow(
      "privacy.notices.refused.future",
    );
    await expect(applyNotice(company.officer, { ...early, doneOn: "2026-11-02" }, today)).rejects.toThrow(
      "privacy.notices.refused.not.applied",
    );
    const on = { ...(await form(id)), doneOn: "2026-11-02" };
    await requestNotice(company.admin, { ...on, ticket: "IB-48213" }, today);
    await declineNotice(company.officer, { ...on, note: "문구 반려" }, today);
    expect(await state(id)).toEqual(["declined"]);
    await requestNotice(company.officer, { ...on, ticket: "IB-48299" }, today);
    await applyNotice(company.officer, on, today);
    const look = (more: object) => verifyNoticeSchema.parse({ ...on, ...more });
    await expect(verifyNotice(company.officer, look({}), today)).rejects.toThrow("privacy.notices.refused.noProof");
    const wrong = await verifyNotice(company.officer, look({ pasted: text.replace("1년간", "6개월간") }), today).catch(
      (error) => error,
    );
    expect(wrong).toMatchObject({ key: "privacy.notices.refused.differs", field: "pasted", values: { line: 2 } });
    await company.mark();
    const seen = text.normalize("NFD").replaceAll("\n", "\r\n");
    expect(await verifyNotice(company.officer, look({ pasted: seen }), today)).toBe("verified");
    await company.expectOneEvent("notice.verified", on.noticeId);
    expect(await state(id)).toEqual(["verified"]);
  });

  it("may turn out to say something else: recorded when the person says so", async () => {
    const id = await channel();
    const text = await live(id, new Date("2026-11-01T03:00:00Z"));
    const look = verifyNoticeSchema.parse({ ...(await form(id)), pasted: `${text} 할인`, differs: "on" });
    expect(await verifyNotice(company.officer, look, today)).toBe("differs");
    expect(await state(id)).toEqual(["differs"]);
    expect((await noticeAt(company.auditor, id, today))?.shown).toBeNull();
  });
});

describe("what a user saw", () => {
  it("is the text that was then verified, not the newest", async () => {
    const id = await channel();
    const first = await live(id, new Date("2026-01-10T03:00:00Z"));
    const other = await live(id, new Date("2026-06-10T03:00:00Z"), { summary: "둘째", hours: "평일 10:00~17:00" });
    await approved(id, new Date("2026-11-10T03:00:00Z"), { summary: "셋째", hours: "평일 11:00~16:00" });
    const at = async (instant: string) => (await noticeAt(company.auditor, id, new Date(instant)))?.shown;
    expect(await at("2026-01-09T00:00:00Z")).toBeNull();
    expect(await at("2026-03-01T00:00:00Z")).toMatchObject({
      version: 1,
      text: first,
      sha256: textHash(first),
      evidence: "pasted",
    });
    expect(await at("2026-11-22T00:00:00Z")).toMatchObject({ version: 2, text: other, until: null });
    expect((await at("2026-03-01T00:00:00Z"))?.until).toEqual((await at("2026-11-22T00:00:00Z"))?.from);
    expect(await noticeAt(company.stranger, id, today)).toBeNull();
    expect(await state(id)).toEqual(["approved", "verified", "superseded"]);
  });

  it("is right for any day of a year in which it changed often", async () => {
    const id = await channel();
    const day = 86_400_000;
    const start = new Date("2025-11-20T03:00:00Z").getTime();
    // Where each version was seen in the chat room first; two of them were agreed to and never applied.
    const seen: { at: number; text: string }[] = [];
    for (const [turn, on] of [3, 17, 40, 41, 90, 133, 134, 200, 280, 351].entries()) {
      const at = new Date(start + on * day);
      const more = { summary: `${turn}`, hours: `평일 ${turn + 8}:00~${turn + 9}:00` };
      if (turn === 4 || turn === 7) await approved(id, at, more);
      else seen.push({ text: await live(id, at, more), at: await lastSeen(id) });
    }
    expect(new Set(seen.map(({ text }) => text)).size).toBe(8);
    const isRight = async (at: number) => {
      const shown = (await noticeAt(company.auditor, id, new Date(at)))?.shown ?? null;
      expect(shown?.text).toBe(seen.findLast((one) => one.at <= at)?.text);
    };
    // Steps of one request have instants of their own, so a version is seen some milliseconds after the hour: both sides of each are looked at.
    for (const { at } of seen) for (const around of [at - 1, at]) await isRight(around);
    const hour = fc.integer({ min: 0, max: 366 * 24 });
    await fc.assert(await fc.asyncProperty(hour, (hours) => isRight(start + hours * 3_600_000)), { examples: [[984]] });
  });

  /** When somebody last saw a version of a channel's notice in a chat room, in milliseconds. */
  async function lastSeen(channelId: string): Promise<number> {
    const { rows } = await company.owner.query(
      "SELECT s.at FROM notice_steps s JOIN notices n ON n.id = s.notice_id WHERE n.channel_id = $1 AND s.kind = 'verified' ORDER BY s.at DESC LIMIT 1",
      [channelId],
    );
    return rows[0].at.getTime();
  }

  it("ends when it is withdrawn", async () => {
    const id = await channel();
    await live(id, new Date("2026-01-10T03:00:00Z"));
    await withdrawNotice(company.officer, await form(id, { note: "상담 중단" }), new Date("2026-05-01T03:00:00Z"));
    expect((await noticeAt(company.auditor, id, new Date("2026-04-30T03:00:00Z")))?.shown?.until).toEqual(
      new Date("2026-05-01T03:00:00Z"),
    );
    expect((await noticeAt(company.auditor, id, today))?.shown).toBeNull();
  });
});

describe("when what it says is no longer so", () => {
  it("every notice that says otherwise is a finding at once", async () => {
    const id = await channel();
    await live(id, new Date("2026-01-10T03:00:00Z"));
    const findings = async () =>
      (await listNotices(company.officer, null, today)).items.find(({ channel: one }) => one.id === id)?.findings;
    expect(await findings()).toEqual([]);
    const own = await policyInForce(
      company,
      { count: 2, unit: "years" },
      { channelId: id, at: new Date("2026-11-20T00:00:00Z") },
    );
    expect(await findings()).toMatchObject([
      { version: 1, where: "seen", verdict: { rule: "period", values: { expected: "2년", found: "1년" } } },
    ]);
    await policyInForce(
      company,
      { count: 1, unit: "years" },
      { policyId: own, number: 2, channelId: id, at: new Date("2026-11-21T00:00:00Z") },
    );
    expect(await findings()).toEqual([]);
  });
});
