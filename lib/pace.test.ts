import { expect, it } from "vitest";
import { Pace, paceOf } from "./pace";

it("lets no second see more beginnings than it may, in the order in which they asked", async () => {
  let now = 0;
  const pace = new Pace(
    3,
    () => now,
    async (ms) => {
      now += ms;
    },
  );
  const begun: [which: number, at: number][] = [];
  await Promise.all(
    Array.from({ length: 10 }, async (_, which) => {
      await pace.turn();
      begun.push([which, now]);
    }),
  );
  expect(begun.map(([which]) => which)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  for (const [, at] of begun)
    expect(begun.filter(([, other]) => other > at - 1_000 && other <= at).length).toBeLessThanOrEqual(3);
  expect(now).toBe(3_000);
});

it("is one for a name", () => {
  expect(paceOf("a", 2)).toBe(paceOf("a", 2));
  expect(paceOf("a", 2)).not.toBe(paceOf("b", 2));
});
