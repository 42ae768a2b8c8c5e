// Proves a chain: links set-wise in SQL, MACs by pages in Node, since their key lies outside the database.
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

const chainChunk = 250_000;
const macPage = 5_000;
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
    onProgress?.(Math.floor(done / 2), scope.seq);
  };
  const found = await Promise.all([
    checkLinks(actor, scope, advance),
    checkMacs(actor, scope.seq, advance),
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

type Scope = Pick<Verification, "seq" | "hash" | "unsealed"> & { root: Buffer; head: { seq: number; hash: string } };

/** Where the chain stands, in one snapshot. */
async function scopeOf(tx: Tx, organizationId: string): Promise<Scope> {
  const [row] = await tx.$queryRaw<
    {
      seq: bigint;
      hash: string;
      root: Uint8Array;
      headSeq: bigint;
      headHash: string;
      waiting: bigint;
      oldest: Date | null;
    }[]
  >`SELECT coalesce(l.seq, 0) AS seq, encode(coalesce(l.hash, o.root), 'hex') AS hash, o.root,
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
    root: Buffer.from(row.root),
    head: { seq: Number(row.headSeq), hash: row.headHash },
    unsealed: { count: Number(row.waiting), oldestAt: row.oldest },
  };
}

/** Numbers without gaps, each link on the one before, each hash over its stored entry, the last one as the head says. */
async function checkLinks(actor: Actor, scope: Scope, advance: (count: number) => void): Promise<Fault | null> {
  let before: { seq: number; hash: Uint8Array } = { seq: 0, hash: scope.root };
  while (before.seq < scope.seq) {
    const to = Math.min(before.seq + chainChunk, scope.seq);
    const chunk = await read(actor, "audit:verify", (tx) => linkChunk(tx, actor.organizationId, before, to));
    if (chunk.fault) return chunk.fault;
    if (chunk.last === null) return { kind: "gap", seq: before.seq + 1, eventId: null };
    advance(to - before.seq);
    before = { seq: to, hash: chunk.last };
  }
  const agrees = scope.head.seq === scope.seq && scope.head.hash === scope.hash;
  return agrees ? null : { kind: "head", seq: Math.min(scope.head.seq, scope.seq) + 1, eventId: null };
}

async function linkChunk(
  tx: Tx,
  organizationId: string,
  before: { seq: number; hash: Uint8Array },
  to: number,
): Promise<{ fault: Fault | null; last: Uint8Array | null }> {
  // Compiling costs more than it gives; the LATERAL keeps a chunk to look-ups by key, however long the log is.
  await tx.$queryRaw`SELECT set_config('jit', 'off', true)`;
  const [row] = await tx.$queryRaw<
    { seq: bigint | null; kind: FaultKind; eventId: string; last: Uint8Array | null }[]
  >`WITH link AS (
      SELECT l.seq, l.event_id, l.hash, l.previous,
        lag(l.seq, 1, ${before.seq}::bigint) OVER w AS seq_before, lag(l.hash, 1, ${Uint8Array.from(before.hash)}::bytea) OVER w AS hash_before
      FROM audit_links l WHERE l.organization_id = ${organizationId}::uuid AND l.seq > ${before.seq}::bigint AND l.seq <= ${to}::bigint
      WINDOW w AS (ORDER BY l.seq)
    ), checked AS (
      SELECT k.seq, k.seq_before, k.event_id, CASE
          WHEN k.seq <> k.seq_before + 1 THEN 'gap'
          WHEN e.digest IS NULL THEN 'missing'
          WHEN k.hash <> sha256(k.previous || e.digest) THEN 'changed'
          WHEN k.previous <> k.hash_before THEN 'broken'
        END AS kind
      FROM link k LEFT JOIN LATERAL (
        SELECT damso_audit_digest(e) AS digest FROM audit_events e WHERE e.id = k.event_id AND e.organization_id = ${organizationId}::uuid LIMIT 1
      ) e ON true
    ), bad AS (
      SELECT min(seq) AS seq FROM checked WHERE kind IS NOT NULL
    )
    SELECT CASE WHEN c.kind = 'gap' THEN c.seq_before + 1 ELSE c.seq END AS seq, c.kind, c.event_id AS "eventId",
      (SELECT hash FROM audit_links WHERE organization_id = ${organizationId}::uuid AND seq = ${to}::bigint) AS last
    FROM bad LEFT JOIN checked c ON c.seq = bad.seq`;
  const fault = row && row.seq !== null ? { kind: row.kind, seq: Number(row.seq), eventId: row.eventId } : null;
  return { fault, last: row?.last ?? null };
}

/** The first linked entry whose MAC is not ours. */
async function checkMacs(actor: Actor, seq: number, advance: (count: number) => void): Promise<Fault | null> {
  const page = (from: number) =>
    from < seq
      ? read(actor, "audit:verify", (tx) => macTexts(tx, actor.organizationId, from, Math.min(from + macPage, seq)))
      : null;
  // The next page is fetched while this one is checked.
  let next = page(0);
  for (let from = 0; from < seq; from += macPage) {
    const lines = await next;
    next = page(from + macPage);
    const forged = lines && firstForged(lines);
    if (forged) {
      await next;
      return forged;
    }
    advance(Math.min(macPage, seq - from));
  }
  return null;
}

/** One line per entry: number, id, MAC and text, apart by spaces. The text is JSON: it holds no line break. */
async function macTexts(tx: Tx, organizationId: string, after: number, to: number): Promise<string> {
  const [row] = await tx.$queryRaw<{ lines: string | null }[]>`
    SELECT string_agg(concat_ws(' ', l.seq, e.id, encode(e.mac, 'hex'), damso_audit_text(e)), E'\n' ORDER BY l.seq) AS lines
    FROM audit_links l JOIN audit_events e ON e.id = l.event_id AND e.organization_id = l.organization_id
    WHERE l.organization_id = ${organizationId}::uuid AND l.seq > ${after}::bigint AND l.seq <= ${to}::bigint`;
  return row?.lines ?? "";
}

function firstForged(lines: string): Fault | null {
  for (const line of lines.split("\n")) {
    const [seq = "", eventId = "", mac = ""] = line.split(" ", 3);
    const text = line.slice(seq.length + eventId.length + mac.length + 3);
    if (line !== "" && !isMac(mac, text)) return { kind: "forged", seq: Number(seq) || null, eventId };
  }
  return null;
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
