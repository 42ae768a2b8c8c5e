import { describe, expect, it } from "vitest";
import { backOffMinutes, duePeriod } from "./period";

describe("duePeriod", () => {
  it.each([
    ["2026-11-22T15:04:59.999Z", "2026-11-22"],
    ["2026-11-22T15:05:00.000Z", "2026-11-23"],
    ["2026-11-23T14:59:59.999Z", "2026-11-23"],
    ["2026-12-31T15:05:00.000Z", "2027-01-01"],
    ["2028-02-28T15:05:00.000Z", "2028-02-29"],
  ])("of a daily job at 00:05 KST, at %s, is %s", (now, period) => {
    expect(duePeriod({ every: "day", afterMinutes: 5 }, new Date(now))).toBe(period);
  });
  it.each([
    ["2026-11-22T14:59:59.999Z", "2026-11-22T23"],
    ["2026-11-22T15:00:00.000Z", "2026-11-23T00"],
  ])("of an hourly job, at %s, is %s", (now, period) => {
    expect(duePeriod({ every: "hour" }, new Date(now))).toBe(period);
  });
});

it("tries again ever later, at most hourly", () => {
  expect([1, 2, 3, 7, 50].map(backOffMinutes)).toEqual([1, 2, 4, 60, 60]);
});
