import { defineConfig } from "@playwright/test";
import { findChromium } from "./scripts/chromium.mjs";

// npm run check starts a production server on a seeded database and names it here; alone, it is the one of npm run up.
const baseURL = process.env.DAMSO_E2E_URL ?? "http://127.0.0.1:3000";
const report = process.env.DAMSO_E2E_REPORT;
const executablePath = findChromium();

export default defineConfig({
  testDir: "e2e",
  outputDir: "test-results",
  workers: 1,
  timeout: 120_000,
  expect: { timeout: 15_000 },
  forbidOnly: true,
  reporter: report ? [["list"], ["json", { outputFile: report }]] : [["list"]],
  use: {
    baseURL,
    locale: "ko-KR",
    timezoneId: "Asia/Seoul",
    screenshot: "only-on-failure",
    trace: "retain-on-failure",
    launchOptions: {
      ...(executablePath ? { executablePath } : {}),
      // Without a UTF-8 locale Chromium calls every file with a Korean name "download".
      env: { ...(process.env as Record<string, string>), LC_ALL: "C.UTF-8" },
      args: ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"],
    },
  },
});
