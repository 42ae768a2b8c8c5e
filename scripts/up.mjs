// npm run up: from a bare clone to a running server. Imports only what Node itself has until node_modules stand.
import "./node-version.mjs";
import fs from "node:fs";
import net from "node:net";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import util from "node:util";
import { checkDisk, installDependencies } from "./install.mjs";
import { whenNpmEnds, withLock } from "./processes.mjs";
import { endRunning, must, step } from "./progress.mjs";
import { endServer, reachableHost, startServer, untilReady } from "./serve.mjs";
import { isLoopback, listenAddress, loadSettings, root, state } from "./settings.mjs";
import { explain, setupError } from "./setup-error.mjs";
import { buildInputs, clientInputs, whenStale } from "./stale.mjs";

const bin = (name) => path.join(root, "node_modules", name);
const log = (name) => path.join(state, "logs", `${name}.log`);

let server;
let database;
let asked = false;

for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, end);
whenNpmEnds(end);

try {
  const { values: options } = util.parseArgs({ options: { dev: { type: "boolean" }, "no-seed": { type: "boolean" } } });
  process.chdir(root);
  process.env.NEXT_TELEMETRY_DISABLED ??= "1";
  const address = listenAddress();
  await checkPort(address);
  checkDisk(300);
  loadSettings({ serving: true });
  const waiting = (pid) => console.log(`· 이 체크아웃을 준비하는 다른 프로세스(${pid})를 기다립니다`);
  await withLock(path.join(state, "up.lock"), () => prepare(options), { onWait: waiting });
  if (asked) await finish(130);
  await serve(address, options);
} catch (error) {
  if (!asked) console.error(`\n${explain(error)}`);
  await finish(asked ? 130 : 1);
}

/** Ends once, politely: the server answers what it has begun, then the database stops. */
function end() {
  if (asked) return;
  asked = true;
  process.stdout.write("\n종료합니다 …\n");
  if (server) void endServer(server);
  else {
    endRunning("SIGTERM");
    void finish(130);
  }
}

/** @param {{ dev?: boolean, "no-seed"?: boolean }} options */
async function prepare(options) {
  await installDependencies({ development: options.dev === true });
  await whenStale("prisma/generated/stamp", clientInputs, () => {
    fs.rmSync(path.join(root, "prisma/generated"), { recursive: true, force: true });
    return step("데이터베이스 클라이언트 생성", () =>
      must("데이터베이스 클라이언트 생성", process.execPath, [bin("prisma/build/index.js"), "generate"], {
        log: log("generate"),
      }),
    );
  });
  if (!process.env.DATABASE_URL) {
    const { startPostgres } = await import("./postgres.mjs");
    database = startPostgres();
    const { url } = await step(
      "내장 PostgreSQL 시작",
      () => database,
      (db) => (db.started ? undefined : "이미 실행 중"),
    );
    process.env.DATABASE_URL = url;
  }
  const { register } = await import("tsx/esm/api");
  register();
  const { env } = await import("../lib/env.ts");
  env();
  const { migrate } = await import("../lib/db/migrate.ts");
  await step(
    "데이터베이스 마이그레이션",
    () => migrate(env().DATABASE_URL),
    (names) => (names.length ? `${names.length}건 적용` : undefined),
  );
  if (!options["no-seed"] && (await isEmpty(env().DATABASE_URL))) {
    await step("시연 회사 만들기", () =>
      must("시연 회사 만들기", process.execPath, ["scripts/damso.mjs", "seed", "--demo"], {
        log: log("seed"),
        cwd: root,
      }),
    );
  }
  if (options.dev) return;
  await whenStale(".next/damso-stamp", buildInputs, () =>
    step("빌드", () =>
      must("빌드", process.execPath, [bin("next/dist/bin/next"), "build"], {
        log: log("build"),
        cwd: root,
        env: { ...process.env, NODE_ENV: "production" },
      }),
    ),
  );
}

async function isEmpty(url) {
  const { connectAsOwner } = await import("../lib/db/owner.ts");
  const client = await connectAsOwner(url);
  try {
    return (await client.query("SELECT FROM organizations LIMIT 1")).rowCount === 0;
  } finally {
    await client.end();
  }
}

async function serve(address, options) {
  server = startServer({ args: options.dev ? ["--dev"] : [] });
  await step("서버 시작", () => untilReady(address, server.ended));
  const { env } = await import("../lib/env.ts");
  const host = reachableHost(address.host);
  const here = `http://${host.includes(":") ? `[${host}]` : host}:${address.port}`;
  console.log(`\nDamso가 실행 중입니다: ${isLoopback(address.host) ? here : env().DAMSO_URL}`);
  const { presentLogins } = await import("./demonstration.ts");
  const logins = await presentLogins(env().DATABASE_URL);
  if (logins.length > 0) {
    console.log("시연용 로그인:");
    for (const login of logins)
      console.log(`  ${login.email}  ${login.password}  ${login.role} · ${login.organization}`);
  }
  console.log("끝내려면 Ctrl-C를 누르십시오.\n");
  const { code, signal } = await server.ended;
  if (!asked) console.error(`\n서버가 끝났습니다 (${signal ?? code}).\nThe server ended (${signal ?? code}).`);
  await finish(asked ? 0 : 1);
}

/** Says before the work that a port cannot be had. A server that is just ending gets three seconds. @param {{ host: string, port: number }} address */
async function checkPort({ host, port }) {
  let error;
  for (let attempt = 0; attempt < 30; attempt++) {
    error = await listenError(host, port);
    if (error?.code !== "EADDRINUSE") break;
    await sleep(100);
  }
  if (!error) return;
  if (error.code === "EADDRINUSE") {
    throw setupError(
      `포트 ${port}을(를) 다른 프로그램이 쓰고 있습니다. PORT=${port + 1} npm run up 처럼 다른 포트를 지정하십시오.`,
      `Port ${port} is taken by another program; choose another one, such as PORT=${port + 1} npm run up.`,
    );
  }
  if (error.code === "EACCES") {
    throw setupError(
      `포트 ${port}을(를) 열 권한이 없습니다. 1024 이상의 PORT를 지정하십시오.`,
      `No permission to listen on port ${port}; choose a PORT from 1024 on.`,
    );
  }
  throw setupError(
    `설정 HOST의 주소 ${host}에서 들을 수 없습니다.`,
    `The setting HOST: cannot listen on ${host} (${error.code}).`,
  );
}

function listenError(host, port) {
  return new Promise((resolve) => {
    const probe = net.createServer();
    probe.once("error", resolve);
    probe.listen({ host, port, exclusive: true }, () => probe.close(() => resolve(null)));
  });
}

async function finish(code) {
  try {
    // also where it is still starting; what kept it from starting has been said already
    await (await database?.catch(() => undefined))?.release();
  } catch (error) {
    console.error(explain(error));
  }
  process.exit(code);
}
