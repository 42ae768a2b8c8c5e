import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, expect, it } from "vitest";
import { change } from "@/lib/auth/door";
import { closeDatabase } from "@/lib/db/client";
import { listRings } from "@/lib/keyring";
import { ingestEvents } from "@/lib/transcripts/commands/ingest-events";
import type { ConsultEvent } from "@/lib/transcripts/schema";
import { destroySessions } from "./destroy";
import { replayJournal, writeJournal } from "./journal";
import { reckonDue } from "./reckoning";
import { sweepRings } from "./rings";
import { openMessage, openSessionKey } from "./seal";
import { type ArchiveCompany, openArchive } from "./testing";

const dayMs = 86_400_000;
const marker = `비밀표시-${randomUUID()}`;
const userKey = "MZjEVK4x18_V";
let company: ArchiveCompany;
beforeAll(async () => {
  company = await openArchive();
  const { rows } = await company.owner.query("SELECT rolsuper FROM pg_roles WHERE rolname = current_user");
  if (!rows[0]?.rolsuper)
    throw new Error("This test reads the server's files: its database must belong to a superuser");
});
afterAll(async () => {
  await company.owner.end();
  await closeDatabase();
});

const column = async (sql: string, values: unknown[] = []): Promise<string[]> =>
  (await company.owner.query<{ one: string }>(sql, values)).rows.map(({ one }) => one);

/** Every row of every table as text, as a dump has it. */
async function dump(): Promise<string> {
  const tables = await column(
    "SELECT format('%I.%I', schemaname, tablename) AS one FROM pg_tables WHERE schemaname = 'public'",
  );
  const rows: string[] = [];
  for (const table of tables) rows.push(...(await column(`SELECT t::text AS one FROM ${table} t`)));
  return rows.join("\n");
}

/** In how many of the files the bytes stand. */
async function filesWith(files: string, bytes: Buffer): Promise<number> {
  const found = await column(
    `SELECT count(*)::text AS one FROM (${files}) f (path) WHERE position($1::bytea IN pg_read_binary_file(path, true)) > 0`,
    [bytes],
  );
  return Number(found[0]);
}
const wal = "SELECT 'pg_wal/' || name FROM pg_ls_waldir()";
const pages = `SELECT pg_relation_filepath(c.oid) FROM pg_class c WHERE c.relkind = 'r' AND (c.oid IN ('consult_sessions'::regclass, 'session_keys'::regclass)
  OR c.oid IN (SELECT relid FROM pg_partition_tree('messages')))`;

type Kept = { ring: string; wrapped: Buffer; direction: string; kind: string; at: Date; sealed: Buffer };
const keptOf = async (id: string): Promise<Kept> => {
  const { rows } = await company.owner.query<Kept>(
    `SELECT k.ring, k.wrapped, m.direction, m.kind, m.at, m.sealed FROM session_keys k JOIN messages m ON m.session_id = k.session_id
     WHERE k.session_id = $1 AND m.direction = 'in'`,
    [id],
  );
  if (!rows[0]) throw new Error("The consultation is not there");
  return rows[0];
};
const opened = (id: string, kept: Kept): unknown => {
  const key = openSessionKey(company.organizationId, id, kept);
  return key && openMessage(key, { ...kept, sessionId: id }, kept.sealed);
};

it("leaves nothing that opens: not with a dump, the log and every key that is left", async () => {
  const { owner, organizationId, job } = company;
  const now = new Date();
  const at = new Date(now.getTime() - 30 * dayMs);
  const externalId = randomUUID();
  await company.policy(5, "days", new Date(at.getTime() - dayMs));
  const { id } = await company.consult(marker, at, new Date(at.getTime() + dayMs), externalId);
  const first = await keptOf(id);
  await reckonDue(job, new Date(at.getTime() + 2 * dayMs));
  const dated = await keptOf(id);
  expect([first.ring.slice(0, 5), dated.ring.slice(0, 4)]).toEqual(["open-", "due-"]);

  const dumped = await dump();
  await owner.query("SELECT pg_switch_wal()");
  // The ciphertext is found where the clear text is not: so the search does find.
  expect(dumped).toContain(dated.sealed.toString("hex"));
  expect(await filesWith(wal, dated.sealed)).toBeGreaterThan(0);
  await owner.query("CHECKPOINT");
  expect(await filesWith(pages, dated.sealed)).toBeGreaterThan(0);
  for (const secret of [marker, userKey]) {
    expect(dumped).not.toContain(secret);
    expect(dumped).not.toContain(Buffer.from(secret).toString("hex"));
    expect(await filesWith(wal, Buffer.from(secret))).toBe(0);
    expect(await filesWith(pages, Buffer.from(secret))).toBe(0);
  }
  expect(opened(id, dated)).toEqual({ text: marker });
  expect(opened(id, first)).toEqual({ text: marker });

  const restorable = ["ring_keys", "consult_sessions", "session_keys"];
  const saved = new Map<string, string[]>();
  for (const table of restorable)
    saved.set(
      table,
      await column(`SELECT to_jsonb(t)::text AS one FROM ${table} t WHERE organization_id = $1`, [organizationId]),
    );

  const run = randomUUID();
  const gone = await change(job, "destruction:run", async (tx, record) => {
    const done = await destroySessions(tx, organizationId, run, [id], now);
    const { sessions, messages, files } = done;
    const body = { number: 1, sessions, messages, files, held: 0, rings: done.rings.length, ids: "" };
    await record({ action: "destruction.batch", target: { kind: "destruction", id: run }, body });
    return done;
  });
  expect(gone).toMatchObject({ sessions: 1, messages: 1, rings: [dated.ring] });
  expect((await sweepRings(job, now)).sort()).toEqual([dated.ring, first.ring].sort());
  expect(listRings(organizationId)).toEqual([]);
  expect(opened(id, dated)).toBeNull();
  expect(opened(id, first)).toBeNull();
  expect(await column("SELECT id AS one FROM consult_sessions WHERE id = $1", [id])).toEqual([]);
  expect(await column("SELECT ring AS one FROM session_keys WHERE session_id = $1", [id])).toEqual([]);
  expect(await column("SELECT name AS one FROM ring_destructions WHERE file_gone_at IS NOT NULL ORDER BY 1")).toEqual(
    [dated.ring, first.ring].sort(),
  );
  expect(
    await column("SELECT sessions::text AS one FROM destroyed_days WHERE organization_id = $1", [organizationId]),
  ).toEqual(["1"]);

  const late: ConsultEvent = {
    ...{ key: "late", digest: "late", kind: "message", sessionId: externalId, userKey, at: now },
    ...{ extra: null, entry: null, reason: null, direction: "in", row: "text", content: { text: marker } },
  };
  expect(await ingestEvents(company.dealer, company.channelId, [late], now)).toMatchObject([
    { stored: false, reason: "destroyed" },
  ]);
  expect(await column("SELECT id AS one FROM consult_sessions WHERE external_id = $1", [externalId])).toEqual([]);

  expect(await writeJournal(job)).toBe(1);
  await owner.query("DELETE FROM tombstones WHERE organization_id = $1", [organizationId]);
  for (const table of restorable)
    for (const row of saved.get(table) ?? [])
      await owner.query(
        `INSERT INTO ${table} SELECT * FROM jsonb_populate_record(NULL::${table}, $1::jsonb) ON CONFLICT DO NOTHING`,
        [row],
      );
  expect(await column("SELECT id::text AS one FROM consult_sessions WHERE id = $1", [id])).toEqual([id]);
  expect(await replayJournal({ kind: "operator", name: "test", organizationId }, now)).toBe(1);
  expect(await column("SELECT id AS one FROM consult_sessions WHERE id = $1", [id])).toEqual([]);
  expect(await replayJournal({ kind: "operator", name: "test", organizationId }, now)).toBe(0);
});
