// A benchmark that nobody runs rots: the cheapest one, for a second, with its checks. Its figures are not looked at.
import { expect, it } from "vitest";
import { benchAudit } from "./audit/run";
import { benchDestroy } from "./destroy/run";
import { benchIngest } from "./ingest/run";
import { benchQr } from "./qr/run";
import { benchStatistics } from "./statistics/run";
import { benchTemplates } from "./templates/run";

it("runs and does its work right", { timeout: 120_000 }, async () => {
  const results = await benchAudit(process.env.DATABASE_URL ?? "", {
    rounds: 1,
    seconds: 0.2,
    connections: 4,
    quick: true,
  });
  for (const { name, outcome } of results) {
    for (const { name: way, fault, wrong } of outcome.standings) {
      expect({ name, way, fault, wrong }).toEqual({ name, way, fault: null, wrong: 0 });
    }
  }
});

it("destroys what the preview said and nothing else", { timeout: 120_000 }, async () => {
  const results = await benchDestroy(process.env.DATABASE_URL ?? "", {
    rounds: 1,
    seconds: 0.2,
    connections: 1,
    quick: true,
  });
  expect(results.map(({ faults }) => faults)).toEqual([[]]);
});

it("takes in each message once, and opens it again", { timeout: 120_000 }, async () => {
  const results = await benchIngest(process.env.DATABASE_URL ?? "", {
    rounds: 1,
    seconds: 0.2,
    connections: 4,
    quick: true,
  });
  expect(results.map(({ faults }) => faults)).toEqual([[]]);
});

it("counts with roll-ups what the presses say", { timeout: 120_000 }, async () => {
  const results = await benchStatistics(process.env.DATABASE_URL ?? "", {
    rounds: 1,
    seconds: 0.2,
    connections: 1,
    quick: true,
  });
  expect(results.map(({ faults }) => faults)).toEqual([[]]);
});

it("draws codes that read, on pictures and on paper", { timeout: 120_000 }, async () => {
  const results = await benchQr("", { rounds: 1, seconds: 0.2, connections: 1, quick: true });
  expect(results.map(({ faults }) => faults)).toEqual([[]]);
});

it("judges messages of every type, and finds nothing wrong with them", async () => {
  const results = await benchTemplates("", { rounds: 1, seconds: 0.2, connections: 1, quick: true });
  expect(results.map(({ faults }) => faults)).toEqual([[]]);
});
