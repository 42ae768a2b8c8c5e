import { afterEach, expect, it, vi } from "vitest";
import { faultLog } from "./fault-log";

afterEach(() => vi.restoreAllMocks());

it("says a lasting fault once a minute and when it is over", () => {
  const lines: string[] = [];
  vi.spyOn(process.stdout, "write").mockImplementation((line) => lines.push(String(line)) > 0);
  const fault = faultLog("sealer.failed");
  for (let second = 0; second <= 130; second += 1) fault.struck(new Error("down\nhere"), second * 1_000);
  fault.over(131_000);
  fault.over(132_000);
  vi.restoreAllMocks();
  const said = lines.map((line) => JSON.parse(line) as { event: string; tries: number; seconds: number });
  expect(said.map(({ event, seconds }) => [event, seconds])).toEqual([
    ["sealer.failed", 0],
    ["sealer.failed", 60],
    ["sealer.failed", 120],
    ["sealer.failed.over", 131],
  ]);
  expect(said[3]?.tries).toBe(131);
});
