// How many tests passed and failed, from the reports that vitest and Playwright write. What did not run has not passed.
import fs from "node:fs";

/** @typedef {{ passed: number, failed: number }} Count */

/**
 * @param {string} file @param {(report: object) => Count} read @param {number} code exit code of the program
 * @returns {Count} at least one failure where the program failed or left no report
 */
export function count(file, read, code) {
  if (!fs.existsSync(file)) return { passed: 0, failed: 1 };
  const result = read(JSON.parse(fs.readFileSync(file, "utf8")));
  fs.rmSync(file);
  if (code !== 0 && result.failed === 0) return { ...result, failed: 1 };
  if (result.passed === 0 && result.failed === 0) return { passed: 0, failed: 1 };
  return result;
}

/** @returns {Count} */
export function vitestCount(report) {
  const passed = report.numPassedTests ?? 0;
  const failed = (report.numTotalTests ?? 0) - passed;
  // A file that cannot even be loaded has no tests to count.
  const broken = (report.testResults ?? []).filter(
    (file) => file.status === "failed" && file.assertionResults.length === 0,
  ).length;
  return { passed, failed: failed + broken };
}

/** @returns {Count} */
export function playwrightCount(report) {
  const { expected = 0, unexpected = 0, flaky = 0, skipped = 0 } = report.stats ?? {};
  return { passed: expected, failed: unexpected + flaky + skipped + (report.errors?.length ?? 0) };
}
