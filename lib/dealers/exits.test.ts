// Ending a contract and reinstating it: two people, what was shown, one event each; and what follows for channels.
import { randomUUID } from "node:crypto";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { getChannel } from "@/lib/channels/queries/get-channel";
import { addDays, type Day, kstDay } from "@/lib/clock";
import { closeDatabase } from "@/lib/db/client";
import { Conflict, Forbidden, NotFound } from "@/lib/errors";
import { openTestCompany } from "@/lib/test-company";
import { agreeEnding, declineEnding, withdrawEnding } from "./commands/answer-ending";
import { requestEnd, requestReinstatement } from "./commands/ask-ending";
import { exportRegister } from "./commands/export-register";
import { markExit } from "./commands/mark-exit";
import { getContract } from "./queries/get-contract";
import { getExit } from "./queries/get-exit";
import { markExitSchema, requestEndSchema } from "./schema/exit";

const company = await openTestCompany();
const { ours, owner, admin, officer, marketer, auditor, stranger, strangeOfficer, expectNoEvent, newEvents } = company;
const other = await company.join("COMPLIANCE_OFFICER");
const strangers = [stranger, strangeOfficer] as const;
const now = () => new Date();
const today = kstDay(new Date());
const soon = addDays(today, 30);
let serial = 0;

afterAll(async () => {
  await owner.end();
  await closeDatabase();
});

beforeEach(company.mark);
async function expectOneEvent(action: string, targetId: string) {
  const event = await company.expectOneEvent(action, targetId);
  await company.mark();
  return JSON.parse(event.body);
}

async function channel({ dealer = "infobank", placements = 0 } = {}): Promise<string> {
  serial += 1;
  const id = randomUUID();
  await owner.query("INSERT INTO channels (id, organization_id, search_id, name, dealer) VALUES ($1, $2, $3, $3, $4)", [
    id,
    ours,
    `ch${serial}`,
    dealer,
  ]);
  await owner.query("INSERT INTO channel_go_lives (channel_id, organization_id, person_id) VALUES ($1, $2, $3)", [
    id,
    ours,
    admin.personId,
  ]);
  for (let n = 0; n < placements; n += 1)
    await owner.query(
      "INSERT INTO placements (organization_id, channel_id, code, name, medium, owner_id) VALUES ($1, $2, $3, 'x', 'web', $4)",
      [ours, id, `pl_${serial}_${n}`, admin.personId],
    );
  return id;
}
type Terms = { approved?: boolean; service?: boolean; dealer?: string };
async function contract(
  covers: readonly string[],
  { approved = true, service = true, dealer = "infobank" }: Terms = {},
) {
  serial += 1;
  const id = randomUUID();
  await owner.query(
    `INSERT INTO contracts (id, organization_id, number, title, dealer, service, consignment, consignor, consignee, starts_on, renewal, created_by)
     VALUES ($1, $2, $3, '계약', $4, $5, true, '갑', '을', $6, 'tacit', $7)`,
    [id, ours, `N-${serial}`, dealer, service, addDays(today, -300), admin.personId],
  );
  await owner.query(
    "INSERT INTO contract_versions (organization_id, contract_id, number, text, hash, person_id) VALUES ($1, $2, 1, '{}', $3, $4)",
    [ours, id, "a".repeat(64), admin.personId],
  );
  for (const channelId of covers)
    await owner.query(
      "INSERT INTO contract_channels (organization_id, contract_id, channel_id, from_on) VALUES ($1, $2, $3, $4)",
      [ours, id, channelId, addDays(today, -300)],
    );
  if (approved)
    await owner.query(
      "INSERT INTO contract_steps (organization_id, contract_id, kind, number, hash, person_id) VALUES ($1, $2, 'approved', 1, $3, $4)",
      [ours, id, "a".repeat(64), officer.personId],
    );
  return id;
}
const ask = (contractId: string, endsOn: Day = soon) =>
  requestEnd(admin, { contractId, endsOn, reason: "딜러를 바꿉니다" });
async function exitOf(contractId: string) {
  const view = await getContract(admin, contractId, now());
  if (!view) throw new Error("no contract");
  return getExit(admin, view, now());
}
async function agree(contractId: string, by = officer): Promise<void> {
  const { pending } = await exitOf(contractId);
  await agreeEnding(by, { endingId: pending?.ending.id ?? "", digest: pending?.digest ?? "", note: "" });
}
const ended = async (contractId: string, endsOn = soon) => {
  await ask(contractId, endsOn);
  await agree(contractId);
  await company.mark();
};
const state = async (channelId: string) => (await getChannel(admin, channelId, now()))?.state;
/** No clock in the product: the day is moved by whoever owns the database. */
const moveDay = (contractId: string, endsOn: Day) =>
  owner.query("UPDATE contract_endings SET ends_on = $2 WHERE contract_id = $1 AND kind = 'end'", [contractId, endsOn]);

describe("asking for an end", () => {
  it("changes nothing yet, names the channels that would end, and is recorded once", async () => {
    const [alone, kept] = [await channel({ placements: 2 }), await channel()];
    const id = await contract([alone, kept]);
    const running = await contract([kept]);
    const endingId = await ask(id);
    const body = await expectOneEvent("contract.end-requested", id);
    expect(body).toMatchObject({ ending: endingId, endsOn: soon, before: null, channels: 2, ends: 1 });
    expect(JSON.stringify(body)).not.toContain("딜러를");
    expect(await state(alone)).toBe("live");
    const { pending, standing } = await exitOf(id);
    expect(standing).toBeNull();
    expect(pending?.channels.map(({ id: one, staysBy, placements }) => [one, staysBy?.id, placements])).toEqual([
      [alone, undefined, 2],
      [kept, running, 0],
    ]);
  });
  it("is refused to others, for another organization's, a draft, yesterday, beyond ten years, and twice", async () => {
    const id = await contract([await channel()]);
    for (const who of [officer, auditor, marketer])
      await expect(requestEnd(who, { contractId: id, endsOn: soon, reason: "x" })).rejects.toThrow(Forbidden);
    for (const contractId of [id, randomUUID(), "nonsense"])
      await expect(requestEnd(strangers[0], { contractId, endsOn: soon, reason: "x" })).rejects.toEqual(new NotFound());
    await expect(ask(await contract([], { approved: false }))).rejects.toMatchObject({
      key: "dealers.exit.refused.draft",
    });
    await expect(ask(id, addDays(today, -1))).rejects.toMatchObject({
      key: "dealers.exit.refused.dayPast",
      field: "endsOn",
    });
    await expect(ask(id, addDays(today, 3_654))).rejects.toMatchObject({ key: "dealers.exit.refused.dayFar" });
    expect(requestEndSchema.safeParse({ contractId: id, endsOn: "2026-02-30", reason: "사유입니다" }).success).toBe(
      false,
    );
    await expectNoEvent();
    const both = await Promise.allSettled([ask(id), ask(id, addDays(soon, 1))]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expectOneEvent("contract.end-requested", id);
  });
});

describe("agreeing", () => {
  it("ends the channels that nothing else covers, as was foretold", async () => {
    const [alone, kept] = [await channel(), await channel()];
    const id = await contract([alone, kept]);
    await contract([kept]);
    await ask(id);
    const told = (await exitOf(id)).pending;
    await company.mark();
    await agree(id);
    expect(await expectOneEvent("contract.end-agreed", id)).toMatchObject({ digest: told?.digest, ends: [alone] });
    expect(await getChannel(admin, alone, now())).toMatchObject({ state: "ending", endsOn: soon, endContract: { id } });
    expect(await getChannel(admin, kept, now())).toMatchObject({ state: "live", endsOn: null });
    expect((await exitOf(id)).standing).toMatchObject({ endsOn: soon, outcome: "approved" });
  });
  it("is refused to who asked, to other roles, for another organization's, and when nothing is there", async () => {
    const id = await contract([]);
    const endingId = await ask(id);
    const digest = (await exitOf(id)).pending?.digest ?? "";
    await company.mark();
    for (const who of [admin, auditor, marketer])
      await expect(agreeEnding(who, { endingId, digest, note: "" })).rejects.toThrow(Forbidden);
    await expect(agreeEnding(strangers[1], { endingId, digest, note: "" })).rejects.toEqual(new NotFound());
    await expect(agreeEnding(officer, { endingId: randomUUID(), digest, note: "" })).rejects.toEqual(new NotFound());
    // The same person in another session, with another role by now.
    const turned = { ...officer, personId: admin.personId };
    await expect(agreeEnding(turned, { endingId, digest, note: "" })).rejects.toMatchObject({
      key: "dealers.exit.refused.samePerson",
    });
    await expectNoEvent();
  });
  it("is of what was shown: other channels, a day moved, withdrawn or declined meanwhile is a conflict", async () => {
    const covered = await channel();
    const id = await contract([covered]);
    const endingId = await ask(id);
    const digest = (await exitOf(id)).pending?.digest ?? "";
    const conflict = (key: string) =>
      expect(agreeEnding(officer, { endingId, digest, note: "" })).rejects.toEqual(
        new Conflict(`dealers.exit.refused.${key}`),
      );
    const second = await contract([covered]);
    await conflict("changed");
    await owner.query("DELETE FROM contract_channels WHERE contract_id = $1", [second]);
    await moveDay(id, addDays(soon, 1));
    await conflict("changed");
    await withdrawEnding(admin, { endingId, note: "" });
    await conflict("answered");
    expect(await state(covered)).toBe("live");
  });
  it("is done once by one of two officers, and never twice", async () => {
    const id = await contract([]);
    const endingId = await ask(id);
    const digest = (await exitOf(id)).pending?.digest ?? "";
    await company.mark();
    const tries = [officer, other, officer, other].map((who) => agreeEnding(who, { endingId, digest, note: "" }));
    const settled = await Promise.allSettled([...tries, withdrawEnding(admin, { endingId, note: "" })]);
    expect(settled.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    for (const one of settled) if (one.status === "rejected") expect(one.reason).toBeInstanceOf(Conflict);
    expect(await newEvents()).toBe(1);
  });
  it("comes too late once the last day has passed", async () => {
    const id = await contract([]);
    await ask(id, today);
    await moveDay(id, addDays(today, -1));
    await expect(agree(id)).rejects.toMatchObject({ key: "dealers.exit.refused.agreedLate" });
  });
});

describe("declining and withdrawing", () => {
  it("leave all as it was; then it can be asked anew", async () => {
    const id = await contract([await channel()]);
    const first = await ask(id);
    await company.mark();
    await expect(declineEnding(admin, { endingId: first, note: "아직입니다" })).rejects.toThrow(Forbidden);
    await expect(declineEnding(strangers[1], { endingId: first, note: "아직입니다" })).rejects.toEqual(new NotFound());
    await declineEnding(officer, { endingId: first, note: "아직입니다" });
    await expectOneEvent("contract.end-declined", id);
    await expect(declineEnding(other, { endingId: first, note: "다시 아직" })).rejects.toThrow(Conflict);
    const second = await ask(id);
    await company.mark();
    await expect(withdrawEnding(officer, { endingId: second, note: "" })).rejects.toThrow(Forbidden);
    await expect(withdrawEnding(strangers[0], { endingId: second, note: "" })).rejects.toEqual(new NotFound());
    await withdrawEnding(admin, { endingId: second, note: "" });
    await expectOneEvent("contract.end-withdrawn", id);
    expect((await exitOf(id)).standing).toBeNull();
  });
});

describe("reinstating", () => {
  it.each([
    ["before the last day", soon],
    ["after it", addDays(today, -3)],
  ])("%s brings the channels back, by two people, recorded", async (_when, endsOn) => {
    const covered = await channel();
    const id = await contract([covered]);
    await ended(id);
    await moveDay(id, endsOn);
    expect(await state(covered)).toBe(endsOn < today ? "ended" : "ending");
    await requestReinstatement(admin, { contractId: id, reason: "다시 쓰기로 했습니다" });
    await expectOneEvent("contract.reinstate-requested", id);
    await agree(id);
    await expectOneEvent("contract.reinstate-agreed", id);
    expect(await state(covered)).toBe("live");
    expect(await exitOf(id)).toMatchObject({ standing: null, pending: null, states: null });
    await ended(id, addDays(soon, 5));
    expect((await getChannel(admin, covered, now()))?.endsOn).toBe(addDays(soon, 5));
  });
  it("is refused when a channel has another dealer by now: when asked, and when agreed to", async () => {
    const covered = await channel();
    const id = await contract([covered]);
    await ended(id);
    const ask2 = () => requestReinstatement(admin, { contractId: id, reason: "다시 쓰기로 했습니다" });
    const moveTo = (dealer: string) => owner.query("UPDATE channels SET dealer = $2 WHERE id = $1", [covered, dealer]);
    await moveTo("lunasoft");
    await expect(ask2()).rejects.toMatchObject({ key: "dealers.exit.refused.dealerChanged", values: { count: 1 } });
    await expectNoEvent();
    await moveTo("infobank");
    const endingId = await ask2();
    const digest = (await exitOf(id)).pending?.digest ?? "";
    await moveTo("lunasoft");
    await expect(agreeEnding(officer, { endingId, digest, note: "" })).rejects.toMatchObject({
      key: "dealers.exit.refused.dealerChanged",
    });
    expect(await state(covered)).toBe("ending");
    await declineEnding(officer, { endingId, note: "딜러가 다릅니다" });
  });
  it("is refused where nothing has ended; an end that is over can only be reinstated", async () => {
    const id = await contract([]);
    await expect(requestReinstatement(admin, { contractId: id, reason: "다시" })).rejects.toMatchObject({
      key: "dealers.exit.refused.noEnd",
    });
    await ended(id);
    await moveDay(id, addDays(today, -1));
    await expect(ask(id)).rejects.toMatchObject({ key: "dealers.exit.refused.over" });
    await expect(requestReinstatement(officer, { contractId: id, reason: "다시" })).rejects.toThrow(Forbidden);
  });
});

describe("the way out", () => {
  const mark = async (contractId: string, item: string, more: object = {}, by = officer) => {
    const { standing } = await exitOf(contractId);
    const view = await getContract(admin, contractId, now());
    const seen = view?.exitMarks.find((one) => one.item === item && one.endingId === standing?.id)?.id ?? "";
    const said = { contractId, endingId: standing?.id, item, kind: "done", note: "확인했습니다", seen, ...more };
    return markExit(by, markExitSchema.parse(said));
  };
  async function paper(contractId: string, kind: string): Promise<string> {
    const fileId = randomUUID();
    await owner.query(
      "INSERT INTO evidence_files (id, organization_id, name, mime, bytes, sha256, person_id) VALUES ($1, $2, '확인서.pdf', 'application/pdf', 3, $3, $4)",
      [fileId, ours, "b".repeat(64), admin.personId],
    );
    const { rows } = await owner.query(
      "INSERT INTO contract_documents (organization_id, contract_id, file_id, kind, person_id) VALUES ($1, $2, $3, $4, $5) RETURNING id",
      [ours, contractId, fileId, kind, admin.personId],
    );
    return rows[0].id;
  }
  const standings = async (contractId: string) =>
    Object.fromEntries(((await exitOf(contractId)).states ?? []).map(({ key, standing }) => [key, standing]));

  it("is derived from data and from what people said, and closes with the final register", async () => {
    const covered = await channel({ placements: 1 });
    const id = await contract([covered]);
    await owner.query(
      "INSERT INTO dealer_connections (organization_id, channel_id, format, created_by) VALUES ($1, $2, 'canonical', $3)",
      [ours, covered, admin.personId],
    );
    await owner.query(
      `INSERT INTO reconsignments (organization_id, contract_id, channel_id, consignor, consignee, sub_consignee, scope, items, approver_name, approved_on, valid_from, person_id)
       VALUES ($1, $2, $3, '갑', '을', '병', 's', 'i', 'x', $4, $4, $5)`,
      [ours, id, covered, addDays(today, -100), officer.personId],
    );
    await ended(id, today);
    expect(await standings(id)).toEqual({
      ...{ placements: "open", redirects: "waiting", agents: "open", connections: "open", reconsignments: "open" },
      ...{ deletion: "open", consignees: "open", texts: "open", transcripts: "told", register: "waiting" },
    });
    await owner.query(
      "INSERT INTO placement_retirements (placement_id, organization_id, person_id) SELECT id, organization_id, $2 FROM placements WHERE channel_id = $1",
      [covered, admin.personId],
    );
    await owner.query("UPDATE dealer_connections SET closed_at = now() WHERE channel_id = $1", [covered]);
    await owner.query("UPDATE reconsignments SET withdrawn_on = $2 WHERE contract_id = $1", [id, today]);
    await moveDay(id, addDays(today, -1));
    await mark(id, "deletion", { documentId: await paper(id, "deletion"), note: "" });
    expect(await expectOneEvent("exit.marked", id)).toMatchObject({ item: "deletion", sha256: "b".repeat(64) });
    await mark(id, "consignees", { note: "처리방침 v8에서 지웠습니다" }, admin);
    await mark(id, "texts", { kind: "not-applicable", note: "동의 문안에 딜러 이름이 없습니다" });
    await company.mark();
    expect(await standings(id)).toEqual({
      ...{ placements: "done", redirects: "done", agents: "open", connections: "done", reconsignments: "done" },
      ...{ deletion: "done", consignees: "done", texts: "not-applicable", transcripts: "told", register: "open" },
    });
    expect((await exitOf(id)).closed).toBe(false);
    await exportRegister(auditor, id, "csv", "ko", now());
    await expectOneEvent("contract.register-exported", id);
    expect((await exitOf(id)).closed).toBe(true);
    await mark(id, "consignees", { kind: "reopened", note: "목록에 다시 보입니다" });
    expect(await standings(id)).toMatchObject({ consignees: "open", register: "waiting" });
    await mark(id, "consignees");
    expect(await standings(id)).toMatchObject({ register: "open" });
  });
  it("takes no mark without proof, on derived items, by others, of another end, or after somebody else's", async () => {
    const id = await contract([]);
    await ended(id);
    const key = (word: string) => ({ key: `dealers.exit.refused.${word}` });
    await expect(mark(id, "placements")).rejects.toMatchObject(key("derived"));
    await expect(mark(id, "redirects", { kind: "not-applicable" })).rejects.toMatchObject(key("applies"));
    await expect(mark(id, "consignees", { note: "" })).rejects.toMatchObject(key("proofNeeded"));
    await expect(mark(id, "deletion")).rejects.toMatchObject(key("paperNeeded"));
    await expect(mark(id, "deletion", { documentId: await paper(id, "other") })).rejects.toMatchObject(
      key("paperNeeded"),
    );
    const foreign = await paper(await contract([]), "deletion");
    await expect(mark(id, "deletion", { documentId: foreign })).rejects.toEqual(new NotFound());
    await expect(mark(id, "texts", { kind: "reopened" })).rejects.toMatchObject(key("notDone"));
    await expect(mark(id, "texts", { kind: "not-applicable", note: "" })).rejects.toMatchObject(key("reasonNeeded"));
    for (const who of [marketer, auditor]) await expect(mark(id, "texts", {}, who)).rejects.toThrow(Forbidden);
    for (const who of strangers) await expect(mark(id, "texts", {}, who)).rejects.toEqual(new NotFound());
    await expect(mark(id, "texts", { endingId: randomUUID() })).rejects.toThrow(Conflict);
    await expectNoEvent();
    const both = await Promise.allSettled([mark(id, "texts"), mark(id, "texts", { seen: "" }, admin)]);
    expect(both.map(({ status }) => status).sort()).toEqual(["fulfilled", "rejected"]);
    await expectOneEvent("exit.marked", id);
  });
  it("counts no connection of a dealer that took the channel over", async () => {
    const moved = await channel();
    const id = await contract([moved]);
    const next = await contract([moved], { dealer: "lunasoft" });
    const connect = (at: string) =>
      owner.query(
        "INSERT INTO dealer_connections (organization_id, channel_id, format, created_by, created_at) VALUES ($1, $2, 'canonical', $3, $4)",
        [ours, moved, admin.personId, at],
      );
    await connect("2026-01-01");
    await owner.query(
      "INSERT INTO dealer_switches (organization_id, channel_id, from_dealer, to_dealer, last_on, reason, person_id, at, outcome) VALUES ($1, $2, 'infobank', 'lunasoft', $3, 'x', $4, '2026-02-01', 'completed')",
      [ours, moved, soon, admin.personId],
    );
    await owner.query("UPDATE channels SET dealer = 'lunasoft' WHERE id = $1", [moved]);
    await connect("2026-03-01");
    await ended(id);
    expect((await exitOf(id)).channels).toMatchObject([{ connections: 1, staysBy: { id: next } }]);
  });
});
