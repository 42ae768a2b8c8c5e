import { describe, expect, it } from "vitest";
import { assertMayClose, assertPeriod, assertYears, isNight, leastYears, nextPeriod } from "./rules";
import { accessFilterSchema } from "./schema";

it("asks for two years where one condition of 제8조 제1항 holds", () => {
  expect(leastYears([])).toBe(1);
  expect(leastYears(["unique-id"])).toBe(2);
  expect(() => assertYears(1, ["carrier"])).toThrow();
  expect(() => assertYears(2, ["carrier"])).not.toThrow();
});

describe("nextPeriod", () => {
  it("follows the last one by the plan's months, over a short February too", () => {
    expect(nextPeriod("2026-01-31", "2025-01-01", 1)).toEqual({
      ...{ from: "2026-02-01", to: "2026-02-28", dueOn: "2026-03-30" },
    });
    expect(nextPeriod(null, "2026-08-15", 3)).toMatchObject({ from: "2026-08-15", to: "2026-11-14" });
    expect(nextPeriod(null, null, 1)).toBeNull();
  });
});

it("takes periods that are over, forward, and at most a year long", () => {
  expect(() => assertPeriod("2026-10-01", "2026-10-31", "2026-11-01")).not.toThrow();
  expect(() => assertPeriod("2026-10-01", "2026-11-01", "2026-11-01")).toThrow();
  expect(() => assertPeriod("2026-10-02", "2026-10-01", "2026-11-01")).toThrow();
  expect(() => assertPeriod("2025-01-01", "2026-02-01", "2026-11-01")).toThrow();
});

it("knows a night that passes midnight", () => {
  const plan = { nightFrom: 22, nightTo: 7 };
  expect([21, 22, 23, 0, 6, 7].map((hour) => isNight(hour, plan))).toEqual([false, true, true, true, true, false]);
  expect([0, 1, 5].map((hour) => isNight(hour, { nightFrom: 1, nightTo: 5 }))).toEqual([false, true, false]);
});

it("closes a review once every sample has its word and every question its finding", () => {
  expect(() => assertMayClose([{ verdict: null, findings: 0 }])).toThrow();
  expect(() => assertMayClose([{ verdict: "question", findings: 0 }])).toThrow();
  expect(() =>
    assertMayClose([
      { verdict: "question", findings: 1 },
      { verdict: "fine", findings: 0 },
    ]),
  ).not.toThrow();
});

it("a cursor beyond the years that the database writes means the first page", () => {
  const id = "0b0c7c6e-54a2-4c1e-9d0a-2f6a6b1f7a11";
  expect(accessFilterSchema.parse({ after: `1795400000000_${id}` }).after).toBe(`1795400000000_${id}`);
  expect(accessFilterSchema.parse({ after: `999999999999999_${id}` }).after).toBeUndefined();
});
