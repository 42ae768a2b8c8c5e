// Chromium for the end-to-end tests: the system's own, found or, where we may, installed from its packages.
import fs from "node:fs";
import { must } from "./progress.mjs";
import { setupError } from "./setup-error.mjs";

const PLACES = [
  ...["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"].map((name) => `/usr/bin/${name}`),
  "/usr/lib64/chromium-browser/chromium-browser",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
];

/** @returns {string | undefined} path of a Chromium: PLAYWRIGHT_CHROMIUM, else where systems keep it */
export function findChromium() {
  return [process.env.PLAYWRIGHT_CHROMIUM, ...PLACES].find((place) => place && fs.existsSync(place));
}

/** Whether `ensureChromium` may install one. */
export const mayInstall = () => process.getuid?.() === 0 && fs.existsSync("/usr/bin/apt-get");

/** @param {string} log @returns {Promise<string>} path of a Chromium @throws a sentence that says what to install */
export async function ensureChromium(log) {
  const missing = setupError(
    "Chromium이 없습니다. 시스템 패키지로 설치하거나(Debian: sudo apt install chromium fonts-noto-cjk) PLAYWRIGHT_CHROMIUM에 경로를 지정하십시오.",
    "There is no Chromium: install the system's package (Debian: sudo apt install chromium fonts-noto-cjk) or name its path in PLAYWRIGHT_CHROMIUM.",
  );
  const named = process.env.PLAYWRIGHT_CHROMIUM;
  if (named && !fs.existsSync(named)) {
    throw setupError(
      `설정 PLAYWRIGHT_CHROMIUM의 파일이 없습니다: ${named}`,
      `PLAYWRIGHT_CHROMIUM names no file: ${named}`,
    );
  }
  const found = findChromium();
  if (found) return found;
  if (!mayInstall()) throw missing;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  await must("패키지 목록 갱신", "apt-get", ["update"], { log, env });
  await must("Chromium 설치", "apt-get", ["install", "-y", "--no-install-recommends", "chromium", "fonts-noto-cjk"], {
    log,
    env,
  });
  const installed = findChromium();
  if (!installed) throw missing;
  return installed;
}
