// What the database holds, seen with the owner's eyes: to prove that something did happen, and that nothing else did.
import pg from "pg";

let connecting: Promise<pg.Client> | undefined;

/** The owner's connection of this worker to the database of the server under test. */
export function owner(): Promise<pg.Client> {
  connecting ??= (async () => {
    const url = process.env.DATABASE_URL;
    if (!url) throw new Error("The trust suite needs DATABASE_URL of the server under test: npm run check gives it.");
    const client = new pg.Client({ connectionString: url, options: "-c timezone=UTC" });
    client.on("error", (error) => console.error(error.message));
    await client.connect();
    return client;
  })();
  return connecting;
}

export async function rows<T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T[]> {
  return (await (await owner()).query<T>(text, values)).rows;
}

export async function row<T extends pg.QueryResultRow>(text: string, values: unknown[] = []): Promise<T> {
  const [first] = await rows<T>(text, values);
  if (!first) throw new Error(`No row: ${text}`);
  return first;
}

/** Everything in the database as text: every row of every table with its partitions, bytes in hex. */
export async function dumpOf(): Promise<string> {
  const tables = await rows<{ name: string }>(
    `SELECT format('%I.%I', n.nspname, c.relname) AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE c.relkind = 'r' AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_t%' ORDER BY 1`,
  );
  const parts: string[] = [];
  for (const { name } of tables)
    parts.push(
      (await row<{ text: string | null }>(`SELECT string_agg(t::text, E'\\n') AS text FROM ${name} t`)).text ?? "",
    );
  return parts.join("\n");
}

/** Not part of what people changed: the log of it, its chain, jobs, and mail on its way. */
const apart = [
  ...["audit_events", "audit_links", "audit_heads", "job_runs", "access_records"],
  // What a machine saw of pages, and what it was asked to look at.
  ...["presence_checks", "presence_latest", "presence_requests"],
  // What the clerks of retention keep up by themselves.
  ...["due_days", "ring_keys", "ring_destructions", "file_removals", "destruction_forecasts"],
];
/** Columns that clerks move some seconds after what a person did. */
const clerks: Readonly<Record<string, readonly string[]>> = {
  holds: ["applied_at", "lifted_at"],
  consult_sessions: [
    ...["due_on", "promised_on", "ordinary_due_on", "policy_version_id", "reckoned", "waits_for", "shelf", "held_at"],
  ],
  messages: ["shelf"],
  session_keys: ["ring", "wrapped"],
  file_keys: ["ring", "wrapped"],
  attachments: ["state", "reason", "tries", "due_on"],
  transcript_exports: [
    ...["started_at", "lease_until", "written", "finished_at", "file_id", "bytes", "sha256", "expires_at"],
    "password_sealed",
  ],
};
/** Columns that move by being looked at, or while a letter is on its way. */
const moving = ["last_seen_at", "body", "attempts", "next_try_at", "sent_at", "failure"];

/** The clerks' columns of a table as a SQL array. */
function ownOf(table: string): string {
  return `ARRAY[${(clerks[table] ?? []).map((name) => pg.escapeLiteral(name)).join(", ")}]::text[]`;
}

async function organizationTables(): Promise<string[]> {
  const tables = await rows<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attname = 'organization_id'
     WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relnamespace = 'public'::regnamespace ORDER BY 1`,
  );
  return tables.map(({ name }) => name);
}

/** The tables in which a row of this organization holds a text. */
export async function rowsWith(text: string, organizationId: string): Promise<string[]> {
  const parts = (await organizationTables()).map(
    (name) =>
      `SELECT '${name}' AS name WHERE EXISTS (SELECT FROM ${pg.escapeIdentifier(name)} r WHERE organization_id = $1 AND strpos(r::text, $2) > 0)`,
  );
  const found = await rows<{ name: string }>(parts.join(" UNION ALL "), [organizationId, text]);
  return found.map(({ name }) => name);
}

/** One hash per table over every row of these organizations, and over the persons in them. */
export async function stateOf(...organizationIds: string[]): Promise<Record<string, string>> {
  const tables = (await organizationTables()).filter((name) => !apart.includes(name));
  const hashOf = (name: string, condition: string) =>
    `SELECT '${name}' AS name, md5(coalesce(string_agg(t::text, E'\\n' ORDER BY t::text), '')) AS hash FROM
      (SELECT to_jsonb(r) - $2::text[] - ${ownOf(name)} AS t FROM ${pg.escapeIdentifier(name)} r WHERE ${condition}) s`;
  const members = "(SELECT person_id FROM memberships WHERE organization_id = ANY($1::uuid[]))";
  const parts = [
    ...tables.map((name) => hashOf(name, "organization_id = ANY($1::uuid[])")),
    hashOf("organizations", "id = ANY($1::uuid[])"),
    hashOf("persons", `id IN ${members}`),
    hashOf("recovery_codes", `person_id IN ${members}`),
  ];
  const hashes = await rows<{ name: string; hash: string }>(parts.join(" UNION ALL "), [organizationIds, moving]);
  return Object.fromEntries(hashes.map(({ name, hash }) => [name, hash]));
}

/** The tables whose hash differs. */
export function changedTables(before: Record<string, string>, after: Record<string, string>): string[] {
  return Object.keys(after).filter((name) => before[name] !== after[name]);
}

export type Entry = {
  action: string;
  result: string;
  actor: string;
  address: string;
  subject: string;
  target: string;
  reason: string;
  body: string;
  organization: string;
};

/** A moment in the audit log of these organizations, to ask for what came after it. */
export async function auditMark(...organizationIds: string[]): Promise<Set<string>> {
  const found = await rows<{ id: string }>("SELECT id FROM audit_events WHERE organization_id = ANY($1)", [
    organizationIds,
  ]);
  return new Set(found.map(({ id }) => id));
}

/** Entries of these organizations that were not there at `mark`, oldest first. */
export async function entriesSince(mark: Set<string>, ...organizationIds: string[]): Promise<Entry[]> {
  return rows<Entry>(
    `SELECT action, result, actor_kind || ':' || actor_id AS actor, address, subject, target_kind || ':' || target_id AS target, reason, body,
       organization_id AS organization
     FROM audit_events WHERE organization_id = ANY($1) AND id <> ALL($2) ORDER BY at`,
    [organizationIds, [...mark]],
  );
}
