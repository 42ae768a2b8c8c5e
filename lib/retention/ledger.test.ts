// The destruction ledger on a database: what people enter, and what the preview counts.
import { afterAll, beforeAll, expect, it } from "vitest";
import { Forbidden } from "@/lib/errors";
import { placeCursor } from "@/lib/keyset";
import { openReadingCompany, type ReadingCompany } from "@/lib/transcripts/testing";
import { recordLedger } from "./commands/record-ledger";
import { listLedger } from "./queries/list-ledger";
import { previewDestruction } from "./queries/preview-destruction";
import { recordLedgerSchema } from "./schema/ledger";

let company: ReadingCompany;
beforeAll(async () => {
  company = await openReadingCompany();
});
afterAll(() => company.owner.end());

const now = new Date("2026-11-23T03:00:00Z");
const paper = recordLedgerSchema.parse({
  ...{ fileName: "차단목록 사본", material: "paper", madeFrom: "2026-08-01", madeTo: "2026-08-01", count: 1 },
  ...{ destroyedOn: "2026-11-09", reason: "purpose-met", method: "shredded" },
});

it("enters what was destroyed, numbered within the year, each with one event", async () => {
  await company.mark();
  const first = await recordLedger(company.officer, { ...paper, approvedBy: company.admin.personId }, now);
  await company.expectOneEvent("ledger.recorded", first.id);
  const second = await recordLedger(company.officer, paper, now);
  expect([first.number, second.number]).toEqual(["2026-0001", "2026-0002"]);
  expect((await listLedger(company.auditor, { year: "2026" })).items).toHaveLength(2);
  expect((await listLedger(company.auditor, { year: "2025" })).items).toEqual([]);
  expect((await listLedger(company.stranger, {})).items).toEqual([]);
});

it("begins at the first line behind a cursor that is not ours", async () => {
  const all = (await listLedger(company.auditor, {})).items.map(({ id }) => id);
  expect(all).toHaveLength(2);
  const id = all[0] ?? "";
  for (const after of [`2026-99-99.${id}`, placeCursor(["2026-99-99", id]), placeCursor(["0000-01-01", id])])
    expect((await listLedger(company.auditor, { after })).items.map((row) => row.id)).toEqual(all);
  const behind = await listLedger(company.auditor, { after: placeCursor(["2026-11-09", id]) });
  expect(behind.items.map((row) => row.id)).toEqual(all.slice(1));
});

it("refuses the wrong role, personal numbers, a day to come and one's own approval", async () => {
  await expect(recordLedger(company.marketer, paper, now)).rejects.toThrow(Forbidden);
  for (const text of ["010-1234-4821 고객", "kim@example.com", "900101-1234567"])
    expect(() => recordLedger(company.officer, { ...paper, reasonNote: text }, now)).toThrow("ledger.refused.personal");
  await expect(recordLedger(company.officer, { ...paper, destroyedOn: "2026-11-24" }, now)).rejects.toThrow("future");
  const own = { ...paper, approvedBy: company.officer.personId };
  await expect(recordLedger(company.officer, own, now)).rejects.toThrow("approver");
  const elsewhere = { ...paper, approvedBy: company.stranger.personId };
  await expect(recordLedger(company.officer, elsewhere, now)).rejects.toThrow("approver");
});

it("previews what is over by channel, also for the auditor, not for a marketer", async () => {
  await company.consult();
  await company.owner.query("UPDATE consult_sessions SET due_on = '2026-11-22' WHERE organization_id = $1", [
    company.ours,
  ]);
  expect(await previewDestruction(company.auditor, now)).toMatchObject([{ ended: 1, held: 0, keptByLaw: 0, due: 1 }]);
  expect(await previewDestruction(company.auditor, new Date("2026-11-22T14:59:59.999Z"))).toEqual([]);
  await expect(previewDestruction(company.marketer, now)).rejects.toThrow(Forbidden);
});
