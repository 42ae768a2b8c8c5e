import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import { type AuditRow, columns, conditions, edge, type Flat, named, select, unflatten } from "./entry-sql";
import { checkpointedSeq, verdictOf } from "./rules";
import type { AuditCursor, AuditFilter, Verdict } from "./schema";

/** One entry with what its chain says of it (hashes in hex). */
export type AuditDetail = AuditRow & {
  digest: string;
  previous: string | null;
  sealedAt: Date | null;
  person: { email: string; role: string | null } | null;
};

export type AuditPage = { rows: AuditRow[]; newer: AuditCursor | null; older: AuditCursor | null };

const pageSize = 50;

/** Newest first, 50 at a time. @param place what is older than `after` or newer than `before` */
export async function listAuditEvents(
  actor: Actor,
  filter: AuditFilter,
  place: { after?: AuditCursor | undefined; before?: AuditCursor | undefined } = {},
): Promise<AuditPage> {
  return read(actor, "audit:read", async (tx) => {
    const where = await conditions(tx, actor.organizationId, filter);
    const back = place.before !== undefined;
    const found = await select(tx, [...where, ...edge(place)], back ? "ASC" : "DESC", pageSize + 1);
    const more = found.length > pageSize;
    const rows = found.slice(0, pageSize);
    if (back) rows.reverse();
    const first = rows[0];
    const last = rows.at(-1);
    return {
      rows: await named(tx, rows),
      newer: first && (back ? more : place.after !== undefined) ? { at: first.micros, id: first.id } : null,
      older: last && (back || more) ? { at: last.micros, id: last.id } : null,
    };
  });
}

/** What was done since an instant, newest first: for 오늘. */
export async function listRecentEvents(actor: Actor, since: Date, most: number): Promise<AuditRow[]> {
  return read(actor, "audit:read", async (tx) => {
    const rows = await select(
      tx,
      [Prisma.sql`e.organization_id = ${actor.organizationId}::uuid`, Prisma.sql`e.at >= ${since}`],
      "DESC",
      most,
    );
    return named(tx, rows);
  });
}

/** One entry, or null where there is none in this organization. */
export async function getAuditEvent(actor: Actor, id: string): Promise<AuditDetail | null> {
  return read(actor, "audit:read", async (tx) => {
    const [row] = await tx.$queryRaw<
      (Omit<AuditRow, "actor" | "target"> & Flat & { digest: string; previous: string | null; sealedAt: Date | null })[]
    >`SELECT ${columns}, encode(damso_audit_digest(e), 'hex') AS digest, encode(l.previous, 'hex') AS previous, l.sealed_at AS "sealedAt"
      FROM audit_events e LEFT JOIN audit_links l ON l.event_id = e.id
      WHERE e.organization_id = ${actor.organizationId}::uuid AND e.id = ${id}::uuid`;
    if (!row) return null;
    const [event] = await named(tx, [unflatten(row)]);
    if (!event) return null;
    const { digest, previous, sealedAt } = row;
    return { ...event, digest, previous, sealedAt, person: await personOf(tx, event) };
  });
}

/** The persons of the organization, also former ones: the choices of the filter. */
export async function listAuditActors(actor: Actor): Promise<{ id: string; name: string }[]> {
  return read(
    actor,
    "audit:read",
    (tx) =>
      tx.$queryRaw<{ id: string; name: string }[]>`
      SELECT p.id::text AS id, p.name FROM persons p JOIN memberships m ON m.person_id = p.id
      WHERE m.organization_id = ${actor.organizationId}::uuid ORDER BY p.name, p.id LIMIT 500`,
  );
}

export type LastVerification = Verdict & { at: Date };
export type ChainState = {
  /** The newest verification on record, null before the first. */
  last: LastVerification | null;
  /** The newest checkpoint handed out: when, and up to which number. */
  kept: { at: Date; seq: number } | null;
  /** Entries without a link among the newest thousand. */
  unsealed: number;
};

/** What is known of the organization's chain: for the log's banner and for 오늘. */
export async function getChainState(actor: Actor): Promise<ChainState> {
  return read(actor, "audit:read", async (tx) => {
    const newest = async (action: string) => {
      const own = Prisma.sql`e.organization_id = ${actor.organizationId}::uuid`;
      return (await select(tx, [own, Prisma.sql`e.action = ${action}`], "DESC", 1))[0];
    };
    const verified = await newest("audit.verified");
    const verdict = verified ? verdictOf(verified.body) : null;
    const taken = await newest("audit.checkpointed");
    const seq = taken ? checkpointedSeq(taken.body) : null;
    const [row] = await tx.$queryRaw<{ unsealed: bigint }[]>`
      SELECT count(*) AS unsealed
      FROM (SELECT e.id FROM audit_events e WHERE e.organization_id = ${actor.organizationId}::uuid ORDER BY e.at DESC, e.id DESC LIMIT 1000) n
      WHERE NOT EXISTS (SELECT 1 FROM audit_links l WHERE l.event_id = n.id)`;
    return {
      last: verified && verdict ? { ...verdict, at: verified.at } : null,
      kept: taken && seq !== null ? { at: taken.at, seq } : null,
      unsealed: Number(row?.unsealed ?? 0),
    };
  });
}

/** How many entries a filter leaves, before an instant. */
export async function countAuditEvents(actor: Actor, filter: AuditFilter, until: Date): Promise<number> {
  return read(actor, "audit:export", async (tx) => {
    const where = [...(await conditions(tx, actor.organizationId, filter)), Prisma.sql`e.at < ${until}`];
    const [row] = await tx.$queryRaw<{ count: bigint }[]>`
      SELECT count(*) FROM audit_events e LEFT JOIN audit_links l ON l.event_id = e.id WHERE ${Prisma.join(where, " AND ")}`;
    return Number(row?.count ?? 0);
  });
}

/** The entries of a filter, newest first, by pages: memory stays small however many there are. */
export async function* exportAuditEvents(actor: Actor, filter: AuditFilter, until: Date): AsyncGenerator<AuditRow[]> {
  let after: AuditCursor | undefined;
  for (;;) {
    const rows = await read(actor, "audit:export", async (tx) => {
      const where = [...(await conditions(tx, actor.organizationId, filter)), Prisma.sql`e.at < ${until}`];
      return named(tx, await select(tx, [...where, ...edge({ after })], "DESC", 2_000));
    });
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < 2_000) return;
    after = { at: last.micros, id: last.id };
  }
}

async function personOf(tx: Tx, event: AuditRow): Promise<AuditDetail["person"]> {
  if (event.actor.kind !== "person" && event.actor.kind !== "visitor") return null;
  const [person] = await tx.$queryRaw<{ email: string; role: string | null }[]>`
    SELECT p.email, (SELECT m.role::text FROM memberships m WHERE m.person_id = p.id AND m.organization_id = damso_organization()) AS role
    FROM persons p WHERE p.id::text = ${event.actor.id}`;
  return person ?? null;
}
