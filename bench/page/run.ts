// Pages: the lists against Next's minimal dynamic page (goal 0.6), a deep cursor against page one (goal 1.1), first-load JavaScript (performance.md G).
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { clearTestServer, createTestDatabase, prepareTestServer } from "@/lib/db/testing";
import {
  type Contestant,
  compare,
  type Outcome,
  type Running,
  type Settings,
  type Sizes,
  startServer,
} from "../harness";
import { makeCompany, signIn } from "./company";
import { firstLoadBytes } from "./scripts";

const here = import.meta.dirname;
const root = path.resolve(here, "../..");
/** Gzip that a list or detail page may load beyond what Next itself needs. */
const allowance = 15 * 1_024;
const rowsShown = 50;

/** @param adminUrl owner of a PostgreSQL where a database may be made and dropped again */
export async function benchPage(
  adminUrl: string,
  settings: Settings,
): Promise<({ name: string; outcome: Outcome } | Sizes)[]> {
  if (!existsSync(path.join(root, ".next/BUILD_ID"))) throw new Error("There is no build to measure: npm run build");
  const server = await prepareTestServer(adminUrl, { keepTemplate: false });
  const folder = mkdtempSync(path.join(tmpdir(), "damso-bench-"));
  mkdirSync(path.join(folder, "files"));
  const stops: (() => Promise<void>)[] = [];
  try {
    const database = await createTestDatabase(server, `${server.prefix}page`);
    const owner = new pg.Client({ connectionString: database.DATABASE_URL, options: "-c timezone=UTC" });
    await owner.connect();
    stops.push(() => owner.end());
    await makeCompany(owner, settings.quick ? 200 : 10_000);

    const limit = await startServer(path.join(here, "limit.ts"), {
      NODE_ENV: "production",
      BENCH_APP: build(settings),
    });
    stops.push(limit.stop);
    const product = await startServer(path.join(here, "product.ts"), {
      ...database,
      NODE_ENV: "production",
      HOST: "127.0.0.1",
      DAMSO_KEYRING: path.join(folder, "keyring"),
      DAMSO_FILES: `file:${path.join(folder, "files")}`,
      DAMSO_SPOOL: path.join(folder, "spool"),
      DAMSO_MAIL: path.join(folder, "mail"),
    });
    stops.push(product.stop);

    const origin = `http://127.0.0.1:${product.port}`;
    const cookie = await signIn(origin);
    const deep = await deepPage(origin, cookie, settings.quick ? 2 : 150);
    const minimal = one("Next's minimal page", limit, "/");
    const list = (name: string, address: string, row: RegExp) => one(name, product, address, { cookie, row, owner });
    const first = list("/placements", "/placements", /href="\/placements\/[0-9a-f-]{36}"/g);
    const contestants = [minimal, first, list("/channels", "/channels", /href="\/channels\/[0-9a-f-]{36}"/g)];
    const cursors = [first, list("/placements, deep cursor", deep, /href="\/placements\/[0-9a-f-]{36}"/g)];
    const many = { ...settings, connections: Math.min(16, settings.connections) };
    return [
      { name: `page, ${many.connections} connections`, outcome: await compare(contestants, many) },
      { name: "page, one at a time", outcome: await compare(contestants, { ...settings, connections: 1 }) },
      { name: "page, deep cursor, one at a time", outcome: await compare(cursors, { ...settings, connections: 1 }) },
      await sizes(`http://127.0.0.1:${limit.port}`, origin, cookie, owner),
    ];
  } finally {
    for (const stop of stops.reverse()) await stop();
    await clearTestServer(server);
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Builds the minimal app in a folder that is not the project's, but finds its packages. */
function build(settings: Settings): string {
  const folder = path.join(root, ".damso/bench/page");
  cpSync(path.join(here, "limit"), folder, { recursive: true });
  settings.say?.("next build bench/page/limit");
  execFileSync(process.execPath, [path.join(root, "node_modules/next/dist/bin/next"), "build", folder], {
    env: { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" },
    stdio: ["ignore", "ignore", "inherit"],
  });
  return folder;
}

type Started = Awaited<ReturnType<typeof startServer>>;

/** A page of a server that runs already. With rows, the page must show fifty of them. */
function one(
  name: string,
  { child, port }: Started,
  address: string,
  list?: { cookie: string; row: RegExp; owner: pg.Client },
): Contestant {
  const running: Running = {
    port,
    path: address,
    status: 200,
    headers: list ? { Cookie: list.cookie } : {},
    pids: async () => [child.pid ?? 0, ...(list ? await backends(list.owner) : [])],
    check: async () => {
      if (!list) return null;
      const page = await fetch(`http://127.0.0.1:${port}${address}`, { headers: { cookie: list.cookie } });
      const rows = new Set((await page.text()).match(list.row)).size;
      return page.status === 200 && rows === rowsShown ? null : `${page.status} with ${rows} rows`;
    },
    stop: async () => undefined,
  };
  return { name, start: async () => running };
}

/** The address after so many times "next". */
async function deepPage(origin: string, cookie: string, pages: number): Promise<string> {
  let address = "/placements";
  for (let page = 0; page < pages; page += 1) {
    const html = await (await fetch(`${origin}${address}`, { headers: { cookie } })).text();
    const next = /href="(\/placements\?after=[^"]+)"/.exec(html)?.[1];
    if (!next) throw new Error(`${address} leads no further`);
    address = next.replaceAll("&amp;", "&");
  }
  return address;
}

async function sizes(limit: string, origin: string, cookie: string, owner: pg.Client): Promise<Sizes> {
  const floor = await firstLoadBytes(limit, "/");
  const { rows } = await owner.query<{ placement: string; channel: string }>(
    "SELECT id AS placement, channel_id AS channel FROM placements ORDER BY created_at DESC LIMIT 1",
  );
  const pages = {
    "/": "/",
    "/placements": "/placements",
    "/placements/[id]": `/placements/${rows[0]?.placement}`,
    "/channels": "/channels",
    "/channels/[id]": `/channels/${rows[0]?.channel}`,
    "/dealers": "/dealers",
    "/monitor": "/monitor",
    "/people": "/people",
    "/audit": "/audit",
  };
  const found = [{ what: "Next's minimal page", bytes: floor, most: floor }];
  for (const [what, address] of Object.entries(pages)) {
    found.push({ what, bytes: await firstLoadBytes(origin, address, cookie), most: floor + allowance });
  }
  return { name: "page, first-load JavaScript (gzip)", sizes: found };
}

/** PostgreSQL's processes that work for the console. */
async function backends(owner: pg.Client): Promise<number[]> {
  const { rows } = await owner.query<{ pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'damso'",
  );
  return rows.map((row) => row.pid);
}
