import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { PersonActor } from "@/lib/auth/actor";
import { closeDatabase } from "@/lib/db/client";
import { Conflict, Forbidden, NotFound, Refused } from "@/lib/errors";
import { userHandle } from "@/lib/keyring";
import { classifyTranscripts, markAnchor } from "./commands/classify-transcripts";
import { addPurpose, editPurpose, retirePurpose } from "./commands/edit-purposes";
import { forwardRecord } from "./commands/forward-record";
import { closeLook, openLook, unmaskLook } from "./commands/open-look";
import { getTranscript } from "./queries/get-transcript";
import { readConversation } from "./queries/read-conversation";
import { openReadingCompany, type ReadingCompany, said, saidUserKey } from "./testing";

let company: ReadingCompany;
let sessionId: string;
let started: Date;
beforeAll(async () => {
  company = await openReadingCompany();
});
afterAll(async () => {
  await company.owner.end();
  await closeDatabase();
});
beforeEach(async () => {
  sessionId = await company.consult();
  await company.mark();
  started = new Date();
});

const reason = "소비자원 2026-서울-10442 답변 준비";
const minutes = (count: number) => new Date(now.getTime() + count * 60_000);
const now = new Date("2026-11-23T00:12:00Z");
const look = (purposeId = company.purposes.full, actor: PersonActor = company.officer, at = now) =>
  openLook(actor, { sessionId, purposeId, reason }, at);
const readBy = (actor: PersonActor, lookId: string, at = now) => readConversation(actor, { sessionId, lookId }, at);
const textOf = (found: Awaited<ReturnType<typeof readConversation>>) =>
  found?.lines.flatMap(({ texts }) => texts.map((pieces) => pieces.map(({ text }) => text).join(""))).join("\n");
const subject = () => userHandle(company.ours, company.channelId, saidUserKey).toString("hex");

describe("a look", () => {
  it("shows what was said, masked, and leaves one access record with the five items", async () => {
    const lookId = await look();
    await company.expectOneEvent("transcript.read", sessionId);
    const [access, ...more] = await company.accesses(started);
    expect(more).toEqual([]);
    expect(access).toMatchObject({
      ...{ actor_kind: "person", actor_id: company.officer.personId, address: "192.0.2.1", action: "read" },
      ...{ subject: subject(), session_id: sessionId, purpose: "분쟁 처리", reason, count: 1 },
    });
    expect(access.at).toBeInstanceOf(Date);
    const found = await readBy(company.officer, lookId);
    expect(textOf(found)).toBe("표식-5d1c 번호는 010-****-4821 이에요");
    expect(JSON.stringify(found)).not.toContain("1234");
    expect(found?.userKey).toBe(saidUserKey);
  });

  it("ends after ten minutes, to the millisecond", async () => {
    const lookId = await look();
    const last = new Date(minutes(10).getTime() - 1);
    expect(textOf(await readBy(company.officer, lookId, last))).toContain("표식-5d1c");
    await expect(readBy(company.officer, lookId, minutes(10))).rejects.toThrow(NotFound);
    await expect(unmaskLook(company.officer, { sessionId, lookId }, minutes(10))).rejects.toThrow(NotFound);
    expect((await getTranscript(company.officer, sessionId, last))?.look?.id).toBe(lookId);
    expect((await getTranscript(company.officer, sessionId, minutes(10)))?.look).toBeNull();
  });

  it("is nobody else's: another person, another sign-in, another consultation, another organization", async () => {
    const lookId = await look();
    const otherSignIn = { ...company.officer, signInId: randomUUID() };
    const otherPerson = { ...company.auditor, signInId: company.officer.signInId };
    for (const actor of [otherSignIn, otherPerson, company.auditor, company.strangeOfficer])
      await expect(readBy(actor, lookId)).rejects.toThrow(NotFound);
    expect((await getTranscript(otherSignIn, sessionId, now))?.look).toBeNull();
    expect(await getTranscript(company.strangeOfficer, sessionId, now)).toBeNull();
    const other = await company.consult();
    await expect(readConversation(company.officer, { sessionId: other, lookId }, now)).rejects.toThrow(NotFound);
    await company.mark();
    await expect(closeLook(otherSignIn, { sessionId, lookId }, now)).rejects.toThrow(NotFound);
    await expect(
      openLook(company.strangeOfficer, { sessionId, purposeId: company.purposes.full, reason }, now),
    ).rejects.toThrow(NotFound);
    await company.expectNoEvent();
  });

  it("closes at once", async () => {
    const lookId = await look();
    await company.mark();
    await closeLook(company.officer, { sessionId, lookId }, minutes(1));
    await company.expectOneEvent("look.closed", sessionId);
    await expect(readBy(company.officer, lookId, minutes(2))).rejects.toThrow(NotFound);
    await expect(closeLook(company.officer, { sessionId, lookId }, minutes(2))).rejects.toThrow(NotFound);
  });

  it("unmasks in an act of its own, once, and only where its purpose allows it", async () => {
    const lookId = await look();
    await company.mark();
    started = new Date();
    await unmaskLook(company.officer, { sessionId, lookId }, minutes(1));
    await company.expectOneEvent("transcript.unmasked", sessionId);
    // The look itself may bear the very same millisecond.
    const records = (await company.accesses(started)).filter(({ action }) => action !== "read");
    expect(records).toHaveLength(1);
    expect(records[0]).toMatchObject({ action: "unmask", subject: subject(), purpose: "분쟁 처리", reason });
    expect(textOf(await readBy(company.officer, lookId, minutes(2)))).toBe(said);
    await expect(unmaskLook(company.officer, { sessionId, lookId }, minutes(2))).rejects.toThrow(Refused);
    const masked = await look(company.purposes.masked, company.auditor);
    await company.mark();
    await expect(unmaskLook(company.auditor, { sessionId, lookId: masked }, now)).rejects.toThrow(Refused);
    await company.expectNoEvent();
    expect(textOf(await readBy(company.auditor, masked))).not.toContain("1234");
  });

  it("is refused to administrators and marketers, who read nothing", async () => {
    for (const actor of [company.admin, company.marketer]) {
      await expect(look(company.purposes.full, actor)).rejects.toThrow(Forbidden);
      await expect(getTranscript(actor, sessionId, now)).rejects.toThrow(Forbidden);
      await expect(readBy(actor, randomUUID())).rejects.toThrow(Forbidden);
    }
    expect(await company.accesses(started)).toEqual([]);
  });

  it("of what a law alone keeps needs a purpose that reaches it", async () => {
    await company.owner.query("SELECT damso_make_shelf('law-2029-11')");
    await company.owner.query("UPDATE consult_sessions SET shelf = 'law-2029-11' WHERE id = $1", [sessionId]);
    await expect(look(company.purposes.masked)).rejects.toThrow(Refused);
    expect((await getTranscript(company.officer, sessionId, now))?.purposes.map(({ id }) => id)).toEqual([
      company.purposes.full,
    ]);
    await expect(look()).resolves.toEqual(expect.any(String));
  });
});

describe("marks", () => {
  it("classify many in one change, all or none", async () => {
    const other = await company.consult();
    await company.mark();
    started = new Date();
    await classifyTranscripts(company.officer, { ids: [sessionId, other], category: "dispute" }, now);
    await company.expectOneEvent("transcript.classified", company.ours);
    const counted = (await company.accesses(started)).map(({ action, subject: whose, count }) => [
      action,
      whose,
      count,
    ]);
    expect(counted).toEqual([["classify", subject(), 2]]);
    const { rows } = await company.owner.query("SELECT category FROM consult_sessions WHERE id = ANY($1)", [
      [sessionId, other],
    ]);
    expect(rows).toEqual([{ category: "dispute" }, { category: "dispute" }]);
    const theirs = await company.consult({}, true);
    await company.mark();
    await expect(
      classifyTranscripts(company.officer, { ids: [sessionId, theirs], category: "payment" }, now),
    ).rejects.toThrow(NotFound);
    await expect(classifyTranscripts(company.auditor, { ids: [sessionId], category: "other" }, now)).rejects.toThrow(
      Forbidden,
    );
    await company.expectNoEvent();
    expect((await getTranscript(company.officer, sessionId, now))?.category).toBe("dispute");
  });

  it("name the day a case was closed; not one to come, nor one before it began", async () => {
    const mark = (on: string, at = now) => markAnchor(company.officer, { sessionId, kind: "case-closed", on }, at);
    await expect(mark("2026-11-24")).rejects.toThrow(Refused);
    await expect(mark("2026-11-18")).rejects.toThrow(Refused);
    await company.expectNoEvent();
    await mark("2026-11-20");
    await company.expectOneEvent("transcript.classified", sessionId);
    expect((await getTranscript(company.officer, sessionId, now))?.caseClosedOn).toBe("2026-11-20");
    await mark("2026-11-23", minutes(1));
    const found = await getTranscript(company.officer, sessionId, now);
    expect(found?.caseClosedOn).toBe("2026-11-23");
    expect(found?.marks.map(({ kind, on }) => [kind, on])).toEqual([
      ["case-closed", "2026-11-23"],
      ["case-closed", "2026-11-20"],
    ]);
  });
});

describe("what a customer forwarded", () => {
  it("lies in the consultation, sealed under its key", async () => {
    const text = "알림톡: 전달표식-88 주문이 발송되었습니다";
    await forwardRecord(company.officer, { sessionId, source: "alimtalk", text }, now);
    const event = await company.expectOneEvent("transcript.forwarded", sessionId);
    expect(event.body).not.toContain("전달표식");
    expect((await company.accesses(started)).map(({ action }) => action)).toEqual(["forward"]);
    const found = await readBy(company.officer, await look());
    expect(found?.lines.at(-1)).toMatchObject({
      kind: "forwarded",
      facts: { source: "alimtalk" },
      texts: [[{ text }]],
    });
    const stored = await company.owner.query("SELECT sealed FROM messages WHERE session_id = $1", [sessionId]);
    for (const { sealed } of stored.rows) expect(sealed.includes(Buffer.from("전달표식"))).toBe(false);
    await expect(forwardRecord(company.auditor, { sessionId, source: "other", text }, now)).rejects.toThrow(Forbidden);
    await expect(forwardRecord(company.strangeOfficer, { sessionId, source: "other", text }, now)).rejects.toThrow(
      NotFound,
    );
  });
});

describe("purposes", () => {
  const input = { scope: "", unmask: false, separated: false, position: 50 };
  it("are set by the officer, one change at a time", async () => {
    const purposeId = await addPurpose(company.officer, { ...input, name: "상담 품질 점검" }, now);
    await company.expectOneEvent("purpose.added", purposeId);
    await company.mark();
    await expect(addPurpose(company.officer, { ...input, name: "상담 품질 점검" }, now)).rejects.toThrow(Refused);
    await expect(addPurpose(company.admin, { ...input, name: "다른 목적" }, now)).rejects.toThrow(Forbidden);
    await company.expectNoEvent();
    const edit = { ...input, purposeId, version: 1, name: "상담 품질 점검", unmask: true };
    await editPurpose(company.officer, edit);
    await company.expectOneEvent("purpose.edited", purposeId);
    await company.mark();
    await expect(editPurpose(company.officer, { ...edit, scope: "늦은 글" })).rejects.toThrow(Conflict);
    await expect(editPurpose(company.strangeOfficer, { ...edit, version: 2 })).rejects.toThrow(NotFound);
    await company.expectNoEvent();
    await retirePurpose(company.officer, { purposeId, version: 2 }, now);
    await company.expectOneEvent("purpose.retired", purposeId);
    await expect(look(purposeId)).rejects.toThrow(Refused);
  });
});
