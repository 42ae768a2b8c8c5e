// Data subjects' requests: sealed, one event each, found by nobody elsewhere; the letter is what was answered.
import { randomBytes, randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { addDays, kstDay } from "@/lib/clock";
import { closeDatabase } from "@/lib/db/client";
import { Conflict, Forbidden, NotFound, Refused } from "@/lib/errors";
import { userHandle } from "@/lib/keyring";
import { drawLetter } from "@/lib/pdf/letter";
import { openTestCompany, type TestCompany } from "@/lib/test-company";
import { openRequest, takeLetter } from "./commands/open-request";
import { registerRequest } from "./commands/register-request";
import { answerRequest, finishRequest, identifyRequest, postponeRequest, withdrawRequest } from "./commands/take-step";
import { getRequest, listMatched } from "./queries/get-request";
import { listRequests } from "./queries/list-requests";
import { answerRequestSchema, listRequestsSchema, type RegisterRequest, registerRequestSchema } from "./schema/request";

let company: TestCompany;
let channelId: string;
let connectionId: string;
const today = kstDay(new Date());

beforeAll(async () => {
  company = await openTestCompany();
  channelId = (await company.opened()).id;
  connectionId = randomUUID();
  await company.owner.query(
    "INSERT INTO dealer_connections (id, organization_id, channel_id, format, created_by) VALUES ($1, $2, $3, 'canonical', 'test')",
    [connectionId, company.ours, channelId],
  );
});
afterAll(async () => {
  await company.owner.end();
  await closeDatabase();
});
beforeEach(() => company.mark());

const person = "홍길동 010-1234-4821";
const register = async (more: Partial<RegisterRequest> = {}) => {
  const given = registerRequestSchema.parse({
    ...{
      kind: "access",
      receivedOn: today,
      receivedVia: "kakaotalk",
      identity: `${person} 문자 인증`,
      detail: "무엇을 보관하는지 알려 주세요",
    },
    ...more,
  });
  const made = await registerRequest(company.officer, given);
  await company.mark();
  return made.id;
};
const view = async (id: string) => {
  const found = await getRequest(company.auditor, id);
  if (!found) throw new Error("The request is gone");
  return found;
};
const identify = async (id: string) => {
  const { version } = await view(id);
  await identifyRequest(company.officer, { requestId: id, version, note: "문자 인증으로 확인" });
  await company.mark();
};
const letter = {
  addressee: "홍길동",
  signer: "박도현",
  signerTitle: "개인정보 보호책임자",
  objection: "고객지원팀 전화",
};
const answer = async (id: string, more: object) => {
  const { version } = await view(id);
  const given = { requestId: id, version, note: "요구하신 대로 처리했습니다.", ...letter, ...more };
  await answerRequest(company.officer, answerRequestSchema.parse(given));
};
async function session(userKey: string, openedAt = new Date()): Promise<string> {
  const id = randomUUID();
  await company.owner.query(
    `INSERT INTO consult_sessions (id, organization_id, channel_id, connection_id, external_id, user_handle, user_sealed, opened_by, opened_at)
     VALUES ($1, $2, $3, $4, $5, $6, '\\x00', 'message', $7)`,
    [
      id,
      company.ours,
      channelId,
      connectionId,
      randomBytes(6).toString("hex"),
      userHandle(company.ours, channelId, userKey),
      openedAt,
    ],
  );
  return id;
}

describe("registering", () => {
  it("seals who asks and what for, and leaves one event without either", async () => {
    const given = registerRequestSchema.parse({
      ...{ kind: "deletion", receivedOn: today, receivedVia: "kakaotalk", channelId, userKey: "MZjEVK4x18_V" },
      ...{ identity: `${person} 문자 인증`, detail: "제 상담을 지워 주세요" },
    });
    const { id, number } = await registerRequest(company.officer, given);
    const { body } = await company.expectOneEvent("data-request.registered", id);
    expect(JSON.parse(body)).toMatchObject({ number, kind: "deletion", receivedVia: "kakaotalk" });
    const { rows } = await company.owner.query("SELECT r::text AS text FROM data_requests r WHERE id = $1", [id]);
    for (const word of [person, "MZjEVK4x18_V", "지워"]) expect(rows[0].text + body).not.toContain(word);
    expect(JSON.stringify(await view(id))).not.toContain("홍길동");
  });
  it("numbers one after the other, also at once", async () => {
    const ids = await Promise.all(Array.from({ length: 8 }, () => register()));
    const numbers = await Promise.all(ids.map(async (id) => (await view(id)).number));
    expect(new Set(numbers).size).toBe(8);
  });
  it("refuses a receipt of tomorrow, a user_key without its channel, and another company's channel", async () => {
    await expect(register({ receivedOn: addDays(today, 1) })).rejects.toThrow(Refused);
    expect(
      registerRequestSchema.safeParse({
        kind: "access",
        receivedOn: today,
        receivedVia: "web",
        userKey: "x",
        identity: "신원",
        detail: "열람 요구",
      }).success,
    ).toBe(false);
    await expect(register({ channelId: randomUUID() })).rejects.toThrow(Refused);
    await company.expectNoEvent();
  });
  it("is the officer's, read by the auditor, and nobody's elsewhere", async () => {
    const id = await register();
    const given = registerRequestSchema.parse({
      kind: "access",
      receivedOn: today,
      receivedVia: "web",
      identity: "신원",
      detail: "열람 요구",
    });
    for (const who of [company.admin, company.marketer, company.auditor])
      await expect(registerRequest(who, given)).rejects.toThrow(Forbidden);
    await expect(getRequest(company.admin, id)).rejects.toThrow(Forbidden);
    expect(await getRequest(company.strangeOfficer, id)).toBeNull();
    await expect(openRequest(company.strangeOfficer, id)).rejects.toThrow(NotFound);
  });
});

describe("opening what is sealed", () => {
  it("records who looked before it is shown", async () => {
    const id = await register({ channelId, userKey: "Seal_01" });
    const opened = await openRequest(company.auditor, id);
    await company.expectOneEvent("data-request.opened", id);
    expect(opened).toMatchObject({ userKey: "Seal_01", identity: `${person} 문자 인증` });
    await expect(openRequest(company.marketer, id)).rejects.toThrow(Forbidden);
  });
});

describe("answering", () => {
  it("grants an access with a letter whose hash the step keeps, then it is done", async () => {
    const id = await register();
    await identify(id);
    await answer(id, { answer: "granted", viewing: "11.30 14:00 본사 1층" });
    const { body } = await company.expectOneEvent("data-request.answered", id);
    const given = await view(id);
    const taken = given.steps.at(-1);
    expect(given.state).toBe("granted");
    expect(JSON.parse(body).letter).toBe(taken?.letterHash);
    await company.mark();
    const { name, letter: drawn } = await takeLetter(company.auditor, id, taken?.id ?? "");
    await company.expectOneEvent("data-request.letter-taken", id);
    expect(name).toMatch(/^개인정보 열람통지서_SR-\d{4}\.pdf$/);
    expect(JSON.stringify(drawn)).toContain("본사 1층");
    expect((await drawLetter(drawn)).subarray(0, 5).toString()).toBe("%PDF-");
    await company.mark();
    await finishRequest(company.officer, { requestId: id, version: given.version, note: "열람을 마쳤습니다" });
    await company.expectOneEvent("data-request.finished", id);
    expect((await view(id)).state).toBe("done");
    await expect(takeLetter(company.strangeOfficer, id, taken?.id ?? "")).rejects.toThrow(NotFound);
  });
  it("refuses only with a reason of the table and the way to object, and not twice", async () => {
    const id = await register({ kind: "suspension" });
    await identify(id);
    expect(
      answerRequestSchema.safeParse({
        requestId: id,
        version: 1,
        answer: "refused",
        note: "안 됩니다 죄송합니다",
        ...letter,
        objection: "",
      }).success,
    ).toBe(false);
    await expect(answer(id, { answer: "refused", reason: "access-others" })).rejects.toThrow(Refused);
    await answer(id, { answer: "refused", reason: "suspension-law" });
    expect((await view(id)).state).toBe("refused");
    await expect(answer(id, { answer: "granted" })).rejects.toThrow(Refused);
  });
  it("does not call a deletion granted while a consultation of the person is left", async () => {
    const userKey = "Delete_01";
    const kept = await session(userKey, new Date(Date.now() - 86_400_000));
    const id = await register({ kind: "deletion", channelId, userKey });
    await identify(id);
    await expect(answer(id, { answer: "granted" })).rejects.toThrow(
      new Refused("privacy.requests.refused.stillKept", undefined, { count: 1 }),
    );
    await company.owner.query("DELETE FROM consult_sessions WHERE id = $1", [kept]);
    // What came after the request is none of it.
    await session(userKey, new Date(Date.now() + 2 * 86_400_000));
    await answer(id, { answer: "granted" });
    expect((await view(id)).state).toBe("done");
  });
  it("is refused for a stale form, and one of two at once wins", async () => {
    const id = await register();
    await identify(id);
    await expect(
      identifyRequest(company.officer, { requestId: id, version: 1, note: "또 한 번 확인" }),
    ).rejects.toThrow(Conflict);
    const outcomes = await Promise.allSettled([answer(id, { answer: "granted" }), answer(id, { answer: "granted" })]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
  });
  it("puts an access off once, with its letter", async () => {
    const id = await register({ receivedOn: addDays(today, -5) });
    const untilOn = addDays(today, 20);
    const put = async () =>
      postponeRequest(company.officer, {
        requestId: id,
        version: (await view(id)).version,
        note: "법률 검토가 필요합니다",
        untilOn,
        ...letter,
      });
    await put();
    await company.expectOneEvent("data-request.postponed", id);
    expect(await view(id)).toMatchObject({ state: "postponed", dueOn: untilOn });
    await expect(put()).rejects.toThrow(Refused);
  });
  it("is withdrawn by the person", async () => {
    const id = await register();
    await withdrawRequest(company.officer, { requestId: id, version: 1, note: "전화로 거두겠다고 함" });
    await company.expectOneEvent("data-request.withdrawn", id);
    expect((await view(id)).state).toBe("withdrawn");
  });
});

describe("the person's consultations", () => {
  it("are found by channel and user_key, with the hold or law that keeps them", async () => {
    const userKey = "Match_01";
    const [free, held] = [await session(userKey), await session(userKey)];
    await session("match_01");
    await company.owner.query(
      `INSERT INTO holds (organization_id, number, scope, session_id, title, reason, owner_id, review_on, placed_by)
       VALUES ($1, 71, 'session', $2, '분쟁', '분쟁', $3, $4, $3)`,
      [company.ours, held, company.officer.personId, addDays(today, 9)],
    );
    const id = await register({ kind: "deletion" });
    expect((await listMatched(company.officer, id, undefined)).items).toEqual([]);
    await identifyRequest(company.officer, {
      requestId: id,
      version: 1,
      channelId,
      userKey,
      note: "카카오톡에서 확인",
    });
    const { items } = await listMatched(company.auditor, id, undefined);
    expect(items.map((one) => one.id).sort()).toEqual([free, held].sort());
    expect(items.find((one) => one.id === held)?.because).toEqual({ kind: "hold", numbers: [71] });
    expect(items.find((one) => one.id === free)?.because).toEqual({ kind: "open" });
    expect((await listMatched(company.strangeOfficer, id, undefined)).items).toEqual([]);
  });
});

describe("the list", () => {
  it("has the unanswered first, the nearest day first, and pages both ways", async () => {
    for (let n = 0; n < 55; n += 1) await register({ receivedOn: addDays(today, -(n % 15)) });
    const list = (filter: object) => listRequests(company.auditor, listRequestsSchema.parse(filter), new Date());
    const first = await list({});
    const second = await list({ after: first.next });
    const back = await list({ before: second.previous });
    const days = [...first.items, ...second.items]
      .filter(({ answeredOn }) => answeredOn === null)
      .map(({ dueOn }) => dueOn);
    expect(days).toEqual([...days].sort());
    expect(first.items).toHaveLength(50);
    expect(back.items.map(({ id }) => id)).toEqual(first.items.map(({ id }) => id));
    const ids = new Set([...first.items, ...second.items].map(({ id }) => id));
    expect(ids.size).toBe(first.items.length + second.items.length);
    const late = await list({ state: "late" });
    expect(late.items.length).toBeGreaterThan(0);
    expect(late.items.every(({ dueOn }) => dueOn < today)).toBe(true);
    const { number } = await view(await register({ kind: "correction" }));
    expect((await list({ q: `SR-${String(number).padStart(4, "0")}` })).items.map((one) => one.number)).toEqual([
      number,
    ]);
    expect((await list({ kind: "correction" })).items.every(({ kind }) => kind === "correction")).toBe(true);
  });
});
