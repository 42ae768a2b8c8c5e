// Approvals of re-consignment and the supervision of consignees: the days by rule, the records on a real PostgreSQL.
import { randomUUID } from "node:crypto";
import fc from "fast-check";
import pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { PersonActor } from "@/lib/auth/actor";
import { addDays, type Day, kstDay } from "@/lib/clock";
import { closeDatabase } from "@/lib/db/client";
import { Forbidden, NotFound, Refused } from "@/lib/errors";
import type { Role } from "@/prisma/generated/enums";
import { attachLetter, recordReconsignment, withdrawReconsignment } from "./commands/record-reconsignment";
import { recordSupervision } from "./commands/record-supervision";
import { getReconsignmentLetter } from "./queries/get-reconsignment-letter";
import { listReconsignments, listSupervisions, newestSupervisions } from "./queries/list-consignee-papers";
import { listConsigneeSheets } from "./queries/list-consignees";
import {
  currentOf,
  lastDayOf,
  overlap,
  type ReconsignmentLife,
  reconsignmentState,
  validOn,
} from "./rules/reconsignment";
import { approvedHash } from "./rules/reconsignment-letter";
import { supervisionOutlook } from "./rules/supervision";
import { recordReconsignmentSchema } from "./schema/reconsignment";
import { recordSupervisionSchema } from "./schema/supervision";

const today = kstDay(new Date());
const now = () => new Date();
const day = (count: number) => addDays(today, count);
const life = (more: Partial<ReconsignmentLife> = {}): ReconsignmentLife => ({
  ...{ validFrom: "2026-01-01", validUntil: "2026-12-31", withdrawnOn: null, signed: true },
  ...more,
});

describe("the days of an approval", () => {
  it.each<[string, Partial<ReconsignmentLife>, Day]>([
    ["upcoming", {}, "2025-12-31"],
    ["valid", {}, "2026-01-01"],
    ["valid", {}, "2026-10-31"],
    ["expiring", {}, "2026-11-01"],
    ["expiring", {}, "2026-12-31"],
    ["expired", {}, "2027-01-01"],
    ["valid", { validUntil: null }, "2040-01-01"],
    ["noLetter", { signed: false }, "2026-05-01"],
    ["noLetter", { signed: false }, "2025-05-01"],
    ["expired", { signed: false }, "2027-01-01"],
    ["expiring", { withdrawnOn: "2026-06-01" }, "2026-05-31"],
    ["withdrawn", { withdrawnOn: "2026-06-01" }, "2026-06-01"],
    ["withdrawn", { withdrawnOn: "2026-06-01", signed: false }, "2027-06-01"],
  ])("is %s with %o on %s", (state, more, on) => {
    expect(reconsignmentState(life(more), on)).toBe(state);
  });

  it("holds from its first to its last day, signed, until the day before it is withdrawn", () => {
    const days = ["2025-12-31", "2026-01-01", "2026-05-31", "2026-06-01", "2026-12-31", "2027-01-01"];
    const held = (more: Partial<ReconsignmentLife>) => days.filter((on) => validOn(life(more), on));
    expect(held({})).toEqual(days.slice(1, 5));
    expect(held({ withdrawnOn: "2026-06-01" })).toEqual(days.slice(1, 3));
    expect(held({ withdrawnOn: "2026-01-01" })).toEqual([]);
    expect(held({ signed: false })).toEqual([]);
  });

  it("shares a day with another exactly where one is found by looking at every day", () => {
    const base = "2026-01-01";
    const period = fc
      .tuple(fc.integer({ min: 0, max: 12 }), fc.option(fc.integer({ min: 0, max: 8 })), fc.option(fc.nat({ max: 20 })))
      .map(([from, length, cut]) => ({
        validFrom: addDays(base, from),
        validUntil: length === null ? null : addDays(base, from + length),
        withdrawnOn: cut === null ? null : addDays(base, from + cut),
      }));
    fc.assert(
      fc.property(period, period, (a, b) => {
        const days = Array.from({ length: 60 }, (_, index) => addDays(base, index));
        const on = (one: typeof a) =>
          days.filter(
            (at) =>
              one.validFrom <= at &&
              (one.validUntil === null || at <= one.validUntil) &&
              (one.withdrawnOn === null || at < one.withdrawnOn),
          );
        const shared = on(a).some((at) => on(b).includes(at));
        expect(overlap(a, b)).toBe(shared);
        expect(overlap(b, a)).toBe(shared);
      }),
      { numRuns: 500 },
    );
  });

  it("shows what holds before what is on its way, and that before what is over", () => {
    const at = new Date("2026-01-01T00:00:00Z");
    const named = (name: string, more: Partial<ReconsignmentLife>) => ({ name, at, ...life(more) });
    const [over, coming, held] = [
      named("over", { validUntil: "2026-02-01" }),
      named("coming", { validFrom: "2027-01-01", validUntil: null }),
      named("held", { validFrom: "2026-02-02" }),
    ];
    expect(currentOf([over, coming, held], "2026-05-01")?.name).toBe("held");
    expect(currentOf([over, coming], "2026-05-01")?.name).toBe("coming");
    expect(currentOf([over], "2026-05-01")?.name).toBe("over");
    expect(currentOf([], "2026-05-01")).toBeNull();
    expect(lastDayOf(life({ withdrawnOn: "2027-03-01" }))).toBe("2026-12-31");
  });
});

describe("the outlook of supervision", () => {
  const entry = (kind: "training" | "inspection", heldOn: Day, nextOn: Day | null) => ({
    ...{ kind, heldOn, nextOn, at: new Date(`${heldOn}T00:00:00Z`) },
  });
  it("goes by the newest entry of each kind", () => {
    const entries = [entry("training", "2025-03-01", "2026-03-01"), entry("training", "2026-02-20", "2027-02-20")];
    expect(supervisionOutlook(entries, "2026-11-22")).toEqual([
      { kind: "training", state: "planned", lastOn: "2026-02-20", nextOn: "2027-02-20" },
      { kind: "inspection", state: "never", lastOn: null, nextOn: null },
    ]);
  });
  it.each<[string, Day | null, Day]>([
    ["unset", null, "2026-11-22"],
    ["planned", "2026-12-23", "2026-11-22"],
    ["soon", "2026-12-22", "2026-11-22"],
    ["soon", "2026-11-22", "2026-11-22"],
    ["overdue", "2026-11-21", "2026-11-22"],
  ])("is %s for %s on %s", (state, nextOn, on) => {
    expect(supervisionOutlook([entry("inspection", "2026-01-01", nextOn)], on)[1]?.state).toBe(state);
  });
});

const ours = randomUUID();
const theirs = randomUUID();
const actor = (role: Role, organizationId = ours): PersonActor => ({
  kind: "person",
  personId: randomUUID(),
  organizationId,
  role,
  signInId: randomUUID(),
  address: "192.0.2.1",
});
const admin = actor("CLIENT_ADMIN");
const officer = actor("COMPLIANCE_OFFICER");
const marketer = actor("MARKETER");
const auditor = actor("AUDITOR");
const stranger = actor("COMPLIANCE_OFFICER", theirs);
let owner: pg.Client;
let serial = 0;

beforeAll(async () => {
  owner = new pg.Client({ connectionString: process.env.DATABASE_URL, options: "-c timezone=UTC" });
  await owner.connect();
  for (const [id, slug] of [
    [ours, "ours"],
    [theirs, "theirs"],
  ])
    await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, $2, $2)", [id, slug]);
  for (const { personId, organizationId, role } of [admin, officer, marketer, auditor, stranger]) {
    await owner.query("INSERT INTO persons (id, email, name) VALUES ($1, $2, $3)", [
      personId,
      `${personId}@x.kr`,
      role,
    ]);
    await owner.query("INSERT INTO memberships (organization_id, person_id, role) VALUES ($1, $2, $3)", [
      ...[organizationId, personId, role],
    ]);
  }
});
afterAll(async () => {
  await owner.end();
  await closeDatabase();
});

type Paper = { contractId: string; channelId: string };

/** A contract that covers one channel. */
async function covered(by = admin, channels = 1): Promise<Paper> {
  const contractId = randomUUID();
  const { organizationId } = by;
  serial += 1;
  await owner.query(
    `INSERT INTO contracts (id, organization_id, number, title, dealer, service, consignment, consignor, consignee, sub_consignee, starts_on, renewal, created_by)
     VALUES ($1, $2, $3, '위수탁', 'infobank', true, true, '주식회사 한결생활', '인포뱅크 주식회사', '주식회사 카카오', $4, 'none', $5)`,
    [contractId, organizationId, `K-${serial}`, day(-100), by.personId],
  );
  let channelId = "";
  for (let count = 0; count < channels; count += 1) {
    serial += 1;
    channelId = randomUUID();
    await owner.query("INSERT INTO channels (id, organization_id, search_id, name) VALUES ($1, $2, $3, $4)", [
      ...[channelId, organizationId, `c${serial}`, `채널 ${String(count).padStart(3, "0")}`],
    ]);
    await owner.query(
      "INSERT INTO contract_channels (organization_id, contract_id, channel_id, from_on) VALUES ($1, $2, $3, $4)",
      [organizationId, contractId, channelId, day(-100)],
    );
  }
  return { contractId, channelId };
}

async function paper(contractId: string, kind: string, by = admin): Promise<{ documentId: string; fileId: string }> {
  const fileId = randomUUID().replaceAll("-", "").slice(0, 22);
  const documentId = randomUUID();
  await owner.query(
    "INSERT INTO evidence_files (id, organization_id, name, mime, bytes, sha256, person_id) VALUES ($1, $2, '승인서.pdf', 'application/pdf', 9, $3, $4)",
    [fileId, by.organizationId, "ab".repeat(32), by.personId],
  );
  await owner.query(
    "INSERT INTO contract_documents (id, organization_id, contract_id, file_id, kind, person_id) VALUES ($1, $2, $3, $4, $5, $6)",
    [documentId, by.organizationId, contractId, fileId, kind, by.personId],
  );
  return { documentId, fileId };
}

const approval = (of: Paper, more: object = {}) =>
  recordReconsignmentSchema.parse({
    ...of,
    ...{ consignor: "주식회사 한결생활", consignee: "인포뱅크 주식회사", subConsignee: "주식회사 카카오" },
    ...{ scope: "상담 메시지 송수신", items: "상담 내용", approverName: "최은영", approverTitle: "CPO" },
    ...{ approvedOn: day(-30), validFrom: day(-30), validUntil: day(300) },
    ...more,
  });

let events = 0;
const countEvents = async () =>
  Number((await owner.query("SELECT count(*) FROM audit_events WHERE action <> 'access.denied'")).rows[0].count);
beforeEach(async () => {
  events = await countEvents();
});
async function expectOneEvent(action: string, contractId: string): Promise<{ body: string; reason: string }> {
  expect((await countEvents()) - events).toBe(1);
  const { rows } = await owner.query(
    "SELECT action, target_kind, target_id, organization_id, body::text AS body, reason FROM audit_events WHERE action <> 'access.denied' ORDER BY at DESC LIMIT 1",
  );
  expect(rows[0]).toMatchObject({ action, target_kind: "contract", target_id: contractId, organization_id: ours });
  return rows[0];
}
const expectNoEvent = async () => expect(await countEvents()).toBe(events);
const refusal = (key: string, field?: string) =>
  expect.objectContaining({ name: "Refused", key: `dealers.reconsignment.refused.${key}`, field });

describe("recordReconsignment", () => {
  it("records an approval without its letter, and without a name or a word of it in the log", async () => {
    const of = await covered();
    const id = await recordReconsignment(officer, approval(of), now());
    const { body } = await expectOneEvent("reconsignment.recorded", of.contractId);
    expect(body).toContain(of.channelId);
    expect(body).not.toMatch(/최은영|상담|카카오|CPO/);
    const { items } = await listReconsignments(auditor, of.contractId, null);
    expect(items).toMatchObject([
      { id, validFrom: day(-30), validUntil: day(300), file: null, by: "COMPLIANCE_OFFICER", withdrawnOn: null },
    ]);
  });

  it("takes a letter of the contract, of the right kind alone", async () => {
    const of = await covered();
    const [letter, other] = [await paper(of.contractId, "reconsignment"), await paper(of.contractId, "annex")];
    const foreign = await paper((await covered()).contractId, "reconsignment");
    for (const { documentId } of [other, foreign, { documentId: randomUUID() }])
      await expect(recordReconsignment(officer, approval(of, { documentId }), now())).rejects.toEqual(
        refusal("document", "documentId"),
      );
    await expectNoEvent();
    await recordReconsignment(officer, approval(of, { documentId: letter.documentId }), now());
    expect((await listReconsignments(officer, of.contractId, null)).items[0]?.file?.id).toBe(letter.fileId);
  });

  it("refuses days that do not fit beside them", async () => {
    const of = await covered();
    const record = (more: object) => recordReconsignment(officer, approval(of, more), now());
    await expect(record({ approvedOn: day(1), validFrom: day(1) })).rejects.toEqual(refusal("future", "approvedOn"));
    await expect(record({ approvedOn: today, validFrom: day(-1) })).rejects.toEqual(refusal("before", "validFrom"));
    await expect(record({ validUntil: day(-31) })).rejects.toEqual(refusal("until", "validUntil"));
    await expectNoEvent();
    await record({ approvedOn: today, validFrom: today, validUntil: today });
  });

  it("gives a channel one approval a day, also when two come at once, also under another contract", async () => {
    const of = await covered();
    const outcomes = await Promise.allSettled([1, 2, 3].map(() => recordReconsignment(officer, approval(of), now())));
    const reasons = outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    expect(reasons).toEqual([refusal("overlap", "validFrom"), refusal("overlap", "validFrom")]);
    const second = await covered();
    await owner.query(
      "INSERT INTO contract_channels (organization_id, contract_id, channel_id, from_on) VALUES ($1, $2, $3, $4)",
      [ours, second.contractId, of.channelId, day(-100)],
    );
    const again = { contractId: second.contractId, channelId: of.channelId };
    await expect(recordReconsignment(officer, approval(again), now())).rejects.toEqual(refusal("overlap", "validFrom"));
    await recordReconsignment(officer, approval(again, { validFrom: day(301), validUntil: null }), now());
    await expect(
      recordReconsignment(officer, approval(of, { validFrom: day(900), validUntil: day(901) }), now()),
    ).rejects.toEqual(refusal("overlapOpen", "validFrom"));
  });

  it("wants a channel that the contract covers", async () => {
    const [of, other] = [await covered(), await covered()];
    await expect(recordReconsignment(officer, approval({ ...of, channelId: other.channelId }), now())).rejects.toEqual(
      refusal("channel", "channelId"),
    );
    for (const gone of [
      { ...of, channelId: randomUUID() },
      { ...of, contractId: randomUUID() },
    ])
      await expect(recordReconsignment(officer, approval(gone), now())).rejects.toBeInstanceOf(NotFound);
    await expectNoEvent();
  });

  it("does not find another company's, and refuses every other role", async () => {
    const of = await covered();
    await expect(recordReconsignment(stranger, approval(of), now())).rejects.toBeInstanceOf(NotFound);
    for (const other of [admin, marketer, auditor])
      await expect(recordReconsignment(other, approval(of), now())).rejects.toBeInstanceOf(Forbidden);
    await expectNoEvent();
    expect((await listReconsignments(stranger, of.contractId, null)).items).toEqual([]);
    await expect(listReconsignments(marketer, of.contractId, null)).rejects.toBeInstanceOf(Forbidden);
  });
});

describe("attachLetter and withdrawReconsignment", () => {
  it("puts the signed letter to an approval, and another in its place", async () => {
    const of = await covered();
    const reconsignmentId = await recordReconsignment(officer, approval(of), now());
    const [first, second] = [await paper(of.contractId, "reconsignment"), await paper(of.contractId, "reconsignment")];
    const attach = (documentId: string, by = officer) =>
      attachLetter(by, { contractId: of.contractId, reconsignmentId, documentId });
    events = await countEvents();
    await attach(first.documentId);
    expect((await expectOneEvent("reconsignment.letter-attached", of.contractId)).body).toContain(first.fileId);
    await expect(attach(first.documentId)).rejects.toEqual(refusal("sameLetter", "documentId"));
    await attach(second.documentId);
    expect((await listReconsignments(officer, of.contractId, null)).items[0]?.file?.id).toBe(second.fileId);
    await expect(attach(first.documentId, stranger)).rejects.toBeInstanceOf(NotFound);
    await expect(attach(first.documentId, admin)).rejects.toBeInstanceOf(Forbidden);
    const other = await covered();
    await expect(
      attachLetter(officer, { ...other, reconsignmentId, documentId: first.documentId }),
    ).rejects.toBeInstanceOf(NotFound);
  });

  it("withdraws once, from a day of the approval on, and makes room for the next", async () => {
    const of = await covered();
    const reconsignmentId = await recordReconsignment(officer, approval(of), now());
    const withdraw = (withdrawnOn: Day, by = officer) =>
      withdrawReconsignment(by, { contractId: of.contractId, reconsignmentId, withdrawnOn, reason: "범위가 바뀝니다" });
    events = await countEvents();
    await expect(withdraw(day(-31))).rejects.toEqual(refusal("withdrawEarly", "withdrawnOn"));
    await expect(withdraw(day(301))).rejects.toEqual(refusal("withdrawLate", "withdrawnOn"));
    await expect(withdraw(today, stranger)).rejects.toBeInstanceOf(NotFound);
    for (const other of [admin, marketer, auditor])
      await expect(withdraw(today, other)).rejects.toBeInstanceOf(Forbidden);
    await expectNoEvent();
    const outcomes = await Promise.allSettled([withdraw(today), withdraw(day(1))]);
    expect(outcomes.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    expect((await expectOneEvent("reconsignment.withdrawn", of.contractId)).body).not.toContain("범위");
    await expect(withdraw(today)).rejects.toBeInstanceOf(Refused);
    const [row] = (await listReconsignments(auditor, of.contractId, null)).items;
    expect(row).toMatchObject({ withdrawnBy: "COMPLIANCE_OFFICER", withdrawnNote: "범위가 바뀝니다" });
    const from = row?.withdrawnOn ?? "";
    await recordReconsignment(officer, approval(of, { approvedOn: today, validFrom: day(1) }), now());
    expect([today, day(1)]).toContain(from);
    const { documentId } = await paper(of.contractId, "reconsignment");
    await expect(attachLetter(officer, { ...of, reconsignmentId, documentId })).rejects.toEqual(refusal("withdrawn"));
  });
});

describe("the letter of an approval", () => {
  it("says what was approved, with its hash, to those who may download a contract", async () => {
    const of = await covered();
    const id = await recordReconsignment(officer, approval(of), now());
    const found = await getReconsignmentLetter(auditor, of.contractId, id);
    expect(found?.name).toMatch(/^재위탁 승인서_.*\.pdf$/);
    expect(found?.letter.rows).toContainEqual(["재수탁자", "주식회사 카카오"]);
    expect(found?.letter.foot).toMatch(/SHA-256 [0-9a-f]{64}$/);
    expect(await getReconsignmentLetter(stranger, of.contractId, id)).toBeNull();
    expect(await getReconsignmentLetter(officer, (await covered()).contractId, id)).toBeNull();
    expect(await getReconsignmentLetter(officer, of.contractId, "x")).toBeNull();
    await expect(getReconsignmentLetter(marketer, of.contractId, id)).rejects.toBeInstanceOf(Forbidden);
  });
  it("changes its hash with every word of the content", () => {
    const content = {
      ...{ id: "i", consignor: "a", consignee: "b", subConsignee: "c", scope: "d", items: "e", approverName: "f" },
      ...{ approverTitle: "g", approvedOn: today, validFrom: today, validUntil: null as Day | null },
      ...{ channel: { name: "h", searchId: "j" }, contract: { number: "k", title: "l", signedOn: null as Day | null } },
    };
    const hashes = [
      content,
      ...Object.keys(content).map((key) => ({
        ...content,
        [key]:
          key === "channel"
            ? { name: "h", searchId: "x" }
            : key === "contract"
              ? { ...content.contract, signedOn: today }
              : key.endsWith("On") || key.startsWith("valid")
                ? day(5)
                : "x",
      })),
    ].map(approvedHash);
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});

describe("recordSupervision", () => {
  const entry = (contractId: string, more: object = {}) =>
    recordSupervisionSchema.parse({
      ...{ contractId, kind: "training", heldOn: today, subject: "상담원 교육", result: "12명이 들었습니다" },
      ...more,
    });
  it("records what was held, newest day first, with minutes of the right kind", async () => {
    const { contractId } = await covered();
    const minutes = await paper(contractId, "supervision");
    await recordSupervision(admin, entry(contractId, { heldOn: day(-400), nextOn: day(-35) }), now());
    const { body } = await expectOneEvent("supervision.recorded", contractId);
    expect(body).not.toMatch(/교육|12명/);
    await recordSupervision(officer, entry(contractId, { documentId: minutes.documentId, nextOn: day(365) }), now());
    await recordSupervision(officer, entry(contractId, { kind: "inspection", heldOn: day(-3) }), now());
    const { items } = await listSupervisions(auditor, contractId, null);
    expect(items.map(({ kind, heldOn }) => [kind, heldOn])).toEqual([
      ["training", today],
      ["inspection", day(-3)],
      ["training", day(-400)],
    ]);
    expect(items[0]?.file?.id).toBe(minutes.fileId);
    expect(supervisionOutlook(await newestSupervisions(officer, contractId), today)).toMatchObject([
      { kind: "training", state: "planned", lastOn: today },
      { kind: "inspection", state: "unset" },
    ]);
  });
  it("refuses a day to come, a next day that is not later, and a paper of another kind", async () => {
    const { contractId } = await covered();
    const record = (more: object) => recordSupervision(officer, entry(contractId, more), now());
    await expect(record({ heldOn: day(1) })).rejects.toMatchObject({ field: "heldOn" });
    await expect(record({ nextOn: today })).rejects.toMatchObject({ field: "nextOn" });
    const { documentId } = await paper(contractId, "reconsignment");
    await expect(record({ documentId })).rejects.toMatchObject({ field: "documentId" });
    await expectNoEvent();
  });
  it("does not find another company's, and refuses other roles", async () => {
    const { contractId } = await covered();
    await expect(recordSupervision(stranger, entry(contractId), now())).rejects.toBeInstanceOf(NotFound);
    for (const other of [marketer, auditor])
      await expect(recordSupervision(other, entry(contractId), now())).rejects.toBeInstanceOf(Forbidden);
    await expectNoEvent();
  });
  it("pages by fifty without losing or repeating one", async () => {
    const { contractId } = await covered();
    for (let count = 0; count < 53; count += 1)
      await recordSupervision(officer, entry(contractId, { heldOn: day(-(count % 7)) }), now());
    const first = await listSupervisions(officer, contractId, null);
    const second = await listSupervisions(officer, contractId, first.next);
    expect([first.items.length, second.items.length, second.next]).toEqual([50, 3, null]);
    expect(new Set([...first.items, ...second.items].map((one) => one.id)).size).toBe(53);
  });
});

describe("listConsigneeSheets", () => {
  it("compares each channel of the contract with its newest checks and the approval that stands", async () => {
    const of = await covered();
    const check = (kind: string, minutes: number, facts: object, answers: object[] = []) =>
      owner.query(
        "INSERT INTO channel_checks (organization_id, channel_id, kind, at, sha256, facts, answers) VALUES ($1, $2, $3, now() - make_interval(mins => $4), $5, $6, $7)",
        [ours, of.channelId, kind, minutes, "cd".repeat(32), JSON.stringify(facts), JSON.stringify(answers)],
      );
    const named = (value: string) => ({ facts: [{ name: "committalCompanyName", value, verdict: "yes" }] });
    await check("sender-profile", 60, named("옛이름"));
    await check("sender-profile", 5, named("(주)한결생활"));
    await check("privacy-policy", 5, { names: [{ name: "카카오", found: false, snippet: "" }] }, [
      { item: "privacy-policy", answer: "no", value: "카카오" },
    ]);
    await recordReconsignment(officer, approval(of, { consignee: "루나소프트" }), now());
    const { items, next } = await listConsigneeSheets(auditor, of.contractId, null, now());
    expect(next).toBeNull();
    expect(items[0]?.comparison.findings.map(({ row, source, actual }) => [row, source, actual])).toEqual([
      ["consignee", "reconsignment", "루나소프트"],
      ["subConsignee", "privacyPolicy", null],
    ]);
    expect((await listConsigneeSheets(stranger, of.contractId, null, now())).items).toEqual([]);
    await expect(listConsigneeSheets(marketer, of.contractId, null, now())).rejects.toBeInstanceOf(Forbidden);
  });
  it("pages by name, fifty channels at a time; a foreign cursor is the first page", async () => {
    const of = await covered(admin, 52);
    const first = await listConsigneeSheets(officer, of.contractId, null, now());
    const second = await listConsigneeSheets(officer, of.contractId, first.next, now());
    expect([first.items.length, second.items.length]).toEqual([50, 2]);
    expect([...first.items, ...second.items].map(({ channel }) => channel.name)).toEqual(
      Array.from({ length: 52 }, (_, index) => `채널 ${String(index).padStart(3, "0")}`),
    );
    for (const cursor of ["x", Buffer.from("{}").toString("base64url"), Buffer.from('["a","b"]').toString("base64url")])
      expect((await listConsigneeSheets(officer, of.contractId, cursor, now())).items).toHaveLength(50);
  });
});
