#!/usr/bin/env node
// npm run trust [-- --only suite,two,kill,presses,pages,database,migrate,import,destroy] [--rounds N] [--seed N] [--long]: the whole of trust.md that stands so far, with repetitions, timings
// and faults. Kept apart from `npm run check`: it takes a quarter of an hour and kills servers.
import "./node-version.mjs";
import path from "node:path";
import util from "node:util";
import { run } from "./progress.mjs";
import { root } from "./settings.mjs";
import { explain, setupError } from "./setup-error.mjs";
import { buildInputs, whenStale } from "./stale.mjs";

const folder = path.join(root, ".damso", "trust");
const parts = ["suite", "two", "kill", "presses", "pages", "database", "migrate", "import", "destroy"];
let release = async () => {};
try {
  process.chdir(root);
  const { values } = util.parseArgs({
    options: {
      only: { type: "string" },
      rounds: { type: "string" },
      seed: { type: "string" },
      long: { type: "boolean" },
      sessions: { type: "string" },
    },
  });
  const wanted = values.only?.split(",") ?? parts;
  const unknown = wanted.find((name) => !parts.includes(name));
  if (unknown)
    throw setupError(
      `--only에는 ${parts.join(", ")}만 쓸 수 있습니다: ${unknown}`,
      `--only knows ${parts.join(", ")}.`,
    );
  const { register } = await import("tsx/esm/api");
  register();
  await build();
  const server = process.env.DATABASE_URL ? await given() : await embedded();
  const codes = [];
  if (wanted.includes("suite")) codes.push(await suite(server));
  if (wanted.includes("two")) codes.push(await (await import("./trust/two-instances.ts")).twoInstances(server, folder));
  if (wanted.includes("kill")) {
    const { killDrill } = await import("./trust/kill-drill.ts");
    codes.push(await killDrill(server, folder, values));
  }
  if (wanted.includes("presses")) {
    const { pressDrill } = await import("./trust/press-drill.ts");
    codes.push(await pressDrill(server, folder, values));
  }
  if (wanted.includes("pages")) {
    const { pageDrill } = await import("./trust/page-drill.ts");
    codes.push(await pageDrill(server, folder, values));
  }
  if (wanted.includes("database")) {
    const { databaseDrill } = await import("./trust/database-drill.ts");
    codes.push(await databaseDrill(folder, values));
  }
  if (wanted.includes("migrate")) {
    const { migrateDrill } = await import("./trust/migrate-drill.ts");
    codes.push(await migrateDrill(server, folder, values));
  }
  if (wanted.includes("import")) {
    const { importDrill } = await import("./trust/import-drill.ts");
    codes.push(await importDrill(folder));
  }
  if (wanted.includes("destroy")) {
    const { destroyDrill } = await import("./trust/destroy-drill.ts");
    codes.push(await destroyDrill(folder, values));
  }
  process.exitCode = codes.every((code) => code === 0) ? 0 : 1;
} catch (error) {
  console.error(explain(error));
  process.exitCode = 1;
} finally {
  await release();
}

/** Every case by real requests, with all repetitions and timings. */
async function suite(server) {
  const { startRehearsal } = await import("./rehearsal.ts");
  const rehearsal = await startRehearsal(server, { ...process.env, DATABASE_URL: undefined }, folder);
  try {
    const env = { ...rehearsal.environment, DAMSO_E2E_URL: rehearsal.url, DAMSO_TRUST: "whole" };
    const cli = path.join(root, "node_modules/@playwright/test/cli.js");
    const { code } = await run(process.execPath, [cli, "test", "e2e/access.spec.ts", "e2e/trust"], {
      ...{ cwd: root, env, log: path.join(folder, "suite.log"), timeoutMinutes: 60 },
    });
    console.log(`${code === 0 ? "✓" : "✗"} 신뢰 시험 전체: ${path.join(folder, "suite.log")}`);
    return code;
  } finally {
    await rehearsal.end();
  }
}

async function build() {
  await whenStale(".next/damso-stamp", buildInputs, async () => {
    const cli = path.join(root, "node_modules/next/dist/bin/next");
    const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
    const { code, log } = await run(process.execPath, [cli, "build"], {
      cwd: root,
      env,
      log: path.join(folder, "build.log"),
    });
    if (code !== 0) throw setupError(`빌드에 실패했습니다: ${log}`, `The build failed: ${log}`);
  });
}

async function given() {
  const { maintenanceUrl } = await import("../lib/db/testing.ts");
  return maintenanceUrl(process.env.DATABASE_URL);
}

async function embedded() {
  const { startPostgres } = await import("./postgres.mjs");
  const started = await startPostgres({ name: "check-pg", database: "postgres", throwaway: true });
  release = () => started.release();
  return started.url;
}
