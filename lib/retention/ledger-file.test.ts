// The ledger as files: every line once, one event for each file, and no cell that a spreadsheet takes for a formula.
import { afterAll, beforeAll, expect, it } from "vitest";
import { Forbidden } from "@/lib/errors";
import { openReadingCompany, type ReadingCompany } from "@/lib/transcripts/testing";
import { exportLedger } from "./commands/export-ledger";
import { recordLedger } from "./commands/record-ledger";
import { ledgerCsv, ledgerPdf, ledgerXlsx } from "./ledger-file";
import { recordLedgerSchema } from "./schema/ledger";

const now = new Date("2026-11-23T03:00:00Z");
const paper = recordLedgerSchema.parse({
  ...{ fileName: "=차단목록 사본", material: "paper", madeFrom: "2026-08-01", madeTo: "2026-08-03", count: 12 },
  ...{ destroyedOn: "2026-11-09", reason: "purpose-met", reasonNote: "출력물", method: "shredded" },
});
let company: ReadingCompany;
beforeAll(async () => {
  company = await openReadingCompany();
  await recordLedger(company.officer, { ...paper, approvedBy: company.admin.personId }, now);
  await recordLedger(
    company.officer,
    { ...paper, destroyedOn: "2025-03-02", madeFrom: "2025-01-01", madeTo: "2025-01-01" },
    now,
  );
});
afterAll(() => company.owner.end());

it("hands out the lines of the filter and records it once", async () => {
  await company.mark();
  const { rows } = await exportLedger(company.auditor, { year: "2026" }, "csv");
  await company.expectOneEvent("ledger.exported", company.ours);
  expect(rows).toMatchObject([{ destroyedOn: "2026-11-09", reasonNote: "출력물", count: 12 }]);
  expect((await exportLedger(company.admin, {}, "pdf")).rows).toHaveLength(2);
  expect((await exportLedger(company.stranger, {}, "xlsx")).rows).toEqual([]);
  await expect(exportLedger(company.marketer, {}, "csv")).rejects.toThrow(Forbidden);
});

it("draws the same lines as CSV, XLSX and PDF", async () => {
  const ledger = { ...(await exportLedger(company.officer, {}, "csv")), year: undefined, now };
  const [head = "", first = "", ...rest] = ledgerCsv(ledger, "ko").toString().split("\r\n");
  expect(head.startsWith('\ufeff"번호","개인정보 파일명","자료의 종류","생성일","폐기일"')).toBe(true);
  expect(first).toContain(
    '"\'=차단목록 사본","종이","2026-08-01 – 2026-08-03","2026-11-09",12,"처리 목적 달성: 출력물","파쇄"',
  );
  expect(rest).toHaveLength(2);
  expect((await ledgerXlsx(ledger, "ko")).subarray(0, 2).toString()).toBe("PK");
  expect((await ledgerPdf(ledger, "en")).subarray(0, 5).toString()).toBe("%PDF-");
});
