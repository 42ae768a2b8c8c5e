import { randomUUID } from "node:crypto";
import { describe, expect, it } from "vitest";
import { z } from "zod";
import { cursorOf, cutPage, pageLength, placeCursor, readCursor, readPlace } from "./keyset";

const schema = z.tuple([z.string(), z.uuid()]);
const rows = (count: number) => Array.from({ length: count }, (_, at) => at);
const cut = (count: number, back: boolean, cursor: unknown = "x") => cutPage(rows(count), { back, cursor }, String);

describe("a cursor", () => {
  it("comes back as it went", () => {
    const [at, id] = [new Date("2026-11-23T01:02:03.456Z"), randomUUID()];
    expect(readCursor(cursorOf(at, id))).toEqual({ at, id });
    expect(readPlace(placeCursor(['한결 "생활"', id]), schema)).toEqual(['한결 "생활"', id]);
  });
  it.each([
    undefined,
    null,
    "",
    "x",
    "e30",
    "1.x",
    `1x.${randomUUID()}`,
    `123456789012345.${randomUUID()}`,
    "W251bGwsbnVsbF0",
  ])("that is not ours means the first page: %s", (text) =>
    expect([readCursor(text), readPlace(text, schema)]).toEqual([null, null]),
  );
  it("that PostgreSQL would refuse is not ours", () => {
    expect(readPlace(placeCursor(["가\0나", randomUUID()]), schema)).toBeNull();
  });
  it("of great length is not ours", () => {
    expect(readPlace(placeCursor(["가".repeat(400), randomUUID()]), schema)).toBeNull();
  });
});

describe("a page", () => {
  it("has a neighbour on each side that has rows", () => {
    expect(cut(0, false, null)).toEqual({ items: [], previous: null, next: null });
    expect(cut(pageLength, false, null)).toEqual({ items: rows(50), previous: null, next: null });
    expect(cut(pageLength + 1, false, null)).toEqual({ items: rows(50), previous: null, next: "49" });
    expect(cut(3, false)).toEqual({ items: [0, 1, 2], previous: "0", next: null });
    expect(cut(0, false)).toEqual({ items: [], previous: null, next: null });
  });
  it("read backwards stands in the order of the list", () => {
    expect(cut(3, true)).toEqual({ items: [2, 1, 0], previous: null, next: "0" });
    expect(cut(pageLength + 1, true)).toEqual({ items: rows(50).reverse(), previous: "49", next: "0" });
  });
});
