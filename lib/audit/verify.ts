// Proves a chain, page by page: links set-wise in SQL, MACs in Node, since their key lies outside the database.
import { timingSafeEqual } from "node:crypto";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import type { Checkpoint } from "./checkpoint";
import { textMac } from "./record";

/**
 * What can be wrong, at the first entry where it shows:
 * gap: a number is missing · missing: an entry was deleted · changed: an entry was edited · broken: links were reordered or replaced ·
 * forged: an entry the product did not write · skipped: an entry was put in past the sealer · head: the chain does not end where its head says ·
 * cut: shorter than the checkpoint · rebuilt: other hashes than the checkpoint saw, at or before its entry
 */
export type FaultKind = "gap" | "missing" | "changed" | "broken" | "forged" | "skipped" | "head" | "cut" | "rebuilt";
export type Fault = { kind: FaultKind; seq: number | null; eventId: string | null };

export type Verification = {
  organizationId: string;
  sound: boolean;
  /** Linked entries that were checked. */
  entries: number;
  seq: number;
  /** Hash of the last link, hex. */
  hash: string;
  unsealed: { count: number; oldestAt: Date | null };
  fault: Fault | null;
  milliseconds: number;
};

type Options = { checkpoint?: Checkpoint; onProgress?: (done: number, total: number) => void };

const pageSize = 5_000;
/** Pages that the database works on while one is checked here. */
const pagesAhead = 2;
/** Unlinked entries whose MAC is looked at; more than a second's worth wait only while the sealer is down. */
const mostUnsealed = 5_000;

/**
 * Verifies an organization's chain, and that it holds what a checkpoint kept elsewhere saw.
 * Reads only. Entries committed while it runs are left to the next run.
 */
export async function verifyChain(actor: Actor, options: Options = {}): Promise<Verification> {
  const started = performance.now();
  const scope = await read(actor, "audit:verify", (tx) => scopeOf(tx, actor.organizationId));
  const { checkpoint, onProgress } = options;
  let done = 0;
  const advance = (count: number) => {
    done += count;
    onProgress?.(done, scope.seq);
  };
  const found = await Promise.all([
    checkPages(actor, scope, advance),
    read(actor, "audit:verify", (tx) => checkUnsealed(tx, actor.organizationId)),
    checkpoint ? read(actor, "audit:verify", (tx) => compare(tx, actor.organizationId, checkpoint, scope.seq)) : null,
  ]);
  const fault = earliest(found.flatMap((fault) => fault ?? []));
  const { seq, hash, unsealed } = scope;
  const milliseconds = Math.round(performance.now() - started);
  return {
    organizationId: actor.organizationId,
    sound: !fault,
    entries: seq,
    seq,
    hash,
    unsealed,
    fault,
    milliseconds,
  };
}

type Scope = Pick<Verification, "seq" | "hash" | "unsealed"> & { head: { seq: number; hash: string } };

/** Where the chain stands, in one snapshot. */
async function scopeOf(tx: Tx, organizationId: string): Promise<Scope> {
  const [row] = await tx.$queryRaw<
    {
      seq: bigint;
      hash: string;
      headSeq: bigint;
      headHash: string;
      waiting: bigint;
      oldest: Date | null;
    }[]
  >`SELECT coalesce(l.seq, 0) AS seq, encode(coalesce(l.hash, o.root), 'hex') AS hash,
      coalesce(h.seq, 0) AS "headSeq", encode(coalesce(h.hash, o.root), 'hex') AS "headHash", w.waiting, w.oldest
    FROM (SELECT damso_audit_root(${organizationId}::uuid) AS root) o
    LEFT JOIN audit_heads h ON h.organization_id = ${organizationId}::uuid
    LEFT JOIN LATERAL (SELECT seq, hash FROM audit_links WHERE organization_id = ${organizationId}::uuid ORDER BY seq DESC LIMIT 1) l ON true
    CROSS JOIN LATERAL (SELECT count(*) AS waiting, min(e.at) AS oldest FROM audit_events e
      WHERE e.organization_id = ${organizationId}::uuid AND NOT EXISTS (SELECT 1 FROM audit_links k WHERE k.event_id = e.id)) w`;
  if (!row) throw new Error("The audit log gave no answer");
  return {
    seq: Number(row.seq),
    hash: row.hash,
    head: { seq: Number(row.headSeq), hash: row.headHash },
    unsealed: { count: Number(row.waiting), oldestAt: row.oldest },
  };
}

/** Every link and entry by pages, some of them asked for ahead; the first fault in the chain's order. */
async function checkPages(actor: Actor, scope: Scope, advance: (count: number) => void): Promise<Fault | null> {
  const ask = (from: number) =>
    from < scope.seq
      ? [
          read(actor, "audit:verify", (tx) =>
            checkPage(tx, actor.organizationId, from, Math.min(from + pageSize, scope.seq)),
          ),
        ]
      : [];
  const ahead = Array.from({ length: pagesAhead }, (_, n) => ask(n * pageSize)).flat();
  let fault: Fault | null = null;
  for (let from = 0; from < scope.seq && !fault; from += pageSize) {
    const page = await ahead.shift();
    ahead.push(...ask(from + pagesAhead * pageSize));
    if (!page) break;
    fault = earliest([page.fault, firstForged(page.lines)].flatMap((found) => found ?? []));
    advance(Math.min(pageSize, scope.seq - from));
  }
  await Promise.all(ahead);
  if (fault) return fault;
  const agrees = scope.head.seq === scope.seq && scope.head.hash === scope.hash;
  return agrees ? null : { kind: "head", seq: Math.min(scope.head.seq, scope.seq) + 1, eventId: null };
}

/**
 * Links after `from` up to `to`, set-wise: numbers without gaps, each on the one before, each hash over its stored entry.
 * `lines` is one line per entry for its MAC: number, id, MAC, text, apart by spaces; the text is JSON and holds no line break.
 */
async function checkPage(
  tx: Tx,
  organizationId: string,
  from: number,
  to: number,
): Promise<{ fault: Fault | null; lines: string }> {
  // Compiling costs more than it gives; the LATERAL keeps a page to look-ups by key, however long the log is.
  await tx.$queryRaw`SELECT set_config('jit', 'off', true)`;
  const [row] = await tx.$queryRaw<
    { seq: bigint | null; kind: FaultKind | null; eventId: string | null; last: bigint | null; lines: string | null }[]
  >`WITH link AS (
      SELECT l.seq, l.event_id, l.hash, l.previous, lag(l.seq) OVER w AS seq_before, lag(l.hash) OVER w AS hash_before
      FROM audit_links l WHERE l.organization_id = ${organizationId}::uuid AND l.seq >= ${from}::bigint AND l.seq <= ${to}::bigint
      WINDOW w AS (ORDER BY l.seq)
    ), checked AS (
      SELECT k.seq, k.event_id, e.mac, e.text, CASE
          WHEN k.seq <> coalesce(k.seq_before, CASE WHEN ${from} = 0 THEN 0 ELSE -1 END) + 1 THEN 'gap'
          WHEN e.text IS NULL THEN 'missing'
          WHEN k.hash <> sha256(k.previous || sha256(convert_to(e.text, 'UTF8') || e.mac)) THEN 'changed'
          WHEN k.previous <> coalesce(k.hash_before, damso_audit_root(${organizationId}::uuid)) THEN 'broken'
        END AS kind, coalesce(k.seq_before + 1, ${Math.max(from, 1)}) AS expected
      FROM link k LEFT JOIN LATERAL (
        SELECT e.mac, damso_audit_text(e) AS text FROM audit_events e
        WHERE e.id = k.event_id AND e.organization_id = ${organizationId}::uuid LIMIT 1
      ) e ON true
      WHERE k.seq > ${from}::bigint
    )
    SELECT (array_agg(CASE WHEN kind = 'gap' THEN expected ELSE seq END ORDER BY seq) FILTER (WHERE kind IS NOT NULL))[1]::bigint AS seq,
      (array_agg(kind ORDER BY seq) FILTER (WHERE kind IS NOT NULL))[1] AS kind,
      (array_agg(event_id ORDER BY seq) FILTER (WHERE kind IS NOT NULL))[1]::text AS "eventId",
      max(seq) AS last, string_agg(concat_ws(' ', seq, event_id, encode(mac, 'hex'), text), E'\n') AS lines
    FROM checked`;
  const lines = row?.lines ?? "";
  if (row?.kind && row.seq !== null) {
    return { fault: { kind: row.kind, seq: Number(row.seq), eventId: row.kind === "gap" ? null : row.eventId }, lines };
  }
  const last = Number(row?.last ?? from);
  return { fault: last < to ? { kind: "gap", seq: last + 1, eventId: null } : null, lines };
}

/** The first entry whose MAC is not ours. Entries that are missing have no MAC in their line. */
function firstForged(lines: string): Fault | null {
  const forged: Fault[] = [];
  for (const line of lines === "" ? [] : lines.split("\n")) {
    const [seq = "", eventId = "", mac = ""] = line.split(" ", 3);
    const text = line.slice(seq.length + eventId.length + mac.length + 3);
    if (text !== "" && !isMac(mac, text)) forged.push({ kind: "forged", seq: Number(seq) || null, eventId });
  }
  return earliest(forged);
}

function isMac(hex: string, text: string): boolean {
  const given = Buffer.from(hex, "hex");
  const expected = textMac(text);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

/** Entries without a link: none that the sealer's last look had seen, none that is not ours. */
async function checkUnsealed(tx: Tx, organizationId: string): Promise<Fault | null> {
  const [skipped] = await tx.$queryRaw<{ id: string }[]>`
    SELECT e.id FROM audit_heads h JOIN audit_events e ON e.organization_id = h.organization_id
    WHERE h.organization_id = ${organizationId}::uuid
      AND NOT EXISTS (SELECT 1 FROM audit_links l WHERE l.event_id = e.id)
      AND pg_snapshot_xmax(pg_current_snapshot()) >= pg_snapshot_xmax(h.sealed_through)
      -- Seen by the last look and yet left out, or from a transaction that never was.
      AND (pg_visible_in_snapshot(e.xact, h.sealed_through) OR e.xact >= pg_snapshot_xmax(pg_current_snapshot()))
    ORDER BY e.at, e.id LIMIT 1`;
  if (skipped) return { kind: "skipped", seq: null, eventId: skipped.id };
  const [row] = await tx.$queryRaw<{ lines: string | null }[]>`
    SELECT string_agg(concat_ws(' ', 0, e.id, encode(e.mac, 'hex'), damso_audit_text(e)), E'\n' ORDER BY e.at, e.id) AS lines
    FROM (SELECT e.* FROM audit_events e WHERE e.organization_id = ${organizationId}::uuid
      AND NOT EXISTS (SELECT 1 FROM audit_links l WHERE l.event_id = e.id) ORDER BY e.at, e.id LIMIT ${mostUnsealed}) u
    JOIN audit_events e ON e.id = u.id`;
  return firstForged(row?.lines ?? "");
}

/** The entry a checkpoint saw is there with the hash it had then. */
async function compare(tx: Tx, organizationId: string, point: Checkpoint, seq: number): Promise<Fault | null> {
  if (point.seq > seq) return { kind: "cut", seq: seq + 1, eventId: null };
  if (point.seq === 0) return null;
  const [row] = await tx.$queryRaw<{ hash: string; eventId: string }[]>`
    SELECT encode(hash, 'hex') AS hash, event_id AS "eventId" FROM audit_links
    WHERE organization_id = ${organizationId}::uuid AND seq = ${point.seq}::bigint`;
  if (row?.hash === point.hash) return null;
  return { kind: "rebuilt", seq: point.seq, eventId: row?.eventId ?? null };
}

/** The fault with the lowest number; of several there, the first found. Those without a number come last. */
function earliest(faults: Fault[]): Fault | null {
  return faults.sort((a, b) => (a.seq ?? Number.MAX_SAFE_INTEGER) - (b.seq ?? Number.MAX_SAFE_INTEGER))[0] ?? null;
}
