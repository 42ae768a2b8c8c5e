import { describe, expect, it } from "vitest";
import { coalesce } from "./coalesce";

describe("coalesce", () => {
  it("does together what came together, and gives each caller its own result", async () => {
    const runs: number[][] = [];
    const double = coalesce<number, number>(
      async (items) => {
        runs.push(items);
        return items.map((item) => item * 2);
      },
      { most: 3 },
    );
    expect(await Promise.all([1, 2, 3, 4, 5].map(double))).toEqual([2, 4, 6, 8, 10]);
    expect(runs).toEqual([
      [1, 2, 3],
      [4, 5],
    ]);
    expect(await double(6)).toBe(12);
  });

  it("measures runs by size where it is told to", async () => {
    const runs: number[][] = [];
    const take = coalesce<number, number>(
      async (items) => {
        runs.push(items);
        return items;
      },
      { most: 10, sizeOf: (item) => item },
    );
    await Promise.all([4, 6, 1, 50, 3].map(take));
    expect(runs).toEqual([[4, 6], [1], [50], [3]]);
  });

  it("lets one bad item sink no other", async () => {
    const fussy = coalesce<number, number>(
      async (items) => {
        if (items.includes(3)) throw new Error("bad");
        return items;
      },
      { most: 10, splits: () => true },
    );
    const results = await Promise.allSettled([1, 2, 3, 4].map(fussy));
    expect(results.map((result) => result.status)).toEqual(["fulfilled", "fulfilled", "rejected", "fulfilled"]);
  });

  it("fails everyone at once when no item is to blame", async () => {
    let runs = 0;
    const away = coalesce<number, number>(
      async () => {
        runs += 1;
        throw new Error("away");
      },
      { most: 10 },
    );
    const results = await Promise.allSettled([1, 2, 3].map(away));
    expect(results.every((result) => result.status === "rejected")).toBe(true);
    expect(runs).toBe(1);
  });
});
