// What a run must have left behind, whatever befell it (trust.md 6, I1 to I7): each with the number of times it is broken.
import { createHash } from "node:crypto";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import type pg from "pg";
import { openSessionKeys } from "@/lib/archive/seal";
import { read } from "@/lib/auth/door";
import { storedPath } from "@/lib/storage";
import { asOwner, type Ground, heldOf, until } from "./destroy-ground";
import { gapsInChains } from "./drill-verdicts";

export type Verdict = [string, number];

/** Judges one run that is over. */
export async function judgeRun(ground: Ground): Promise<Verdict[]> {
  const { company, initial, due, runId } = ground;
  const held = new Set([...ground.held, ...(await heldOf(company))]);
  await settled(company.id);
  return asOwner(async (owner) => {
    const ids = async (sql: string, values: unknown[] = [company.id]) =>
      (await owner.query<{ id: string }>(sql, values)).rows.map(({ id }) => id);
    const left = new Set(await ids("SELECT id::text FROM consult_sessions WHERE organization_id = $1"));
    const graves = await ids("SELECT session_id::text AS id FROM tombstones WHERE organization_id = $1");
    const gone = new Set(graves);
    const marked = await ids(
      "SELECT subject_id::text AS id FROM destruction_items WHERE destruction_id = $1 AND state = 'destroyed'",
      [runId],
    );
    const journal = journalOf(company.id);
    return [
      ["initial neither there nor gone", [...initial.keys()].filter((id) => !left.has(id) && !gone.has(id)).length],
      ["both there and gone", [...left].filter((id) => gone.has(id)).length],
      ["gone or there, but never brought", [...left, ...gone].filter((id) => !initial.has(id)).length],
      ["ids gone twice", graves.length - gone.size + marked.length - new Set(marked).size],
      ["certificates and tombstones differ", differ(new Set(marked), gone)],
      ["journal and tombstones differ", differ(new Set(journal), gone) + journal.length - new Set(journal).size],
      ["I6 held and gone", [...held].filter((id) => gone.has(id) || !left.has(id)).length],
      ["I7 not due and gone", [...gone].filter((id) => !due.includes(id)).length],
      ["I7 due, unheld and still there", due.filter((id) => left.has(id) && !held.has(id)).length],
      ["torn: there without key, messages or files", await torn(owner, ground, [...left])],
      ["remains of what is gone", await remains(owner, [...gone], company.id)],
      ["ledger entries besides one right one", await ledgerFaults(owner, runId, marked)],
      ["I3 batches do not add up to what is gone", await batchFaults(owner, runId, gone.size)],
      ["I10 gaps in the chain", await gapsInChains(owner)],
    ];
  });
}

const differ = (one: ReadonlySet<string>, other: ReadonlySet<string>) =>
  [...one].filter((id) => !other.has(id)).length + [...other].filter((id) => !one.has(id)).length;

/** The clerks of the journal and the store have told and removed what is gone. */
async function settled(organizationId: string): Promise<void> {
  await until(
    async (owner) => {
      const { rows } = await owner.query<{ removals: number; gone: number }>(
        `SELECT (SELECT count(*)::int FROM file_removals WHERE organization_id = $1) AS removals,
           (SELECT count(*)::int FROM tombstones WHERE organization_id = $1) AS gone`,
        [organizationId],
      );
      return { ...rows[0], told: journalOf(organizationId).length };
    },
    ({ removals, gone, told }) => removals === 0 && told >= (gone ?? 0),
  );
}

function journalOf(organizationId: string): string[] {
  const file = path.join(process.env.DAMSO_KEYRING ?? "", organizationId, "destroyed.ndjson");
  if (!existsSync(file)) return [];
  // What a crash cut off is no line, and is told again.
  const lines = readFileSync(file, "utf8").matchAll(/^\{"session":"([0-9a-f-]{36})",.*\}$/gm);
  return [...lines].map(([, id = ""]) => id);
}

const storedAt = (fileId: string) =>
  path.join((process.env.DAMSO_FILES ?? "").replace(/^file:/, ""), storedPath(fileId));

async function torn(owner: pg.Client, { company, initial }: Ground, left: string[]): Promise<number> {
  const { rows } = await owner.query<{ id: string; messages: number }>(
    "SELECT session_id::text AS id, count(*)::int AS messages FROM messages WHERE session_id = ANY($1::uuid[]) GROUP BY 1",
    [left],
  );
  const counted = new Map(rows.map(({ id, messages }) => [id, messages]));
  const clerk = { kind: "job", name: "trust", organizationId: company.id } as const;
  const keys = await read(clerk, "retention:reckon", (tx) => openSessionKeys(tx, company.id, left));
  const files = await owner.query<{ fileId: string; keyed: boolean }>(
    `SELECT a.file_id AS "fileId", EXISTS (SELECT FROM file_keys k WHERE k.attachment_id = a.id) AS keyed
     FROM attachments a WHERE a.session_id = ANY($1::uuid[]) AND a.file_id IS NOT NULL`,
    [left],
  );
  return (
    left.filter((id) => !keys.get(id) || (counted.get(id) ?? 0) !== initial.get(id)).length +
    files.rows.filter(({ fileId, keyed }) => !keyed || !existsSync(storedAt(fileId))).length
  );
}

/** Ciphertext on a shelf whose month is over goes with its shelf: without a key it says nothing. */
async function remains(owner: pg.Client, gone: string[], organizationId: string): Promise<number> {
  const { rows } = await owner.query<{ n: number }>(
    `SELECT ((SELECT count(*) FROM session_keys WHERE session_id = ANY($1::uuid[]))
       + (SELECT count(*) FROM attachments WHERE session_id = ANY($1::uuid[]))
       + (SELECT count(*) FROM session_marks WHERE session_id = ANY($1::uuid[]))
       + (SELECT count(*) FROM looks WHERE session_id = ANY($1::uuid[]))
       + (SELECT count(*) FROM messages WHERE session_id = ANY($1::uuid[]) AND shelf IN ('open', 'held'))
       + (SELECT count(*) FROM file_keys k WHERE k.organization_id = $2 AND NOT EXISTS (SELECT FROM attachments a WHERE a.id = k.attachment_id))
       + (SELECT count(*) FROM file_removals WHERE organization_id = $2))::int AS n`,
    [gone, organizationId],
  );
  return rows[0]?.n ?? -1;
}

async function ledgerFaults(owner: pg.Client, runId: string, marked: readonly string[]): Promise<number> {
  const { rows } = await owner.query<{ count: number; digest: string }>(
    "SELECT count, digest FROM ledger_entries WHERE destruction_id = $1",
    [runId],
  );
  const digest = createHash("sha256")
    .update([...marked].sort().join("\n"))
    .digest("hex");
  const right = rows.filter((entry) => entry.count === marked.length && entry.digest === digest).length;
  return Math.abs(rows.length - 1) + Math.abs(right - 1);
}

async function batchFaults(owner: pg.Client, runId: string, gone: number): Promise<number> {
  const { rows } = await owner.query<{ batches: number; finished: number }>(
    `SELECT coalesce(sum((body::json ->> 'sessions')::int) FILTER (WHERE action = 'destruction.batch'), 0)::int AS batches,
       count(*) FILTER (WHERE action = 'destruction.finished')::int AS finished FROM audit_events WHERE target_id = $1`,
    [runId],
  );
  return Math.abs((rows[0]?.batches ?? 0) - gone) + Math.abs((rows[0]?.finished ?? 0) - 1);
}
