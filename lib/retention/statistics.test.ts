// Numbers stay after destruction: what was received is the same before and after, and nothing that was destroyed is missing (issue: statistics survive).
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { destroySessions } from "@/lib/archive/destroy";
import { type ArchiveCompany, openArchive } from "@/lib/archive/testing";
import type { PersonActor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { closeDatabase } from "@/lib/db/client";
import { Forbidden } from "@/lib/errors";
import type { Role } from "@/prisma/generated/enums";
import { getStatistics, statisticsPages } from "./queries/statistics";
import { besides, fillPeriods, type StatisticsLine, statisticsPeriod } from "./rules/statistics";
import { type StatisticsFilter, statisticsSchema } from "./schema/statistics";

const now = new Date("2026-11-23T03:00:00Z");
let company: ArchiveCompany;
let other: ArchiveCompany;
const made: string[] = [];

const person = (organizationId: string, role: Role): PersonActor => ({
  ...{ kind: "person", personId: randomUUID(), organizationId, role },
  ...{ signInId: randomUUID(), address: "192.0.2.1" },
});

beforeAll(async () => {
  [company, other] = [await openArchive(), await openArchive()];
  // Midnight in Seoul is 15:00 UTC: the second belongs to 3 October.
  for (const [at, category] of [
    ["2026-10-02T14:59:00Z", "general"],
    ["2026-10-02T15:00:00Z", "general"],
    ["2026-10-15T03:00:00Z", "dispute"],
    ["2026-11-01T03:00:00Z", "contract"],
    ["2025-11-30T03:00:00Z", "general"],
  ] as const) {
    const { id } = await company.consult("안녕하세요", new Date(at), null);
    await company.owner.query("UPDATE consult_sessions SET category = $2, extra = $3 WHERE id = $1", [
      ...[id, category, category === "general" ? "way_1" : null],
    ]);
    made.push(id);
  }
  await other.consult("남의 상담", new Date("2026-10-15T03:00:00Z"), null);
});
afterAll(async () => {
  for (const { owner } of [company, other]) await owner.end();
  await closeDatabase();
});

const officer = () => person(company.organizationId, "COMPLIANCE_OFFICER");
const statistics = (filter: StatisticsFilter = {}) => getStatistics(officer(), filter, now);

async function linesOf(filter: StatisticsFilter = {}): Promise<StatisticsLine[]> {
  const lines: StatisticsLine[] = [];
  for await (const page of await statisticsPages(officer(), filter, now)) lines.push(...page);
  return lines;
}
const sum = (lines: readonly StatisticsLine[], kind: StatisticsLine["kind"], what: "sessions" | "messages") =>
  lines.filter((line) => line.kind === kind).reduce((total, line) => total + line[what], 0);

const destroy = (ids: readonly string[]) =>
  change(company.job, "destruction:run", async (tx, record) => {
    const run = randomUUID();
    const { sessions } = await destroySessions(tx, company.organizationId, run, ids, now);
    const body = { number: "1", sessions, messages: 0, files: 0, held: 0, rings: 0, ids: "" };
    await record({ action: "destruction.batch", target: { kind: "destruction", id: run }, body });
  });

it("counts the same before and after destruction, and names what was destroyed by day, category and way in", async () => {
  const before = await statistics();
  expect(before.period).toEqual({ from: "2025-12-01", to: "2026-11-30", unit: "month" });
  expect(before.total).toEqual({ received: 4, destroyed: 0 });
  expect([before.categories, before.places]).toEqual([[], []]);
  const linesBefore = await linesOf();
  expect([sum(linesBefore, "received", "sessions"), sum(linesBefore, "received", "messages")]).toEqual([4, 4]);

  await destroy(made.slice(0, 3));
  const after = await statistics();
  expect(after.total).toEqual({ received: 4, destroyed: 3 });
  expect(after.periods.filter(({ received }) => received > 0)).toEqual([
    { period: "2026-11", received: 1, destroyed: 0 },
    { period: "2026-10", received: 3, destroyed: 3 },
  ]);
  expect(after.channels).toEqual([
    { id: company.channelId, name: "한결", searchId: "archive", received: 4, destroyed: 3 },
  ]);
  expect(after.categories).toEqual([
    { category: "general", destroyed: 2 },
    { category: "dispute", destroyed: 1 },
  ]);
  expect(after.places).toEqual([
    { code: "way_1", name: null, destroyed: 2 },
    { code: "", name: null, destroyed: 1 },
  ]);
  // What is left in the archive and what was destroyed are together what was received.
  const { rows } = await company.owner.query(
    "SELECT count(*)::int AS left FROM consult_sessions WHERE organization_id = $1 AND opened_at >= '2025-11-30T15:00:00Z'",
    [company.organizationId],
  );
  expect(rows[0].left + after.total.destroyed).toBe(before.total.received);

  const lines = await linesOf();
  expect(lines.filter(({ kind }) => kind === "received")).toEqual(linesBefore);
  expect([sum(lines, "destroyed", "sessions"), sum(lines, "destroyed", "messages")]).toEqual([3, 3]);
  expect(
    lines.filter(({ kind }) => kind === "destroyed").map(({ day, category, code }) => [day, category, code]),
  ).toEqual([
    ["2026-10-02", "general", "way_1"],
    ["2026-10-03", "general", "way_1"],
    ["2026-10-15", "dispute", ""],
  ]);
});

it("shows a month by days, an earlier year, and one channel", async () => {
  const october = await statistics({ month: "2026-10" });
  expect(october.periods).toHaveLength(31);
  expect(october.periods.filter(({ received }) => received > 0).map(({ period }) => period)).toEqual([
    ...["2026-10-15", "2026-10-03", "2026-10-02"],
  ]);
  expect((await statistics({ until: "2025-11" })).total).toEqual({ received: 1, destroyed: 0 });
  expect((await statistics({ channel: company.channelId })).total.received).toBe(4);
  expect((await statistics({ channel: other.channelId })).total.received).toBe(0);
});

it("is for who may see destructions", async () => {
  const marketer = person(company.organizationId, "MARKETER");
  await expect(getStatistics(marketer, {}, now)).rejects.toBeInstanceOf(Forbidden);
  await expect(statisticsPages(marketer, {}, now)).rejects.toBeInstanceOf(Forbidden);
  const { total } = await getStatistics(person(company.organizationId, "AUDITOR"), {}, now);
  expect(total.received).toBe(4);
});

it("brings more lines than a page holds, each once", async () => {
  await company.owner.query(
    `INSERT INTO destroyed_days (organization_id, channel_id, day, category, extra, sessions)
     SELECT $1, $2, '2026-09-01'::date + (n % 7), 'general', 'c' || n, 1 FROM generate_series(1, 2345) n`,
    [company.organizationId, company.channelId],
  );
  const september = (await linesOf({ month: "2026-09" })).filter(({ kind }) => kind === "destroyed");
  expect(september).toHaveLength(2_345);
  expect(new Set(september.map(({ code }) => code)).size).toBe(2_345);
  const { places, placeCount } = await statistics({ month: "2026-09" });
  expect([places.length, placeCount]).toEqual([20, 2_345]);
});

describe("periods", () => {
  it("are twelve months, or the days of one", () => {
    expect(statisticsPeriod({}, new Date("2026-12-31T15:00:00Z"))).toMatchObject({
      from: "2026-02-01",
      to: "2027-01-31",
    });
    expect(statisticsPeriod({ month: "2028-02" }, now)).toEqual({ from: "2028-02-01", to: "2028-02-29", unit: "day" });
    expect(fillPeriods(statisticsPeriod({}, now), [])).toHaveLength(12);
  });
  it("lead back, and forward no further than today", () => {
    expect(besides(statisticsPeriod({}, now), now)).toEqual({ before: "2025-11", after: null });
    expect(besides(statisticsPeriod({ until: "2025-11" }, now), now)).toEqual({ before: "2024-11", after: "2026-11" });
    expect(besides(statisticsPeriod({ until: "2026-03" }, now), now).after).toBe("2026-11");
    expect(besides(statisticsPeriod({ month: "2026-10" }, now), now)).toEqual({ before: "2026-09", after: "2026-11" });
  });
  it("leaves out what it does not understand", () => {
    expect(statisticsSchema.parse({ month: "2026-13", until: ["2026-01", "2026-02"], channel: "x" })).toEqual({});
  });
});
