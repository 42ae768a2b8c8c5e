import { afterAll, beforeAll, expect, it } from "vitest";
import type { PersonActor } from "@/lib/auth/actor";
import { addDays, kstDay } from "@/lib/clock";
import { closeDatabase } from "@/lib/db/client";
import { openTestCompany, type TestCompany } from "@/lib/test-company";
import { listWaiting } from "@/lib/today/queries/list-waiting";
import { PressFailures } from "./press-failures";
import { pressLine } from "./press-line";

let company: TestCompany;
beforeAll(async () => {
  company = await openTestCompany();
});
afterAll(async () => {
  await company.owner.end();
  await closeDatabase();
});

const now = new Date();
const waits = async (who: PersonActor, at = now) =>
  (await listWaiting(who, at)).filter(({ kind }) => kind === "pressesLost");

it("asks for attention in the company whose presses they were, for a week", async () => {
  const failures = new PressFailures();
  const line = (organization: string, at: Date) =>
    pressLine(at.getTime(), "scan", "person", "0".repeat(16), `${organization} ${organization}`);
  failures.add(line(company.ours, now) + line(company.ours, now) + line(company.theirs, now));
  expect(failures.total).toBe(3);
  const query = async (text: string, values: readonly unknown[] = []) =>
    (await company.owner.query(text, [...values])).rows;
  await failures.tell({ query: query as never });
  expect(await waits(company.admin)).toMatchObject([
    { values: { count: 2, days: 7 }, roles: ["CLIENT_ADMIN", "MARKETER"] },
  ]);
  expect(await waits(company.stranger)).toMatchObject([{ values: { count: 1 } }]);
  const later = (days: number) => new Date(`${addDays(kstDay(now), days)}T12:00:00+09:00`);
  expect(await waits(company.admin, later(6))).toHaveLength(1);
  expect(await waits(company.admin, later(7))).toHaveLength(0);
});
