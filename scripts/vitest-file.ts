// Before each test file: a database, keys and folders of its own, set before any module reads a setting.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, expect, inject } from "vitest";
import { createTestDatabase } from "@/lib/db/testing";

// Pure rooms run in milliseconds and must not be able to ask a database.
const PURE = /(^|[-.])(rules|schema|conventions|permissions)\.test\.tsx?$/;

const file = expect.getState().testPath ?? "";
if (!PURE.test(path.basename(file))) {
  const server = inject("testServer");
  const folder = mkdtempSync(path.join(tmpdir(), "damso-test-"));
  const database = await createTestDatabase(
    server,
    `${server.prefix}${process.pid}_${Math.floor(performance.now() * 1000)}`,
  );
  Object.assign(process.env, database, {
    DAMSO_URL: "http://127.0.0.1:3000",
    DAMSO_KEYRING: path.join(folder, "keyring"),
    DAMSO_FILES: `file:${path.join(folder, "files")}`,
    DAMSO_MAIL: path.join(folder, "mail"),
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
}
