import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { tsconfigPaths: true },
  test: {
    include: ["{app,components,lib,prisma,scripts,server,bench}/**/*.test.{ts,tsx}", "*.test.ts"],
    exclude: ["**/node_modules/**", "prisma/generated/**"],
    globalSetup: ["scripts/vitest-run.ts"],
    setupFiles: ["scripts/vitest-file.ts"],
    pool: "forks",
    // Each file owns a database; two at a time suit the two cores that a small machine has.
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 30_000,
  },
});
