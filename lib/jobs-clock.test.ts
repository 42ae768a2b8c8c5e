// Nothing works by itself while this machine and the database disagree on the time (trust.md F-08).
import { afterAll, expect, it, vi } from "vitest";
import { closeDatabase } from "@/lib/db/client";
import { startJobs } from "./jobs";

afterAll(closeDatabase);

it.each([
  ["ahead", 90 * 86_400_000],
  ["back", -86_400_000],
])("waits while the clock is a day or more %s, and works once it is right", async (_name, ahead) => {
  const lines: string[] = [];
  const written = vi.spyOn(process.stdout, "write").mockImplementation((line) => lines.push(String(line)) > 0);
  vi.useFakeTimers({ toFake: ["Date", "performance"] });
  vi.setSystemTime(Date.now() + ahead);
  vi.advanceTimersByTime(60_000);
  let calls = 0;
  const run = async () => {
    calls += 1;
  };
  const stop = startJobs({ jobs: [], chores: [{ name: "waiting", everySeconds: 1, run }] });
  try {
    await vi.waitFor(() => expect(lines.join("")).toContain("waiting.failed"), { timeout: 8_000 });
    expect(lines.join("")).toContain("clock");
    expect(calls).toBe(0);
    vi.useRealTimers();
    await vi.waitFor(() => expect(calls).toBeGreaterThan(0), { timeout: 8_000 });
  } finally {
    vi.useRealTimers();
    written.mockRestore();
    await stop();
  }
});
