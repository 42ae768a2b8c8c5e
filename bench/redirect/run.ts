// Redirects: the product against a bare 302 (goal 0.40) and against what Next and Prisma give when nobody thinks (performance.md A).
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import pg from "pg";
import { clearTestServer, createTestDatabase, prepareTestServer } from "@/lib/db/testing";
import { type Contestant, compare, type Outcome, type Settings, startServer } from "../harness";

const code = "pl_bench";
const here = import.meta.dirname;

/** @param adminUrl owner of a PostgreSQL where a database may be made and dropped again */
export async function benchRedirect(
  adminUrl: string,
  settings: Settings,
): Promise<{ name: string; outcome: Outcome }[]> {
  const server = await prepareTestServer(adminUrl, { keepTemplate: false });
  const folder = mkdtempSync(path.join(tmpdir(), "damso-bench-"));
  try {
    const database = await createTestDatabase(server, `${server.prefix}redirect`);
    const owner = new pg.Client({ connectionString: database.DATABASE_URL, options: "-c timezone=UTC" });
    await owner.connect();
    try {
      await prepare(owner);
      const environment = {
        ...database,
        DAMSO_KEYRING: path.join(folder, "keyring"),
        DAMSO_FILES: `file:${path.join(folder, "files")}`,
        DAMSO_SPOOL: path.join(folder, "spool"),
        PORT: "3000",
        HOST: "127.0.0.1",
      };
      settings.say?.("next build bench/redirect/plain");
      const next = path.resolve(here, "../../node_modules/next/dist/bin/next");
      execFileSync(process.execPath, [next, "build", path.join(here, "plain")], {
        env: { ...process.env, NODE_ENV: "production", DATABASE_URL: database.DATABASE_URL },
        stdio: ["ignore", "ignore", "inherit"],
      });
      const contestants = [limit, product(environment, owner), plain(database.DATABASE_URL, owner)];
      const many = await compare(contestants, settings);
      await owner.query("TRUNCATE presses, press_days, press_company_days, press_hours");
      const one = await compare(contestants.slice(0, 2), { ...settings, connections: 1 });
      return [
        { name: `redirect, ${settings.connections} connections`, outcome: many },
        { name: "redirect, one at a time", outcome: one },
      ];
    } finally {
      await owner.end();
    }
  } finally {
    await clearTestServer(server);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function prepare(owner: pg.Client): Promise<void> {
  await owner.query(`WITH o AS (INSERT INTO organizations (slug, name) VALUES ('bench', 'bench') RETURNING id),
    c AS (INSERT INTO channels (organization_id, search_id, name) SELECT id, 'bench', 'bench' FROM o RETURNING id, organization_id),
    g AS (INSERT INTO channel_go_lives (channel_id, organization_id, person_id) SELECT id, organization_id, gen_random_uuid() FROM c)
    INSERT INTO placements (organization_id, channel_id, code, name, medium, owner_id) SELECT organization_id, id, '${code}', 'bench', 'web', gen_random_uuid() FROM c`);
}

const limit: Contestant = {
  name: "bare node:http 302",
  start: async () => {
    const { child, port, stop } = await startServer(path.join(here, "limit.ts"), {});
    return { port, path: `/b/${code}`, pids: async () => [child.pid ?? 0], check: async () => null, stop };
  },
};

function product(environment: Record<string, string>, owner: pg.Client): Contestant {
  return {
    name: "product: spool, batch, roll-up",
    start: async () => {
      const { child, port, stop } = await startServer(path.join(here, "product.ts"), environment);
      return {
        port,
        path: `/b/${code}`,
        pids: async () => [child.pid ?? 0, ...(await backends(owner, "damso presses"))],
        check: (answered) => recorded(owner, "visitor_hash IS NOT NULL", answered),
        stop,
      };
    },
  };
}

function plain(url: string, owner: pg.Client): Contestant {
  return {
    name: "plain: Next route and Prisma",
    start: async () => {
      const named = new URL(url);
      named.searchParams.set("application_name", "plain");
      const { child, port, stop } = await startServer(path.join(here, "plain.ts"), {
        DATABASE_URL: named.href,
        NODE_ENV: "production",
      });
      return {
        port,
        path: `/b/${code}`,
        pids: async () => [child.pid ?? 0, ...(await backends(owner, "plain"))],
        check: async () => null,
        stop,
      };
    },
  };
}

/** PostgreSQL's processes that work for somebody. */
async function backends(owner: pg.Client, application: string): Promise<number[]> {
  const { rows } = await owner.query<{ pid: number }>(
    "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND application_name = $1",
    [application],
  );
  return rows.map((row) => row.pid);
}

/** Rows recorded = 302s answered, and the roll-up = a recount. */
async function recorded(owner: pg.Client, ours: string, answered: number): Promise<string | null> {
  for (let attempt = 0; ; attempt += 1) {
    const { rows } = await owner.query<{ rows: number; rolled: number }>(
      `SELECT count(*)::int AS rows, least((SELECT coalesce(sum(presses), 0) FROM press_days), (SELECT coalesce(sum(presses), 0) FROM press_company_days),
        (SELECT coalesce(sum(presses), 0) FROM press_hours))::int AS rolled FROM presses WHERE ${ours}`,
    );
    const found = rows[0] ?? { rows: 0, rolled: 0 };
    if (found.rows === answered && found.rolled === answered) return null;
    if (attempt === 50) return `${answered} answered, ${found.rows} recorded, ${found.rolled} rolled up`;
    await pause(100);
  }
}
