// Contracts on a real PostgreSQL: written by one, approved by another, by the hash of what was looked at.
import { createHash, randomUUID } from "node:crypto";
import { readdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import type { PersonActor } from "@/lib/auth/actor";
import { addDays, kstDay } from "@/lib/clock";
import { closeDatabase } from "@/lib/db/client";
import { env } from "@/lib/env";
import { Conflict, Forbidden, NotFound, Refused } from "@/lib/errors";
import { FileChanged } from "@/lib/evidence";
import { storedPath } from "@/lib/storage";
import { openTestCompany } from "@/lib/test-company";
import { type ContractPlan, makeContract } from "@/prisma/seed/contracts";
import { approveContract, rejectContract, submitContract, withdrawContract } from "./commands/approve-contract";
import { coverChannel, uncoverChannel } from "./commands/cover-channel";
import { createContract, editContract } from "./commands/edit-contract";
import { downloadDocument, verifyContractFiles } from "./commands/open-document";
import { setClauses } from "./commands/set-clauses";
import { uploadDocument } from "./commands/upload-document";
import { getFileCheck } from "./queries/contract-files";
import { getApproval } from "./queries/get-approval";
import { getContract } from "./queries/get-contract";
import { listContractHistory } from "./queries/list-contract-history";
import { listContracts } from "./queries/list-contracts";
import { clauseRules } from "./rules/clauses";
import type { ContractView } from "./rules/contract-view";
import { createContractSchema, listContractsSchema } from "./schema/contract";

const company = await openTestCompany();
const { ours, theirs, owner, admin, officer, marketer, auditor, stranger, expectNoEvent, mark } = company;
const other = await company.join("COMPLIANCE_OFFICER");
const today = kstDay(new Date());
let serial = 0;

afterAll(async () => {
  await owner.end();
  await closeDatabase();
});

beforeEach(mark);
/** Exactly one entry since the mark, and it is this one. */
async function expectOneEvent(action: string, targetId: string) {
  const event = await company.expectOneEvent(action, targetId);
  await mark();
  return event;
}

const fields = (more: object = {}) =>
  createContractSchema.parse({
    ...{ number: `HG-${serial++}`, title: "상담톡 이용 계약", dealer: "infobank", service: true, consignment: true },
    ...{ consignor: "주식회사 한결생활", consignee: "인포뱅크 주식회사", startsOn: "2026-01-15", endsOn: "2028-01-14" },
    ...{ renewal: "tacit", renewalMonths: 12, noticeCount: 30, noticeUnit: "days", ...more },
  });
async function created(more: object = {}, by = admin): Promise<string> {
  const id = await createContract(by, fields(more));
  await mark();
  return id;
}
async function view(id: string): Promise<ContractView> {
  const found = await getContract(officer, id, new Date());
  if (!found) throw new Error("no such contract");
  return found;
}
async function channel(name: string, dealer: string | null = "infobank", organizationId = ours): Promise<string> {
  const id = randomUUID();
  await owner.query("INSERT INTO channels (id, organization_id, search_id, name, dealer) VALUES ($1, $2, $3, $4, $5)", [
    ...[id, organizationId, `ch${serial++}`, name, dealer],
  ]);
  return id;
}
const judged = clauseRules
  .filter((rule) => rule.needed)
  .map((rule) => ({ clause: rule.key, place: "제4조", page: "3", verdict: "met" as const, note: "" }));
const pdf = (text: string) =>
  Buffer.from(
    `%PDF-1.4\n% ${text}\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer\n<< /Root 1 0 R >>\nstartxref\n0\n%%EOF\n`,
  );
function upload(fields: Record<string, string>, bytes: Buffer, name = "계약서.pdf", type = "application/pdf"): Request {
  const form = new FormData();
  for (const [key, value] of Object.entries(fields)) form.append(key, value);
  form.append("file", new Blob([new Uint8Array(bytes)], { type }), name);
  return new Request("http://damso.example/upload", { method: "POST", body: form });
}
const send = (id: string, fields: Record<string, string>, bytes: Buffer, by: PersonActor = admin) =>
  uploadDocument(by, id, upload(fields, bytes), 0);
/** A contract that waits for its approval. */
async function submitted(more: object = {}): Promise<string> {
  const id = await created(more);
  await setClauses(admin, { contractId: id, version: 1, clauses: judged });
  await send(id, { kind: "consignment" }, pdf(id));
  await submitContract(admin, { contractId: id, hash: (await view(id)).hash, note: "" });
  await mark();
  return id;
}
async function approved(more: object = {}): Promise<string> {
  const id = await submitted(more);
  await approveContract(officer, { contractId: id, hash: (await view(id)).hash, note: "" });
  await mark();
  return id;
}
const edited = async (id: string, more: object) => {
  const { version, number } = await view(id);
  return editContract(admin, { contractId: id, version, ...fields({ number, ...more }) });
};
const refusal = async (act: Promise<unknown>): Promise<[string, string | undefined]> => {
  const error = await act.then(
    () => new Error("was not refused"),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof Refused)) throw error;
  return [error.key.replace("dealers.contracts.refused.", ""), error.field];
};
const stepsOf = async (id: string) =>
  (await owner.query("SELECT kind FROM contract_steps WHERE contract_id = $1 ORDER BY at", [id])).rows.map(
    (row) => row.kind,
  );

describe("createContract", () => {
  it("registers a draft with its first version", async () => {
    const id = await createContract(admin, fields({ number: "HG-2026-1" }));
    await expectOneEvent("contract.created", id);
    expect(await view(id)).toMatchObject({
      number: "HG-2026-1",
      version: 1,
      approval: "draft",
      state: "draft",
      startsOn: "2026-01-15",
    });
  });
  it("answers a taken number beside its field, also when both come at once", async () => {
    const twice = fields();
    const both = await Promise.allSettled([createContract(admin, twice), createContract(admin, twice)]);
    expect(both.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    expect(await refusal(createContract(admin, twice))).toEqual(["numberTaken", "number"]);
    await createContract(stranger, twice);
  });
  it("refuses those without the right, and what does not fit together", async () => {
    for (const by of [officer, marketer, auditor])
      await expect(createContract(by, fields())).rejects.toThrow(Forbidden);
    expect(await refusal(createContract(admin, fields({ endsOn: "2026-01-01" })))).toEqual([
      "endBeforeStart",
      "endsOn",
    ]);
    await expectNoEvent();
  });
});

describe("editContract", () => {
  it("saves the next version", async () => {
    const id = await created();
    const before = (await view(id)).hash;
    await edited(id, { title: "다른 이름" });
    const { body } = await expectOneEvent("contract.edited", id);
    expect(body).toContain('"fields":["title"]');
    const after = await view(id);
    expect(after).toMatchObject({ version: 2, title: "다른 이름" });
    expect(after.hash).not.toBe(before);
    const { rows } = await owner.query(
      "SELECT number, text, hash FROM contract_versions WHERE contract_id = $1 ORDER BY number",
      [id],
    );
    expect(rows.map((row) => createHash("sha256").update(row.text).digest("hex"))).toEqual(rows.map((row) => row.hash));
  });
  it("makes a draft of an approved contract, and nothing where nothing changed", async () => {
    const id = await approved();
    const { number, title } = await view(id);
    expect(await refusal(edited(id, { number, title }))).toEqual(["unchanged", undefined]);
    await expectNoEvent();
    expect((await view(id)).approval).toBe("approved");
    await edited(id, { marginDays: 10 });
    expect(await view(id)).toMatchObject({ approval: "draft", approved: { number: 3 }, version: 4 });
  });
  it("is refused once an end is agreed to, by whatever door: it would bring channels back without a second person", async () => {
    const [id, life] = [await approved(), await channel("끝나는 채널")];
    const { version } = await view(id);
    await coverChannel(admin, { contractId: id, version, channelId: life, fromOn: "2026-02-01", untilOn: null });
    await owner.query(
      `INSERT INTO contract_endings (organization_id, contract_id, kind, ends_on, reason, person_id, outcome, closed_by, closed_at)
       VALUES ($1, $2, 'end', $3, '끝', $4, 'approved', $5, now())`,
      [ours, id, addDays(today, 30), admin.personId, officer.personId],
    );
    await mark();
    const days = { contractId: id, version: version + 1, channelId: life, fromOn: "2026-02-01" };
    for (const act of [
      () => edited(id, { title: "고침" }),
      () => coverChannel(admin, { ...days, untilOn: "2026-03-01" }),
      () => uncoverChannel(admin, days),
      () => setClauses(admin, { contractId: id, version: version + 1, clauses: [] }),
      () => send(id, { kind: "annex" }, pdf("부속")),
    ])
      expect(await refusal(act())).toEqual(["ended", undefined]);
    await expectNoEvent();
    expect((await view(id)).channels.map((one) => one.id)).toEqual([life]);
    await send(id, { kind: "deletion" }, pdf("파기 확인"));
  });
  it("refuses a stale form, the wrong role and another company's contract", async () => {
    const id = await created();
    await edited(id, { title: "처음 고침" });
    await mark();
    const stale = { contractId: id, version: 1, ...fields() };
    await expect(editContract(admin, stale)).rejects.toThrow(Conflict);
    await expect(editContract(officer, { ...stale, version: 2 })).rejects.toThrow(Forbidden);
    await expect(editContract(stranger, { ...stale, version: 2 })).rejects.toThrow(NotFound);
    await expect(editContract(admin, { ...stale, contractId: randomUUID() })).rejects.toThrow(NotFound);
    await expectNoEvent();
  });
  it("keeps one winner of several writers of one version", async () => {
    const id = await created();
    const { number } = await view(id);
    const all = await Promise.allSettled(
      [1, 2, 3, 4].map((margin) =>
        editContract(admin, { contractId: id, version: 1, ...fields({ number, marginDays: margin }) }),
      ),
    );
    expect(all.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    for (const one of all) if (one.status === "rejected") expect(one.reason).toBeInstanceOf(Conflict);
    expect((await view(id)).version).toBe(2);
  });
});

describe("coverChannel", () => {
  it("covers a channel of the same dealer, moves its days and takes it out again", async () => {
    const [id, life] = [await created(), await channel("한결생활")];
    await coverChannel(admin, { contractId: id, version: 1, channelId: life, fromOn: "2026-02-01", untilOn: null });
    await expectOneEvent("contract.channel-covered", id);
    expect((await view(id)).channels).toMatchObject([
      { id: life, name: "한결생활", fromOn: "2026-02-01", untilOn: null },
    ]);
    await coverChannel(admin, {
      contractId: id,
      version: 2,
      channelId: life,
      fromOn: "2026-02-01",
      untilOn: "2026-03-01",
    });
    await expectOneEvent("contract.channel-covered", id);
    await uncoverChannel(admin, { contractId: id, version: 3, channelId: life });
    await expectOneEvent("contract.channel-uncovered", id);
    expect(await view(id)).toMatchObject({ version: 4, channels: [] });
    expect(await refusal(uncoverChannel(admin, { contractId: id, version: 4, channelId: life }))).toEqual([
      "covered",
      undefined,
    ]);
  });
  it("refuses another dealer's channel, another company's, days that do not fit and a stale form", async () => {
    const id = await created();
    const [luna, strange, life] = [
      await channel("루나", "lunasoft"),
      await channel("남", "infobank", theirs),
      await channel("우리"),
    ];
    const cover = { contractId: id, version: 1, channelId: life, fromOn: "2026-02-01", untilOn: null };
    expect(await refusal(coverChannel(admin, { ...cover, channelId: luna }))).toEqual(["dealerDiffers", "channelId"]);
    expect(await refusal(coverChannel(admin, { ...cover, channelId: strange }))).toEqual(["channel", "channelId"]);
    expect(await refusal(coverChannel(admin, { ...cover, fromOn: "2026-01-01" }))).toEqual(["fromBefore", "fromOn"]);
    await expect(coverChannel(admin, { ...cover, version: 2 })).rejects.toThrow(Conflict);
    await expect(coverChannel(officer, cover)).rejects.toThrow(Forbidden);
    await expect(coverChannel(stranger, { ...cover, channelId: strange })).rejects.toThrow(NotFound);
    await expectNoEvent();
  });
  it("keeps one dealer per channel at a time (dealer error 4060)", async () => {
    const free = await channel("딜러 없음", null);
    const [first, second] = [await created(), await created({ dealer: "lunasoft" })];
    await coverChannel(admin, {
      contractId: first,
      version: 1,
      channelId: free,
      fromOn: "2026-02-01",
      untilOn: "2026-06-30",
    });
    const cover = { contractId: second, version: 1, channelId: free, fromOn: "2026-06-30", untilOn: null };
    expect(await refusal(coverChannel(admin, cover))).toEqual(["overlaps", "channelId"]);
    await coverChannel(admin, { ...cover, fromOn: "2026-07-01" });
    expect(
      await refusal(
        coverChannel(admin, { contractId: first, version: 2, channelId: free, fromOn: "2026-02-01", untilOn: null }),
      ),
    ).toEqual(["overlaps", "channelId"]);
    expect(await refusal(edited(first, { dealer: "spectra" }))).toEqual(["dealerCovered", "dealer"]);
    expect(await refusal(edited(first, { startsOn: "2026-03-01" }))).toEqual(["startsAfterCover", "startsOn"]);
  });
});

describe("setClauses", () => {
  it("keeps judgements as a version and changes one of them", async () => {
    const id = await created();
    await setClauses(admin, { contractId: id, version: 1, clauses: judged });
    await expectOneEvent("contract.clauses-set", id);
    expect((await view(id)).clauses).toHaveLength(7);
    const weak = { clause: "supervision", place: "제9조", page: "8", verdict: "weak" as const, note: "주기 없음" };
    await setClauses(admin, { contractId: id, version: 2, clauses: [weak] });
    const { clauses, version } = await view(id);
    expect(version).toBe(3);
    expect(clauses).toHaveLength(7);
    expect(clauses).toContainEqual(weak);
    await mark();
    await expect(setClauses(admin, { contractId: id, version: 1, clauses: judged })).rejects.toThrow(Conflict);
    await expect(setClauses(officer, { contractId: id, version: 3, clauses: judged })).rejects.toThrow(Forbidden);
    await expect(setClauses(stranger, { contractId: id, version: 3, clauses: judged })).rejects.toThrow(NotFound);
    await expectNoEvent();
  });
});

describe("approval (trust.md P-23)", () => {
  it("is asked for by one and given by another, for the hash that was looked at", async () => {
    const id = await created();
    const first = (await view(id)).hash;
    expect(await refusal(submitContract(admin, { contractId: id, hash: first, note: "" }))).toEqual([
      "gaps",
      undefined,
    ]);
    await setClauses(admin, { contractId: id, version: 1, clauses: judged });
    await send(id, { kind: "consignment" }, pdf(id));
    const { hash, version } = await view(id);
    await expect(submitContract(admin, { contractId: id, hash: first, note: "" })).rejects.toThrow(Conflict);
    await mark();
    await submitContract(admin, { contractId: id, hash, note: "봐 주십시오." });
    await expectOneEvent("contract.submitted", id);
    await approveContract(officer, { contractId: id, hash, note: "" });
    const { body } = await expectOneEvent("contract.approved", id);
    expect(body).toContain(hash);
    expect(await view(id)).toMatchObject({
      approval: "approved",
      state: "inForce",
      approved: { number: version, hash },
    });
    expect(await refusal(approveContract(other, { contractId: id, hash, note: "" }))).toEqual([
      "alreadyApproved",
      undefined,
    ]);
    expect(await refusal(submitContract(admin, { contractId: id, hash, note: "" }))).toEqual(["notDraft", undefined]);
    await expectNoEvent();
  });
  it("is refused to whoever wrote or submitted it, also after a change of role", async () => {
    const id = await submitted();
    const { hash } = await view(id);
    const promoted: PersonActor = { ...admin, role: "COMPLIANCE_OFFICER", signInId: randomUUID() };
    expect((await refusal(approveContract(promoted, { contractId: id, hash, note: "" })))[0]).toBe("author");
    await owner.query("UPDATE contract_versions SET person_id = $2 WHERE contract_id = $1", [id, officer.personId]);
    expect((await refusal(approveContract(promoted, { contractId: id, hash, note: "" })))[0]).toBe("submitter");
    expect((await refusal(approveContract(officer, { contractId: id, hash, note: "" })))[0]).toBe("author");
    for (const by of [admin, marketer, auditor]) {
      await expect(approveContract(by, { contractId: id, hash, note: "" })).rejects.toThrow(Forbidden);
    }
    await expect(
      approveContract({ ...officer, organizationId: theirs }, { contractId: id, hash, note: "" }),
    ).rejects.toThrow(NotFound);
    expect(await stepsOf(id)).toEqual(["submitted"]);
    await approveContract(other, { contractId: id, hash, note: "" });
  });
  it("of a version that was replaced meanwhile is a conflict", async () => {
    const id = await submitted();
    const { hash } = await view(id);
    await edited(id, { marginDays: 7 });
    await mark();
    await expect(approveContract(officer, { contractId: id, hash, note: "" })).rejects.toThrow(Conflict);
    await expectNoEvent();
    expect((await view(id)).approval).toBe("draft");
    const next = (await view(id)).hash;
    expect((await refusal(approveContract(officer, { contractId: id, hash: next, note: "" })))[0]).toBe("notSubmitted");
  });
  it("and a save at the same instant: one of them stands, and what is approved is what was looked at", async () => {
    for (let round = 0; round < 6; round += 1) {
      const id = await submitted();
      const { hash, version, number } = await view(id);
      const save = () => editContract(admin, { contractId: id, version, ...fields({ number, marginDays: 9 }) });
      const approve = () => approveContract(officer, { contractId: id, hash, note: "" });
      const [a, b] = round % 2 === 0 ? [approve(), save()] : [save(), approve()];
      await Promise.allSettled([a, b]);
      const steps = await owner.query(
        "SELECT number, hash FROM contract_steps WHERE contract_id = $1 AND kind = 'approved'",
        [id],
      );
      for (const row of steps.rows) expect(row).toEqual({ number: version, hash });
      expect((await view(id)).approval).toBe("draft");
    }
  });
  it("is given once, however many press at once", async () => {
    const id = await submitted();
    const { hash } = await view(id);
    const all = await Promise.allSettled(
      [officer, other, officer, other].map((by) => approveContract(by, { contractId: id, hash, note: "" })),
    );
    expect(all.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    for (const one of all) if (one.status === "rejected") expect(one.reason).toBeInstanceOf(Refused);
    expect(await stepsOf(id)).toEqual(["submitted", "approved"]);
  });
  it("is refused with a reason, asked for again, and taken back", async () => {
    const id = await submitted();
    const { hash } = await view(id);
    await rejectContract(officer, { contractId: id, hash, note: "별지가 없습니다." });
    await expectOneEvent("contract.rejected", id);
    expect(await view(id)).toMatchObject({ approval: "rejected", state: "rejected" });
    expect((await refusal(withdrawContract(admin, { contractId: id, hash })))[0]).toBe("notSubmitted");
    await submitContract(admin, { contractId: id, hash, note: "" });
    await mark();
    await withdrawContract(admin, { contractId: id, hash });
    await expectOneEvent("contract.withdrawn", id);
    expect((await view(id)).approval).toBe("draft");
    expect((await refusal(rejectContract(officer, { contractId: id, hash, note: "늦음" })))[0]).toBe("notSubmitted");
  });
  it("is compared with what was approved before", async () => {
    const id = await approved();
    expect(await getApproval(auditor, id)).toMatchObject({ approved: 3, differences: [] });
    await edited(id, { retention: "상담 종료 후 1년" });
    expect((await getApproval(auditor, id))?.differences).toEqual([
      { part: "field", name: "retention", before: "", after: "상담 종료 후 1년" },
    ]);
    expect(await getApproval(stranger, id)).toBeNull();
    await expect(getApproval(marketer, id)).rejects.toThrow(Forbidden);
  });
});

describe("documents", () => {
  const keptFiles = () =>
    readdirSync(env().DAMSO_FILES.replace(/^file:/, ""), { recursive: true, encoding: "utf8" }).filter((one) =>
      /^..[\\/][\w-]{22}$/.test(one),
    );
  const place = (fileId: string) => path.join(env().DAMSO_FILES.replace(/^file:/, ""), storedPath(fileId));

  it("are kept with their hash; a paper of the content makes a version, another one does not", async () => {
    const id = await created();
    const bytes = pdf("계약서");
    const kept = await send(id, { kind: "contract", signedOn: "2026-01-10" }, bytes);
    const { body } = await expectOneEvent("contract.document-uploaded", id);
    expect(kept).toMatchObject({
      bytes: bytes.length,
      sha256: createHash("sha256").update(bytes).digest("hex"),
      repeated: false,
    });
    expect(body).toContain(kept.sha256);
    expect(body).not.toContain("계약서");
    await send(id, { kind: "notice" }, pdf("통지"));
    const { version, documents } = await view(id);
    expect(version).toBe(2);
    expect(documents.map(({ kind, signedOn }) => [kind, signedOn])).toEqual([
      ["contract", "2026-01-10"],
      ["notice", null],
    ]);
  });
  it("are not kept twice when an upload is repeated", async () => {
    const id = await created();
    const first = await send(id, { kind: "annex" }, pdf(id));
    const files = keptFiles().length;
    await mark();
    expect(await send(id, { kind: "annex" }, pdf(id))).toMatchObject({ documentId: first.documentId, repeated: true });
    await expectNoEvent();
    expect(keptFiles()).toHaveLength(files);
  });
  it("follow one another: one newer file for a paper", async () => {
    const id = await created();
    const { documentId } = await send(id, { kind: "contract" }, pdf("1"));
    const second = await send(id, { kind: "contract", replacesId: documentId }, pdf("2"));
    const { documents, version } = await view(id);
    expect(version).toBe(3);
    expect(documents.map(({ edition, replacedById }) => [edition, replacedById])).toEqual([
      [1, second.documentId],
      [2, null],
    ]);
    const again = (replacesId: string, kind = "contract") =>
      refusal(send(id, { kind, replacesId }, pdf(`${kind}${replacesId}`)));
    expect((await again(documentId))[0]).toBe("replaced");
    expect((await again(second.documentId, "annex"))[0]).toBe("replacesKind");
    expect((await again(randomUUID()))[0]).toBe("document");
    const files = keptFiles().length;
    const race = await Promise.allSettled(
      [3, 4, 5].map((n) => send(id, { kind: "contract", replacesId: second.documentId }, pdf(String(n)))),
    );
    expect(race.filter((one) => one.status === "fulfilled")).toHaveLength(1);
    expect(keptFiles()).toHaveLength(files + 1);
  });
  it("are refused before a byte is stored, or leave nothing", async () => {
    const id = await created();
    const files = keptFiles().length;
    await expect(send(id, { kind: "contract" }, pdf("x"), officer)).rejects.toThrow(Forbidden);
    await expect(send(id, { kind: "contract" }, pdf("x"), stranger)).rejects.toThrow(NotFound);
    await expect(send("nothing", { kind: "contract" }, pdf("x"))).rejects.toThrow(NotFound);
    expect((await refusal(send(id, { kind: "picture" }, pdf("x"))))[0]).toBe("fields");
    await expect(send(id, { kind: "contract" }, Buffer.from("MZ"))).rejects.toThrow("mismatch");
    await expect(
      uploadDocument(admin, id, upload({ kind: "contract" }, Buffer.from("a,b\n"), "목록.csv", "text/csv"), 0),
    ).rejects.toThrow("extension");
    expect(keptFiles()).toHaveLength(files);
    await expectNoEvent();
  });
  it("are handed out while they are what was uploaded, and who took them is recorded", async () => {
    const id = await created();
    const bytes = pdf("받기");
    const { documentId, fileId } = await send(id, { kind: "contract" }, bytes);
    await mark();
    const file = await downloadDocument(auditor, id, documentId);
    expect(Buffer.from(await new Response(file.stream).arrayBuffer())).toEqual(bytes);
    await expectOneEvent("contract.document-downloaded", id);
    await expect(downloadDocument(marketer, id, documentId)).rejects.toThrow(Forbidden);
    await expect(downloadDocument(stranger, id, documentId)).rejects.toThrow(NotFound);
    await expect(downloadDocument(admin, await created(), documentId)).rejects.toThrow(NotFound);
    await expect(downloadDocument(admin, id, "x")).rejects.toThrow(NotFound);
    await mark();
    writeFileSync(place(fileId), pdf("바뀜"));
    await expect(downloadDocument(auditor, id, documentId)).rejects.toThrow(FileChanged);
    await expectOneEvent("file.changed", fileId);
    expect((await getFileCheck(auditor, id)).different).toEqual([fileId]);
  });
  it("are compared on demand", async () => {
    const id = await created();
    const good = await send(id, { kind: "contract" }, pdf("그대로"));
    const bad = await send(id, { kind: "annex" }, pdf("바뀔 것"));
    expect(await getFileCheck(auditor, id)).toEqual({ verifiedAt: null, different: [] });
    await mark();
    expect(await verifyContractFiles(auditor, id)).toEqual({ checked: 2, different: [] });
    await expectOneEvent("file.verified", id);
    writeFileSync(place(bad.fileId), "다른 내용");
    expect(await verifyContractFiles(officer, id)).toEqual({ checked: 2, different: [bad.fileId] });
    const check = await getFileCheck(auditor, id);
    expect(check.different).toEqual([bad.fileId]);
    expect(check.different).not.toContain(good.fileId);
    expect(check.verifiedAt).toBeInstanceOf(Date);
    await expect(verifyContractFiles(marketer, id)).rejects.toThrow(Forbidden);
    await expect(verifyContractFiles(stranger, id)).rejects.toThrow(NotFound);
  });
});

describe("the list", () => {
  const list = (more: object, by: PersonActor = auditor) =>
    listContracts(by, listContractsSchema.parse(more), new Date());

  it("finds by words, dealer and state, and shows no other company's", async () => {
    const draft = await created({ title: "찾을 초안", dealer: "spectra" });
    const waiting = await submitted({ title: "찾을 대기" });
    const stands = await approved({ title: "찾을 승인" });
    await edited(stands, { title: "찾을 승인", marginDays: 1 });
    const ids = async (more: object) => (await list({ q: "찾을", ...more })).items.map((row) => row.id);
    expect((await ids({})).sort()).toEqual([draft, waiting, stands].sort());
    expect(await ids({ dealer: "spectra" })).toEqual([draft]);
    expect(await ids({ state: "submitted" })).toEqual([waiting]);
    expect((await ids({ state: "draft" })).sort()).toEqual([draft, stands].sort());
    expect(await ids({ state: "approved" })).toEqual([]);
    expect((await list({}, stranger)).items.some((row) => row.id === draft)).toBe(false);
    await expect(list({}, marketer)).rejects.toThrow(Forbidden);
  });
  it.each([undefined, "end"])("turns its pages forth and back (%s)", async (sort) => {
    const word = `쪽${sort ?? "새"}`;
    for (let index = 0; index < 53; index += 1) {
      await createContract(
        admin,
        fields({
          title: word,
          ...(index % 9 === 0
            ? { endsOn: null, renewal: "none", renewalMonths: null }
            : { endsOn: addDays("2028-01-01", index % 7) }),
        }),
      );
    }
    const first = await list({ q: word, sort });
    expect(first.items).toHaveLength(50);
    expect(first.previous).toBeNull();
    const second = await list({ q: word, sort, after: first.next });
    expect(second.items).toHaveLength(3);
    expect(second.next).toBeNull();
    const back = await list({ q: word, sort, before: second.previous });
    expect(back.items.map((row) => row.id)).toEqual(first.items.map((row) => row.id));
    expect(new Set([...first.items, ...second.items].map((row) => row.id)).size).toBe(53);
    if (sort === "end") {
      const ends = [...first.items, ...second.items].map((row) => row.lastOn ?? "9999");
      expect(ends).toEqual(ends.toSorted());
    }
    expect((await list({ q: word, sort, after: "x" })).items.map((row) => row.id)).toEqual(
      first.items.map((row) => row.id),
    );
  });
});

describe("makeContract", () => {
  it("makes a contract that stands, with papers that are what is recorded, once", async () => {
    const life = await channel("시드");
    const context = { now: new Date(), admin, officer };
    const plan: ContractPlan = {
      ...{
        number: "SEED-1",
        dealer: "infobank",
        startsInDays: -100,
        endsInDays: 52,
        renewal: "tacit",
        renewalMonths: 12,
      },
      ...{ notice: { count: 30, unit: "days" }, channels: [{ channelId: life }] },
    };
    const id = await makeContract(context, plan);
    expect(await makeContract(context, plan)).toBe(id);
    const made = await view(id);
    expect(made).toMatchObject({
      approval: "approved",
      state: "inForce",
      endsOn: addDays(today, 52),
      termEndsOn: addDays(today, 52),
    });
    expect(made.clauses).toHaveLength(7);
    expect(made.channels.map((one) => one.id)).toEqual([life]);
    const { rows } = await owner.query(
      "SELECT text, hash FROM contract_versions WHERE contract_id = $1 AND number = 2",
      [id],
    );
    expect(createHash("sha256").update(rows[0].text).digest("hex")).toBe(made.hash);
    // Nothing to save: what the seed hashed is what the contract says.
    expect((await refusal(setClauses(admin, { contractId: id, version: 2, clauses: [] })))[0]).toBe("unchanged");
    expect(await verifyContractFiles(auditor, id)).toEqual({ checked: 1, different: [] });
    const { items } = await listContracts(auditor, listContractsSchema.parse({ q: "SEED-1" }), new Date());
    expect(items).toMatchObject([{ id, state: "inForce", channels: ["시드"], decision: { kind: "decision" } }]);
    const history = await listContractHistory(auditor, id, undefined);
    expect(history?.items.map((one) => one.action)).toContain("contract.approved");
    expect(await listContractHistory(stranger, id, undefined)).toBeNull();
  });
});
