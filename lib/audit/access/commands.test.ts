import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { PersonActor } from "@/lib/auth/actor";
import { addDays, addMonths, kstDay } from "@/lib/clock";
import { closeDatabase } from "@/lib/db/client";
import { Conflict, Forbidden, NotFound, Refused } from "@/lib/errors";
import { openTestCompany, type TestCompany } from "@/lib/test-company";
import {
  closeFinding,
  closeReview,
  judgeSample,
  recordFinding,
  saveAccessPlan,
  startReview,
  takeAccessLedger,
} from "./commands";
import { dropAccessRecords } from "./jobs";
import { accessLedgerPdf, accessLedgerXlsx } from "./ledger";
import { listAccessRecords } from "./queries";
import { getReview, listReviews } from "./reviews";
import { accessFilterSchema, type SaveAccessPlan } from "./schema";

let company: TestCompany;
const now = new Date("2026-11-23T03:00:00Z");
const plan: SaveAccessPlan = {
  ...{ intervalMonths: 1, clause: "제18조 제2항", conditions: ["unique-id"], keepYears: 2 },
  ...{ nightFrom: 22, nightTo: 7, bulk: 3, sameSubject: 3 },
};

/** Writes a record as recordAccess does, at an instant of the past. */
async function wrote(
  at: string,
  more: { actor?: PersonActor; action?: string; subject?: string } = {},
): Promise<string> {
  const { actor = company.officer, action = "read", subject = randomUUID().replaceAll("-", "") } = more;
  const id = randomUUID();
  await company.owner.query(
    `INSERT INTO access_records (id, organization_id, at, actor_kind, actor_id, address, action, subject, session_id, purpose, reason)
     VALUES ($1, $2, $3, 'person', $4, '192.0.2.7', $5, $6, $7, '분쟁 처리', '사건 답변 준비')`,
    [id, actor.organizationId, at, actor.personId, action, subject, randomUUID()],
  );
  return id;
}

beforeAll(async () => {
  company = await openTestCompany();
});
beforeEach(async () => {
  for (const table of ["access_findings", "access_samples", "access_reviews", "access_plans", "access_records"])
    await company.owner.query(`DELETE FROM ${table}`);
  await company.mark();
});
afterAll(async () => {
  await company.owner.end();
  await closeDatabase();
});

describe("saveAccessPlan", () => {
  it("keeps what the internal plan says, and leaves one event", async () => {
    await saveAccessPlan(company.officer, plan);
    const { rows } = await company.owner.query("SELECT id, keep_years FROM access_plans");
    expect(rows).toMatchObject([{ keep_years: 2 }]);
    await company.expectOneEvent("access-plan.saved", rows[0].id);
  });
  it("refuses fewer years than the conditions demand, and those who may not", async () => {
    await expect(saveAccessPlan(company.officer, { ...plan, keepYears: 1 })).rejects.toBeInstanceOf(Refused);
    await expect(saveAccessPlan(company.auditor, plan)).rejects.toBeInstanceOf(Forbidden);
    await company.expectNoEvent();
  });
});

describe("startReview", () => {
  it("draws by each rule: night, bulk, one subject again and again, downloads, unmasking, by lot", async () => {
    await saveAccessPlan(company.officer, plan);
    const night = await wrote("2026-10-05T14:30:00Z");
    const subject = "ab".repeat(16);
    for (const day of ["06", "07", "08"]) await wrote(`2026-10-${day}T03:00:00Z`, { subject });
    for (const minute of ["01", "02", "03"]) await wrote(`2026-10-09T05:${minute}:00Z`, { actor: company.auditor });
    const download = await wrote("2026-10-10T03:00:00Z", { action: "export" });
    const unmask = await wrote("2026-10-11T03:00:00Z", { action: "unmask" });
    await wrote("2026-11-01T03:00:00Z", { action: "unmask" });
    await company.mark();
    const id = await startReview(company.officer, { from: "2026-10-01", to: "2026-10-31" }, now);
    await company.expectOneEvent("access-review.started", id);
    const review = await getReview(company.auditor, id);
    const drawn = (rule: string) => review.sampleViews.filter((one) => one.rule === rule).map((one) => one.record?.id);
    expect(review.records).toBe(9);
    expect(drawn("night")).toEqual([night]);
    expect(drawn("download")).toEqual([download]);
    expect(drawn("unmask")).toEqual([unmask]);
    expect(drawn("same-subject")).toHaveLength(1);
    expect(drawn("bulk")).toHaveLength(1);
    expect(drawn("random")).toHaveLength(9);
  });
  it("refuses without a plan, a period that is not over, and one that was reviewed", async () => {
    const october = { from: "2026-10-01", to: "2026-10-31" };
    await expect(startReview(company.officer, october, now)).rejects.toBeInstanceOf(Refused);
    await saveAccessPlan(company.officer, plan);
    await expect(startReview(company.officer, { ...october, to: kstDay(now) }, now)).rejects.toBeInstanceOf(Refused);
    await startReview(company.officer, october, now);
    const again = startReview(company.officer, { from: "2026-10-31", to: "2026-11-02" }, now);
    await expect(again).rejects.toBeInstanceOf(Conflict);
    expect((await listReviews(company.officer)).next).toEqual({
      from: "2026-11-01",
      to: "2026-11-30",
      dueOn: "2026-12-30",
    });
  });
  it("begins once, of two at the same moment", async () => {
    await saveAccessPlan(company.officer, plan);
    const tries = await Promise.allSettled(
      [1, 2].map(() => startReview(company.officer, { from: "2026-10-01", to: "2026-10-31" }, now)),
    );
    expect(tries.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
  });
});

describe("a review", () => {
  it("closes once every sample has its word and every question its finding; others' is not found", async () => {
    await saveAccessPlan(company.officer, plan);
    await wrote("2026-10-10T03:00:00Z", { action: "export" });
    const id = await startReview(company.officer, { from: "2026-10-01", to: "2026-10-31" }, now);
    const { sampleViews, version } = await getReview(company.officer, id);
    const conclusion = "이상이 없었습니다.";
    const close = () => closeReview(company.officer, { reviewId: id, version, conclusion }, now);
    await expect(close()).rejects.toBeInstanceOf(Refused);
    for (const { sampleId } of sampleViews)
      await judgeSample(company.officer, { reviewId: id, sampleId, verdict: "question", note: "사유 확인" }, now);
    await expect(close()).rejects.toBeInstanceOf(Refused);
    for (const { sampleId } of sampleViews)
      await recordFinding(
        company.officer,
        { reviewId: id, sampleId, text: "사유를 더 적습니다.", ownerId: company.admin.personId, dueOn: "2026-12-01" },
        now,
      );
    const stranger = judgeSample(
      company.strangeOfficer,
      { reviewId: id, sampleId: sampleViews[0]?.sampleId ?? "", verdict: "fine", note: "" },
      now,
    );
    await expect(stranger).rejects.toBeInstanceOf(NotFound);
    await company.mark();
    await close();
    await company.expectOneEvent("access-review.closed", id);
    await expect(close()).rejects.toBeInstanceOf(Refused);
    const [finding] = (await getReview(company.officer, id)).findingViews;
    await closeFinding(company.officer, { reviewId: id, findingId: finding?.id ?? "", followUp: "안내했습니다." }, now);
    const twice = closeFinding(company.officer, { reviewId: id, findingId: finding?.id ?? "", followUp: "또." }, now);
    await expect(twice).rejects.toBeInstanceOf(Conflict);
  });
});

describe("access records", () => {
  it("are listed each once, forth and back, and found by the beginning of a handle", async () => {
    for (let hour = 0; hour < 120; hour += 1)
      await wrote(new Date(now.getTime() - hour * 60_000).toISOString(), {
        subject: `${hour % 2 ? "aa" : "bb"}00${"c".repeat(28)}`,
      });
    await wrote(now.toISOString(), { actor: company.strangeOfficer });
    const seen: string[] = [];
    let after: string | undefined;
    for (;;) {
      const page = await listAccessRecords(company.auditor, accessFilterSchema.parse({ after }));
      seen.push(...page.items.map(({ id }) => id));
      if (!page.next) {
        const back = await listAccessRecords(company.auditor, accessFilterSchema.parse({ before: page.previous }));
        expect(back.items.map(({ id }) => id)).toEqual(seen.slice(50, 100));
        break;
      }
      after = page.next;
    }
    expect(new Set(seen).size).toBe(120);
    const found = await listAccessRecords(company.officer, accessFilterSchema.parse({ q: "AA00cccc" }));
    expect(found.items.every(({ subject }) => subject.startsWith("aa00"))).toBe(true);
    expect(found.items).toHaveLength(50);
    await expect(listAccessRecords(company.marketer, accessFilterSchema.parse({}))).rejects.toBeInstanceOf(Forbidden);
  });
  it("go once they are older than the plan's years, and not a day before", async () => {
    await saveAccessPlan(company.officer, { ...plan, conditions: [], keepYears: 1 });
    const today = kstDay(new Date());
    const edge = addMonths(today, -12);
    const kept = await wrote(`${edge}T00:00:00+09:00`);
    await wrote(`${addDays(edge, -1)}T23:59:59.999+09:00`);
    await company.mark();
    const job = { kind: "job", name: "access-records", organizationId: company.ours } as const;
    expect(await dropAccessRecords(job, new Date())).toBe("1 records");
    await company.expectOneEvent("access-records.dropped", company.ours);
    const { rows } = await company.owner.query("SELECT id FROM access_records");
    expect(rows).toEqual([{ id: kept }]);
    expect(await dropAccessRecords(job, new Date())).toBe("0 records");
  });
  it("cannot be changed or deleted by the application", async () => {
    const app = "SET ROLE damso_app";
    await company.owner.query("BEGIN");
    await company.owner.query(app);
    await expect(company.owner.query("DELETE FROM access_records")).rejects.toThrow(/permission denied/);
    await company.owner.query("ROLLBACK");
  });
});

describe("the ledger", () => {
  it("is a PDF or a workbook of text cells, recorded as handed out", async () => {
    await wrote("2026-10-10T03:00:00Z", { subject: "ab".repeat(16) });
    await company.mark();
    const filter = accessFilterSchema.parse({ from: "2026-10-01", to: "2026-10-31" });
    const ledger = { ...(await takeAccessLedger(company.auditor, filter, "xlsx")), filter, now };
    await company.expectOneEvent("access-ledger.exported", company.ours);
    expect(ledger.rows).toHaveLength(1);
    const book = await accessLedgerXlsx(ledger, "ko");
    expect(book.subarray(0, 2).toString()).toBe("PK");
    const pdf = await accessLedgerPdf(ledger, "ko");
    expect(pdf.subarray(0, 5).toString()).toBe("%PDF-");
    await expect(takeAccessLedger(company.admin, filter, "pdf")).rejects.toBeInstanceOf(Forbidden);
  });
});
