import { describe, expect, it } from "vitest";
import { dueState, lastDay, type Period, periodEnd } from "./period";

const months = (count: number): Period => ({ count, unit: "months" });
const years = (count: number): Period => ({ count, unit: "years" });

describe("periodEnd", () => {
  // trust.md H, P-70
  it.each([
    ["2026-01-31T23:59:59.999+09:00", months(1), "2026-02-28T15:00:00.000Z"],
    ["2026-02-01T00:00:00+09:00", months(1), "2026-03-01T15:00:00.000Z"],
    ["2026-12-31T14:30:00Z", years(1), "2027-12-31T15:00:00.000Z"],
    ["2026-12-31T15:30:00Z", years(1), "2028-01-01T15:00:00.000Z"],
    ["2028-02-29T12:00:00+09:00", years(1), "2029-02-28T15:00:00.000Z"],
    ["2027-02-28T12:00:00+09:00", years(1), "2028-02-28T15:00:00.000Z"],
    ["2026-08-31T09:00:00+09:00", months(6), "2027-02-28T15:00:00.000Z"],
    ["2026-11-22T10:00:00+09:00", { count: 90, unit: "days" }, "2027-02-20T15:00:00.000Z"],
    ["2024-02-29T10:00:00+09:00", years(5), "2029-02-28T15:00:00.000Z"],
  ] as const)("of %s is over at the right instant", (end, period, expiry) => {
    expect(periodEnd(new Date(end), period).toISOString()).toBe(expiry);
  });
});

describe("dueState", () => {
  const at = (text: string) => new Date(text);
  it("turns to the millisecond, and to overdue five days later", () => {
    expect(dueState("2027-12-31", at("2027-12-31T14:59:59.999Z"))).toBe("kept");
    expect(dueState("2027-12-31", at("2027-12-31T15:00:00.000Z"))).toBe("due");
    expect(dueState("2027-12-31", at("2028-01-05T14:59:59.999Z"))).toBe("due");
    expect(dueState("2027-12-31", at("2028-01-05T15:00:00.000Z"))).toBe("overdue");
    expect(dueState(null, at("2099-01-01T00:00:00Z"))).toBe("undated");
  });
});

it("never ends a month early for a day that the next month lacks", () => {
  expect(lastDay("2026-10-31", months(1))).toBe("2026-11-30");
  expect(lastDay("2026-10-31", months(4))).toBe("2027-02-28");
});
