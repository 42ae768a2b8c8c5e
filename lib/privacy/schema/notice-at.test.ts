import { describe, expect, it } from "vitest";
import { askedInstant } from "./notice-at";

const now = new Date("2026-11-23T03:00:00Z");

describe("an asked instant", () => {
  it.each([
    [undefined, "2026-11-23T03:00:00.000Z"],
    ["", "2026-11-23T03:00:00.000Z"],
    ["2026-03-01T09:00", "2026-03-01T00:00:00.000Z"],
    ["2026-03-01T09:00:30", "2026-03-01T00:00:30.000Z"],
    ["2026-03-01", "2026-03-01T14:59:59.999Z"],
    ["2026-03-01T09:00:00+09:00", "2026-03-01T00:00:00.000Z"],
    ["2026-03-01T00:00:00Z", "2026-03-01T00:00:00.000Z"],
  ])("%s", (value, expected) => {
    expect(askedInstant(value, now)?.toISOString()).toBe(expected);
  });

  it.each([
    ["x"],
    ["2026-02-30"],
    ["2026-13-01T00:00"],
    ["99999-01-01"],
    ["0001-01-01"],
    ["-271821-04-20"],
    [["a", "b"]],
    ["2026-03-01T25:00"],
  ])("%j is none", (value) => {
    expect(askedInstant(value, now)).toBeNull();
  });
});
