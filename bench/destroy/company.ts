// The company whose consultations are destroyed: written as the owner, half of them over, 20 messages each.
import { randomUUID } from "node:crypto";
import type pg from "pg";
import type { JobActor, PersonActor } from "@/lib/auth/actor";
import { addMonths, kstDay } from "@/lib/clock";

export const perSession = 20;
const channels = 4;

export type BenchCompany = { organizationId: string; officer: PersonActor; job: JobActor; shelf: string; live: string };

/** An organization with channels, rings and shelves, and nothing in them. */
export async function openCompany(owner: pg.Client, slug: string, now: Date): Promise<BenchCompany> {
  const organizationId = randomUUID();
  await owner.query("INSERT INTO organizations (id, slug, name) VALUES ($1, $2, $2)", [organizationId, slug]);
  await owner.query(
    "INSERT INTO channels (organization_id, search_id, name) SELECT $1::uuid, $2 || n, 'c' || n FROM generate_series(1, $3::int) n",
    [organizationId, slug, channels],
  );
  await owner.query("INSERT INTO ring_keys (organization_id, name) VALUES ($1, 'due-over'), ($1, 'due-later')", [
    organizationId,
  ]);
  const month = `${kstDay(now).slice(0, 7)}-01` as const;
  const shelf = addMonths(month, -1).slice(0, 7);
  const live = addMonths(month, 12).slice(0, 7);
  for (const one of [shelf, live]) await owner.query("SELECT damso_make_shelf($1)", [one]);
  return {
    organizationId,
    officer: {
      ...{ kind: "person", personId: randomUUID(), organizationId, role: "COMPLIANCE_OFFICER" },
      ...{ signInId: randomUUID(), address: "192.0.2.18" },
    },
    job: { kind: "job", name: "destructions", organizationId },
    ...{ shelf, live },
  };
}

/** Sessions with their keys; every second one is over. Messages only where `messages` says so. */
export async function fill(
  owner: pg.Client,
  company: BenchCompany,
  sessions: number,
  { messages }: { messages: boolean },
): Promise<void> {
  const { organizationId, shelf, live } = company;
  await owner.query("SET synchronous_commit = off");
  for (let from = 0; from < sessions; from += 20_000) {
    const last = Math.min(sessions, from + 20_000) - 1;
    await owner.query(
      `WITH ways AS (SELECT array_agg(id ORDER BY search_id) AS ids FROM channels WHERE organization_id = $1
       ), added AS (
         INSERT INTO consult_sessions (organization_id, channel_id, connection_id, external_id, user_handle, user_sealed, opened_by, opened_at, ended_at,
           last_message_at, message_count, shelf, due_on, promised_on, ordinary_due_on, waits_for, reckoned)
         SELECT $1, ids[1 + (n / 2) % ${channels}], $1, 's' || n, sha256(int8send(n)), sha256(int8send(n)), 'message', day - 400, day - 400, day - 400,
           ${perSession}, place, day, day, day, NULL, 1
         FROM ways, generate_series($2::bigint, $3::bigint) n,
           LATERAL (SELECT CASE WHEN n % 2 = 0 THEN $4 ELSE $5 END AS place) p, LATERAL (SELECT (place || '-01')::date + (n / 2 % 28)::int AS day) d
         RETURNING id, shelf, ended_at
       ), keyed AS (
         INSERT INTO session_keys (session_id, organization_id, ring, wrapped)
         SELECT id, $1, CASE WHEN shelf = $4 THEN 'due-over' ELSE 'due-later' END, sha256(id::text::bytea) FROM added
       )
       INSERT INTO messages (shelf, organization_id, session_id, direction, kind, at, sealed)
       SELECT shelf, $1, id, 'in', 'text', ended_at + m * interval '1 minute', decode(repeat(md5(id::text || m), 13), 'hex')
       FROM added, generate_series(1, $6::int) m`,
      [organizationId, from, last, shelf, live, messages ? perSession : 0],
    );
  }
  await owner.query("RESET synchronous_commit");
}

/** What one thinks of first: two tables, a foreign key that cascades, an index under it. */
export async function copyPlain(owner: pg.Client, { organizationId, shelf, live }: BenchCompany): Promise<void> {
  await owner.query(`CREATE TABLE plain_sessions (LIKE consult_sessions INCLUDING DEFAULTS, PRIMARY KEY (id));
    CREATE TABLE plain_messages (LIKE messages INCLUDING DEFAULTS);
    SET synchronous_commit = off`);
  await owner.query("INSERT INTO plain_sessions SELECT * FROM consult_sessions WHERE organization_id = $1", [
    organizationId,
  ]);
  for (const one of [shelf, live]) {
    await owner.query("INSERT INTO plain_messages SELECT * FROM messages WHERE shelf = $1", [one]);
  }
  await owner.query(`ALTER TABLE plain_messages ADD PRIMARY KEY (id);
    CREATE INDEX ON plain_messages (session_id, at);
    CREATE INDEX ON plain_messages (organization_id);
    CREATE INDEX ON plain_sessions (organization_id, due_on, id);
    ALTER TABLE plain_messages ADD FOREIGN KEY (session_id) REFERENCES plain_sessions (id) ON DELETE CASCADE;
    ANALYZE plain_sessions, plain_messages;
    RESET synchronous_commit`);
}
