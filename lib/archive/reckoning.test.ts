import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { ingest } from "@/lib/auth/door";
import { closeDatabase } from "@/lib/db/client";
import { dueState, expiryOf } from "@/lib/retention/rules/period";
import { reckonDue, reckonSessions } from "./reckoning";
import { type ArchiveCompany, openArchive } from "./testing";

const dayMs = 86_400_000;
let company: ArchiveCompany;
const open: ArchiveCompany[] = [];
const fresh = async () => {
  const made = await openArchive();
  open.push(made);
  return made;
};
beforeAll(async () => {
  company = await fresh();
});
afterAll(async () => {
  for (const { owner } of open) await owner.end();
  await closeDatabase();
});

const later = (at: Date, days: number) => new Date(at.getTime() + days * dayMs);
const reckon = (of: ArchiveCompany, ids: string[], now: Date) =>
  ingest(of.job, "retention:reckon", (tx) => reckonSessions(tx, of.organizationId, ids, now));

// trust.md H: end of session, period, instant of expiry.
const table = [
  ["2026-01-31T23:59:59.999+09:00", 1, "months", "2026-02-28T15:00:00Z"],
  ["2026-02-01T00:00:00+09:00", 1, "months", "2026-03-01T15:00:00Z"],
  ["2026-12-31T14:30:00Z", 1, "years", "2027-12-31T15:00:00Z"],
  ["2026-12-31T15:30:00Z", 1, "years", "2028-01-01T15:00:00Z"],
  ["2028-02-29T12:00:00+09:00", 1, "years", "2029-02-28T15:00:00Z"],
  ["2027-02-28T12:00:00+09:00", 1, "years", "2028-02-28T15:00:00Z"],
  ["2026-08-31T09:00:00+09:00", 6, "months", "2027-02-28T15:00:00Z"],
  ["2026-11-22T10:00:00+09:00", 90, "days", "2027-02-20T15:00:00Z"],
  ["2024-02-29T10:00:00+09:00", 5, "years", "2029-02-28T15:00:00Z"],
] as const;

describe("reckoning sessions", () => {
  it.each(table)("%s and %i %s: until %s, to the millisecond (P-70)", async (end, count, unit, expiry) => {
    const own = await fresh();
    const endedAt = new Date(end);
    await own.policy(count, unit, later(endedAt, -400));
    const { id } = await own.consult("여섯", later(endedAt, -1 / 24), endedAt);
    expect(await reckon(own, [id], endedAt)).toBe(1);
    const stands = await own.standing(id);
    const due = stands?.due ?? "";
    const instant = new Date(expiry).getTime();
    expect(expiryOf(due).getTime()).toBe(instant);
    expect(dueState(due, new Date(instant - 1))).toBe("kept");
    expect(dueState(due, new Date(instant))).toBe("due");
    expect(stands).toMatchObject({ ring: `due-${due}`, shelf: due.slice(0, 7), messages: 2 });
  });

  it("keeps the longer day when a policy is shortened, takes the longer when it is lengthened (P-72)", async () => {
    const own = await fresh();
    const at = new Date("2026-03-02T03:00:00Z");
    const policy = await own.policy(100, "days", later(at, -10));
    const { id } = await own.consult("일곱", at, later(at, 1));
    await reckonDue(own.job, later(at, 2));
    expect((await own.standing(id))?.due).toBe("2026-06-11");
    await own.approve(policy, 10, "days", "session-end", later(at, 3));
    await reckonDue(own.job, later(at, 4));
    expect(await own.standing(id)).toMatchObject({ due: "2026-06-11", promised: "2026-06-11" });
    await own.approve(policy, 200, "days", "session-end", later(at, 5));
    await reckonDue(own.job, later(at, 6));
    expect(await own.standing(id)).toMatchObject({ due: "2026-09-19", ring: "due-2026-09-19", shelf: "2026-09" });
  });

  it("moves to a shorter category without becoming shorter (P-72)", async () => {
    const own = await fresh();
    const at = new Date("2026-03-02T03:00:00Z");
    await own.policy(100, "days", later(at, -10), { category: "general" });
    await own.policy(10, "days", later(at, -10), { category: "other" });
    const { id } = await own.consult("여덟", at, later(at, 1));
    await reckonDue(own.job, later(at, 2));
    await own.owner.query(
      "INSERT INTO session_marks (organization_id, session_id, kind, category, person_id) VALUES ($1, $2, 'category', 'other', gen_random_uuid())",
      [own.organizationId, id],
    );
    await own.owner.query("UPDATE consult_sessions SET category = 'other', reckoned = 0 WHERE id = $1", [id]);
    await reckonDue(own.job, later(at, 3));
    expect((await own.standing(id))?.due).toBe("2026-06-11");
  });

  it("waits for a case to be closed on the open shelf, though it had a day", async () => {
    const own = await fresh();
    const at = new Date("2026-03-02T03:00:00Z");
    await own.policy(10, "days", later(at, -10));
    const { id } = await own.consult("아홉", at, later(at, 1));
    await reckonDue(own.job, later(at, 2));
    await own.policy(3, "years", later(at, 2), { category: "dispute", anchor: "case-closed" });
    await own.owner.query("UPDATE consult_sessions SET category = 'dispute', reckoned = 0 WHERE id = $1", [id]);
    await reckonDue(own.job, later(at, 3));
    expect(await own.standing(id)).toMatchObject({ due: null, shelf: "open", waits: "case", messages: 2 });
    expect((await own.standing(id))?.ring).toMatch(/^open-/);
  });

  it("finds those that silence has ended, once, at the hour and not before", async () => {
    const at = new Date("2026-05-01T03:20:00Z");
    await company.policy(10, "days", later(at, -10));
    const { id } = await company.consult("열", at, null);
    const expiry = new Date("2026-05-31T04:00:00Z");
    expect((await reckonDue(company.job, new Date(expiry.getTime() - 1))).sessions).toBe(0);
    expect((await reckonDue(company.job, expiry)).sessions).toBe(1);
    expect((await reckonDue(company.job, expiry)).sessions).toBe(0);
    expect((await company.standing(id))?.due).toBe("2026-06-10");
  });

  it("puts what a hold covers on the held shelf and takes it back when it is released", async () => {
    const own = await fresh();
    const at = new Date("2026-03-02T03:00:00Z");
    await own.policy(100, "days", later(at, -10));
    const { id } = await own.consult("열하나", at, later(at, 1));
    await reckonDue(own.job, later(at, 2));
    const release = await own.hold(id, later(at, 3));
    await reckonDue(own.job, later(at, 3));
    expect(await own.standing(id)).toMatchObject({ held: true, shelf: "held", ring: "held-2026-03-05", messages: 2 });
    await release();
    await reckonDue(own.job, later(at, 4));
    const back = { held: false, shelf: "2026-06", ring: "due-2026-06-11", messages: 2, due: "2026-06-11" };
    expect(await own.standing(id)).toMatchObject(back);
    expect((await reckonDue(own.job, later(at, 5))).sessions).toBe(0);
  });

  it("shares the work between two instances, each session once", async () => {
    const own = await fresh();
    const at = new Date("2026-03-02T03:00:00Z");
    await own.policy(10, "days", later(at, -10));
    for (let one = 0; one < 12; one += 1) await own.consult(`열둘 ${one}`, at, later(at, 1));
    const both = await Promise.all([reckonDue(own.job, later(at, 2)), reckonDue(own.job, later(at, 2))]);
    expect(both[0].sessions + both[1].sessions).toBe(12);
    const { rows } = await own.owner.query(
      "SELECT DISTINCT due_on::text AS due FROM consult_sessions WHERE organization_id = $1",
      [own.organizationId],
    );
    expect(rows).toEqual([{ due: "2026-03-13" }]);
  });
});
