import { expect, it } from "vitest";
import { MissLimit } from "./miss-limit";

it("shuts an address after its misses, until the window ends, and no other", () => {
  const limit = new MissLimit(3, 60_000);
  for (let at = 0; at < 3; at += 1) {
    expect(limit.shutFor("a", at)).toBe(0);
    limit.miss("a", at);
  }
  expect(limit.shutFor("a", 10_000)).toBe(50);
  expect(limit.shutFor("b", 10_000)).toBe(0);
  expect(limit.shutFor("a", 60_000)).toBe(0);
  limit.miss("a", 60_001);
  expect(limit.shutFor("a", 60_002)).toBe(0);
});
