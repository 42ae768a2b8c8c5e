// Audit: appending against an unchained INSERT (goal 0.9), verifying against paging in Node (goal 2) (performance.md D).
import { createHmac, randomUUID } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import pg from "pg";
import { eventText } from "@/lib/audit/record";
import { clearTestServer, createTestDatabase, prepareTestServer } from "@/lib/db/testing";
import { type Contestant, compare, type Outcome, type Settings, startServer } from "../harness";
import { actor } from "./actor";

const here = import.meta.dirname;
const writers = 8;

/** @param adminUrl owner of a PostgreSQL where a database may be made and dropped again */
export async function benchAudit(adminUrl: string, settings: Settings): Promise<{ name: string; outcome: Outcome }[]> {
  const entries = Math.round(Math.min(100_000, Math.max(2_000, settings.seconds * 15_000)));
  return [
    {
      name: `audit append, ${writers} writers`,
      outcome: await within(adminUrl, prepareAppend, "append", { ...settings, connections: writers }),
    },
    {
      name: `audit verify, ${entries} entries`,
      outcome: await within(adminUrl, (owner, keyring) => fill(owner, keyring, entries), "verify", {
        ...settings,
        connections: 1,
      }),
    },
  ];
}

const ways: Record<"append" | "verify", [string, string][]> = {
  append: [
    ["limit", "unchained INSERT"],
    ["product", "product: entry, MAC, sealer"],
    ["plain", "plain: chained under a lock"],
  ],
  verify: [
    ["plain", "plain: paging in Node"],
    ["product", "product: set-wise, with MACs"],
    ["limit", "limit: one statement, no MACs"],
  ],
};

async function within(
  adminUrl: string,
  prepare: (owner: pg.Client, keyring: string) => Promise<void>,
  name: "append" | "verify",
  settings: Settings,
): Promise<Outcome> {
  const server = await prepareTestServer(adminUrl, { keepTemplate: false });
  const folder = mkdtempSync(path.join(tmpdir(), "damso-bench-"));
  try {
    const database = await createTestDatabase(server, `${server.prefix}audit_${name}`);
    const keyring = path.join(folder, "keyring");
    const environment = { ...database, DAMSO_KEYRING: keyring, DAMSO_FILES: `file:${path.join(folder, "files")}` };
    const owner = new pg.Client({ connectionString: database.DATABASE_URL, options: "-c timezone=UTC" });
    await owner.connect();
    try {
      await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, 'bench', 'bench')", [
        actor.organizationId,
      ]);
      await prepare(owner, keyring);
      return await compare(
        ways[name].map(([file, label]) => contestant(name, file, label, environment, owner)),
        settings,
      );
    } finally {
      await owner.end();
    }
  } finally {
    await clearTestServer(server);
    rmSync(folder, { recursive: true, force: true });
  }
}

function contestant(
  bench: "append" | "verify",
  file: string,
  name: string,
  environment: Record<string, string>,
  owner: pg.Client,
): Contestant {
  return {
    name,
    start: async () => {
      const { child, port, stop } = await startServer(path.join(here, bench, `${file}.ts`), environment);
      const backends = async () =>
        (
          await owner.query<{ pid: number }>(
            "SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()",
          )
        ).rows;
      return {
        port,
        path: "/",
        // The ways take turns, so every backend that works in a lap works for the one that runs.
        pids: async () => [child.pid ?? 0, ...(await backends()).map((row) => row.pid)],
        check: async (answered) => {
          const { fault } = (await (await fetch(`http://127.0.0.1:${port}/check`)).json()) as { fault: string | null };
          return fault ?? (bench === "append" ? written(owner, file, answered) : null);
        },
        stop,
      };
    },
  };
}

async function prepareAppend(owner: pg.Client): Promise<void> {
  await owner.query(`CREATE TABLE bench_events (LIKE audit_events INCLUDING ALL);
    CREATE TABLE bench_chain (seq bigint PRIMARY KEY, text text NOT NULL, hash bytea NOT NULL);
    CREATE TABLE bench_heads (seq bigint NOT NULL, hash bytea NOT NULL);
    INSERT INTO bench_heads VALUES (0, '');
    GRANT SELECT, INSERT, UPDATE ON bench_events, bench_chain, bench_heads TO damso_app`);
}

/** Entries written = answers given. */
async function written(owner: pg.Client, file: string, answered: number): Promise<string | null> {
  const table = { limit: "bench_events", plain: "bench_chain", product: "audit_events" }[file];
  const { rows } = await owner.query<{ count: string }>(`SELECT count(*) FROM ${table}`);
  const found = Number(rows[0]?.count);
  return found === answered ? null : `${answered} answered, ${found} written`;
}

/** A log of that many entries, as the product writes them, sealed. */
async function fill(owner: pg.Client, keyring: string, count: number): Promise<void> {
  mkdirSync(keyring, { recursive: true, mode: 0o700 });
  const file = path.join(keyring, "audit.key");
  writeFileSync(file, createHmac("sha256", "bench").update(randomUUID()).digest(), { mode: 0o600 });
  const key = readFileSync(file);
  const first = Date.now() - count * 1_000;
  for (let from = 0; from < count; from += 1_000) {
    const events = Array.from({ length: Math.min(1_000, count - from) }, (_, n) => {
      const event = {
        id: randomUUID(),
        organizationId: actor.organizationId,
        at: (first + (from + n) * 1_000) * 1_000,
        actorKind: "person",
        actorId: randomUUID(),
        address: `10.20.4.${n % 250}`,
        subject: n % 5 === 0 ? randomUUID() : "",
        action: "placement.edited",
        targetKind: "placement",
        targetId: randomUUID(),
        result: "ok",
        reason: n % 5 === 0 ? "분쟁 처리" : "",
        body: '{"fields":["name","location"],"version":3}',
      };
      return { ...event, mac: createHmac("sha256", key).update(eventText(event)).digest("hex") };
    });
    await owner.query(
      `INSERT INTO audit_events (id, organization_id, at, actor_kind, actor_id, address, subject, action, target_kind, target_id, result, reason, body, mac)
       SELECT id, "organizationId", timestamptz 'epoch' + at * interval '1 microsecond', "actorKind", "actorId", address, subject, action, "targetKind", "targetId", result, reason, body, decode(mac, 'hex')
       FROM json_to_recordset($1) AS r (id uuid, "organizationId" uuid, at float8, "actorKind" text, "actorId" text, address text, subject text, action text,
         "targetKind" text, "targetId" text, result text, reason text, body text, mac text)`,
      [JSON.stringify(events)],
    );
  }
  for (let linked = 1; linked > 0; ) {
    linked =
      (await owner.query<{ n: number }>("SELECT damso_audit_seal($1) AS n", [actor.organizationId])).rows[0]?.n ?? 0;
  }
  await owner.query("VACUUM ANALYZE audit_events, audit_links");
}
