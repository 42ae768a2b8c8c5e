import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test } from "vitest";
import { count, playwrightCount, vitestCount } from "./report.mjs";

function written(report: object): string {
  const file = path.join(mkdtempSync(path.join(tmpdir(), "damso-report-")), "report.json");
  writeFileSync(file, JSON.stringify(report));
  return file;
}

test("tests that did not run have not passed", () => {
  const report = { numTotalTests: 5, numPassedTests: 3, numFailedTests: 1, numPendingTests: 1, testResults: [] };
  expect(count(written(report), vitestCount, 1)).toEqual({ passed: 3, failed: 2 });
  const browser = { stats: { expected: 4, unexpected: 1, flaky: 1, skipped: 2 } };
  expect(count(written(browser), playwrightCount, 1)).toEqual({ passed: 4, failed: 4 });
});

test("a file that cannot be loaded counts as one failure", () => {
  const report = { numTotalTests: 2, numPassedTests: 2, testResults: [{ status: "failed", assertionResults: [] }] };
  expect(count(written(report), vitestCount, 1)).toEqual({ passed: 2, failed: 1 });
});

test("no report, no tests, or a bad exit is never a success", () => {
  expect(count("/nowhere/report.json", vitestCount, 0)).toEqual({ passed: 0, failed: 1 });
  expect(count(written({ stats: {} }), playwrightCount, 0)).toEqual({ passed: 0, failed: 1 });
  expect(count(written({ stats: { expected: 3 } }), playwrightCount, 1)).toEqual({ passed: 3, failed: 1 });
});
