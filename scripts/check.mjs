// npm run check: everything that must hold. Every step runs, so that one sees all that is wrong; the last line counts.
import "./node-version.mjs";
import path from "node:path";
import util from "node:util";
import { ensureChromium } from "./chromium.mjs";
import { checkDisk, installDependencies } from "./install.mjs";
import { whenNpmEnds, withLock } from "./processes.mjs";
import { endRunning, run, step, tail } from "./progress.mjs";
import { count, playwrightCount, vitestCount } from "./report.mjs";
import { root, state } from "./settings.mjs";
import { explain, setupError } from "./setup-error.mjs";
import { buildInputs, clientInputs, whenStale } from "./stale.mjs";

const bin = (name) => path.join(root, "node_modules", name);
const folder = path.join(state, "check");
const log = (name) => path.join(folder, `${name}.log`);

const ALL = ["lint", "types", "unit", "build", "e2e"];
const total = { passed: 0, failed: 0 };
const failures = [];
let release = async () => {};
let ending = false;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => void interrupt());
whenNpmEnds(() => void interrupt());

try {
  process.chdir(root);
  const { values, positionals } = util.parseArgs({ options: { only: { type: "string" } }, allowPositionals: true });
  const wanted = values.only?.split(",") ?? ALL;
  const unknown = wanted.find((name) => !ALL.includes(name));
  if (unknown)
    throw setupError(`--only에는 ${ALL.join(", ")}만 쓸 수 있습니다: ${unknown}`, `--only knows ${ALL.join(", ")}.`);
  checkDisk(500);
  const environment = cleanEnvironment();
  const locked = (work) => withLock(path.join(state, "up.lock"), work);
  await locked(() => installDependencies({ development: true }));
  await perform(wanted, positionals, environment, locked);
} catch (error) {
  fail("준비", explain(error));
}
await finish();

async function perform(wanted, files, environment, locked) {
  const does = (name) => wanted.includes(name);
  const options = (name, more = {}) => ({ log: log(name), cwd: root, env: { ...environment, ...more } });

  if (does("lint")) {
    await single("형식과 린트", "lint", () =>
      run(bin(".bin/biome"), ["ci", "--colors=off", "--max-diagnostics=60", "."], options("lint")),
    );
  }
  const generated = await single("데이터베이스 클라이언트", "generate", () =>
    locked(async () => {
      let result = { code: 0, log: log("generate") };
      await whenStale("prisma/generated/stamp", clientInputs, async () => {
        result = await run(process.execPath, [bin("prisma/build/index.js"), "generate"], options("generate"));
        if (result.code !== 0)
          throw setupError("클라이언트를 만들지 못했습니다.", `prisma generate failed\n${tail(result.log, 200)}`);
      });
      return result;
    }),
  );
  if (!generated)
    return void fail(
      "나머지 단계",
      "데이터베이스 클라이언트가 없어 실행하지 못했습니다. / Not run: no database client.",
    );
  if (does("types")) {
    await single("라우트 타입", "typegen", () =>
      run(process.execPath, [bin("next/dist/bin/next"), "typegen"], options("typegen")),
    );
    await single("타입", "types", () =>
      run(bin(".bin/tsc"), ["--noEmit", "-p", ".", "--pretty", "false"], options("types")),
    );
  }
  const server = does("unit") || does("e2e") ? await databaseServer() : null;
  if (does("unit") && server) {
    const diff = [
      "migrate",
      "diff",
      "--from-migrations",
      "prisma/migrations",
      "--to-schema",
      "prisma/schema",
      "--exit-code",
    ];
    await single("스키마와 마이그레이션의 일치", "drift", () =>
      run(process.execPath, [bin("prisma/build/index.js"), ...diff], options("drift", { DATABASE_URL: server })),
    );
    const report = path.join(folder, "unit.json");
    const args = [
      "run",
      "--reporter=default",
      "--reporter=json",
      `--outputFile=${report}`,
      ...(does("e2e") ? [] : files),
    ];
    await counted("단위·데이터베이스·규약 시험", "unit", report, vitestCount, () =>
      run(process.execPath, [bin("vitest/vitest.mjs"), ...args], options("unit", { DAMSO_TEST_SERVER: server })),
    );
  }
  let built = true;
  if (does("build") || does("e2e")) {
    built = await single("빌드", "build", () =>
      locked(async () => {
        await whenStale(".next/damso-stamp", buildInputs, async () => {
          const { code, log: file } = await run(
            process.execPath,
            [bin("next/dist/bin/next"), "build"],
            options("build", { NODE_ENV: "production" }),
          );
          if (code !== 0) throw setupError(tail(file, 200), "");
        });
        return { code: 0, log: log("build") };
      }),
    );
  }
  if (!does("e2e") || !server) return;
  if (!built) return void fail("브라우저 시험", "빌드에 실패하여 실행하지 못했습니다. / Not run: the build failed.");
  await endToEnd(server, files, environment);
}

/** The browser's tests against a production server with a seeded database of its own. */
async function endToEnd(server, files, environment) {
  try {
    const chromium = await step(
      "Chromium",
      () => ensureChromium(log("chromium")),
      (place) => place,
    );
    const { startRehearsal } = await import("./rehearsal.ts");
    const rehearsal = await step("시험 서버와 시연 데이터", () => startRehearsal(server, environment, folder));
    const before = release;
    release = async () => {
      await rehearsal.end();
      await before();
    };
    const report = path.join(folder, "e2e.json");
    const env = {
      ...rehearsal.environment,
      PLAYWRIGHT_CHROMIUM: chromium,
      DAMSO_E2E_URL: rehearsal.url,
      DAMSO_E2E_REPORT: report,
    };
    await counted("브라우저 시험", "e2e", report, playwrightCount, () =>
      run(process.execPath, [bin("@playwright/test/cli.js"), "test", ...files], {
        log: log("e2e"),
        cwd: root,
        env,
        timeoutMinutes: 40,
      }),
    );
  } catch (error) {
    fail("브라우저 시험", explain(error));
  }
}

/** A step that counts as one. @param {() => Promise<{ code: number, log: string }>} work */
async function single(title, name, work) {
  try {
    await step(title, async () => {
      const { code, log: file } = await work();
      if (code !== 0) throw setupError(tail(file, 200), "");
    });
    total.passed++;
    return true;
  } catch (error) {
    fail(title, explain(error), log(name));
    return false;
  }
}

/** A step whose report tells how many. */
async function counted(title, name, report, read, work) {
  try {
    await step(
      title,
      async () => {
        const { code, log: file } = await work();
        const result = count(report, read, code);
        total.passed += result.passed;
        total.failed += result.failed;
        if (result.failed > 0) throw setupError(tail(file, 200), "");
        return result;
      },
      (result) => `${result.passed}건`,
    );
  } catch (error) {
    failures.push(title);
    print(title, explain(error), log(name));
  }
}

function fail(title, text, file) {
  if (ending) return;
  total.failed++;
  failures.push(title);
  print(title, text, file);
}

function print(title, text, file) {
  if (!ending) console.log(`\n── ${title} ──\n${text}${file ? `\n── 전체 기록: ${file}` : ""}\n`);
}

/** The test server: that of DATABASE_URL, else an embedded one of the check's own. */
async function databaseServer() {
  try {
    const { register } = await import("tsx/esm/api");
    register();
    return await step("시험 데이터베이스 서버", async () => {
      const given = process.env.DATABASE_URL;
      if (given) {
        const { maintenanceUrl } = await import("../lib/db/testing.ts");
        return maintenanceUrl(given);
      }
      const { startPostgres } = await import("./postgres.mjs");
      const starting = startPostgres({ name: "check-pg", database: "postgres", throwaway: true });
      // also for an interruption while it starts; what kept it from starting is said below
      release = async () => (await starting.catch(() => undefined))?.release();
      return (await starting).url;
    });
  } catch (error) {
    fail("시험 데이터베이스 서버", explain(error));
    return null;
  }
}

/** The environment without settings of a Damso that may run here: tests have their own. */
function cleanEnvironment() {
  const ours = /^(DAMSO_|DATABASE_|AUTH_|NEXTAUTH_|SMTP_URL$|TRUSTED_PROXIES$|HOST$|PORT$|NODE_ENV$)/;
  const kept = Object.entries(process.env).filter(([name]) => !ours.test(name));
  return { ...Object.fromEntries(kept), NEXT_TELEMETRY_DISABLED: "1", NO_COLOR: "1" };
}

async function interrupt() {
  if (ending) return;
  ending = true;
  endRunning("SIGTERM");
  await release().catch((error) => console.error(explain(error)));
  process.exit(130);
}

async function finish() {
  if (ending) return;
  await release().catch((error) => fail("정리", explain(error)));
  if (failures.length > 0) console.log(`실패한 단계: ${failures.join(", ")}`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  process.exit(total.failed === 0 && total.passed > 0 ? 0 : 1);
}
