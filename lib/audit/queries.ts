import { isIP } from "node:net";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { addDays, kstDayStart } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { dealerBySlug } from "@/lib/dealers/directory";
import { userHandle } from "@/lib/keyring";
import { Prisma } from "@/prisma/generated/client";
import { type AuditCursor, type AuditFilter, type Verdict, verdictSchema } from "./schema";

/** An entry as lists show it. `name` is who or what an id means today, where it is still there. */
export type AuditRow = {
  id: string;
  at: Date;
  /** Microseconds since the epoch: with the id, the entry's place in lists. */
  micros: number;
  /** Number and hash (hex) in the chain; null until sealed. */
  seq: number | null;
  hash: string | null;
  action: string;
  actor: { kind: string; id: string; name: string | null };
  address: string;
  subject: string;
  target: { kind: string; id: string; name: string | null };
  result: string;
  reason: string;
  body: string;
};

/** One entry with what its chain says of it (hashes in hex). */
export type AuditDetail = AuditRow & {
  digest: string;
  previous: string | null;
  sealedAt: Date | null;
  person: { email: string; role: string | null } | null;
};

export type AuditPage = { rows: AuditRow[]; newer: AuditCursor | null; older: AuditCursor | null };

const pageSize = 50;
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

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

export type LastVerification = Verdict & { at: Date; by: AuditRow["actor"] };

/** The newest verification on record, or null before the first. */
export async function getLastVerification(actor: Actor): Promise<LastVerification | null> {
  return read(actor, "audit:read", async (tx) => {
    const [row] = await select(
      tx,
      [Prisma.sql`e.organization_id = ${actor.organizationId}::uuid`, Prisma.sql`e.action = 'audit.verified'`],
      "DESC",
      1,
    );
    if (!row) return null;
    const verdict = verdictSchema.safeParse(JSON.parse(row.body));
    const [event] = await named(tx, [row]);
    return verdict.success && event ? { ...verdict.data, at: row.at, by: event.actor } : null;
  });
}

/** Where the chain stands now, and what waits for the sealer. */
export async function getChainHead(actor: Actor): Promise<{ seq: number; hash: string; unsealed: number }> {
  return read(actor, "audit:read", async (tx) => {
    const [row] = await tx.$queryRaw<{ seq: bigint; hash: string; unsealed: bigint }[]>`
      SELECT coalesce(h.seq, 0) AS seq, encode(coalesce(h.hash, damso_audit_root(${actor.organizationId}::uuid)), 'hex') AS hash,
        (SELECT count(*) FROM (SELECT e.id FROM audit_events e WHERE e.organization_id = ${actor.organizationId}::uuid ORDER BY e.at DESC, e.id DESC LIMIT 1000) n
          WHERE NOT EXISTS (SELECT 1 FROM audit_links l WHERE l.event_id = n.id)) AS unsealed
      FROM (SELECT 1) one LEFT JOIN audit_heads h ON h.organization_id = ${actor.organizationId}::uuid`;
    return { seq: Number(row?.seq ?? 0), hash: row?.hash ?? "", unsealed: Number(row?.unsealed ?? 0) };
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

type Flat = { actorKind: string; actorId: string; targetKind: string; targetId: string };

const columns = Prisma.sql`e.id, e.at, (extract(epoch FROM e.at) * 1000000)::float8 AS micros, l.seq::float8 AS seq, encode(l.hash, 'hex') AS hash, e.action,
  e.actor_kind AS "actorKind", e.actor_id AS "actorId", e.address, e.subject, e.target_kind AS "targetKind", e.target_id AS "targetId", e.result, e.reason, e.body`;

async function select(tx: Tx, where: Prisma.Sql[], order: "ASC" | "DESC", most: number): Promise<AuditRow[]> {
  const direction = order === "ASC" ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const rows = await tx.$queryRaw<(Omit<AuditRow, "actor" | "target"> & Flat)[]>`
    SELECT ${columns} FROM audit_events e LEFT JOIN audit_links l ON l.event_id = e.id
    WHERE ${Prisma.join(where, " AND ")} ORDER BY e.at ${direction}, e.id ${direction} LIMIT ${most}`;
  return rows.map(unflatten);
}

function unflatten({
  actorKind,
  actorId,
  targetKind,
  targetId,
  ...row
}: Omit<AuditRow, "actor" | "target"> & Flat): AuditRow {
  return {
    ...row,
    actor: { kind: actorKind, id: actorId, name: null },
    target: { kind: targetKind, id: targetId, name: null },
  };
}

function edge(place: { after?: AuditCursor | undefined; before?: AuditCursor | undefined }): Prisma.Sql[] {
  const instant = (micros: number) => Prisma.sql`(timestamptz 'epoch' + ${micros}::float8 * interval '1 microsecond')`;
  if (place.before) return [Prisma.sql`(e.at, e.id) > (${instant(place.before.at)}, ${place.before.id}::uuid)`];
  if (place.after) return [Prisma.sql`(e.at, e.id) < (${instant(place.after.at)}, ${place.after.id}::uuid)`];
  return [];
}

async function conditions(tx: Tx, organizationId: string, filter: AuditFilter): Promise<Prisma.Sql[]> {
  const where = [Prisma.sql`e.organization_id = ${organizationId}::uuid`];
  if (filter.from) where.push(Prisma.sql`e.at >= ${kstDayStart(filter.from)}`);
  if (filter.to) where.push(Prisma.sql`e.at < ${kstDayStart(addDays(filter.to, 1))}`);
  if (filter.actor) where.push(Prisma.sql`e.actor_id = ${filter.actor}`);
  if (filter.group) where.push(Prisma.sql`e.action LIKE ${`${filter.group}.%`}`);
  if (filter.result) where.push(Prisma.sql`e.result = ${filter.result}`);
  if (filter.q) where.push(await matching(tx, organizationId, filter.q));
  return where;
}

/** A search is exact, and each of its readings has an index (an address is looked for along the list). */
async function matching(tx: Tx, organizationId: string, text: string): Promise<Prisma.Sql> {
  if (isIP(text)) return Prisma.sql`e.address = ${text}`;
  const subjects = [text, ...(await handlesOf(tx, organizationId, text))];
  const ids = await linkedAs(tx, organizationId, text.replaceAll(/[\s,]/g, "").toLowerCase());
  return Prisma.sql`(e.target_id = ${text} OR (e.subject <> '' AND e.subject = ANY (${subjects})) OR e.id = ANY (${ids}::uuid[]))`;
}

/** Entries that an id, a number in the chain or the beginning of a link's hash means. */
async function linkedAs(tx: Tx, organizationId: string, text: string): Promise<string[]> {
  if (uuid.test(text)) return [text];
  if (!/^(\d{1,15}번?|[0-9a-f]{8,64})$/.test(text)) return [];
  const seq = /^\d{1,15}번?$/.test(text) ? Number.parseInt(text, 10) : -1;
  const prefix = /^[0-9a-f]{8,64}$/.test(text) ? text : "-";
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT event_id AS id FROM audit_links WHERE organization_id = ${organizationId}::uuid AND seq = ${seq}::bigint
    UNION ALL
    (SELECT event_id FROM audit_links WHERE organization_id = ${organizationId}::uuid AND starts_with(encode(hash, 'hex'), ${prefix}) LIMIT 50)`;
  return rows.map((row) => row.id);
}

/** The handles a user_key has: one per channel, since only its keyed form is stored. */
async function handlesOf(tx: Tx, organizationId: string, userKey: string): Promise<string[]> {
  if (!/^[\w-]{5,64}$/.test(userKey)) return [];
  const channels = await tx.channel.findMany({ select: { id: true } });
  return channels.map(({ id }) => userHandle(organizationId, id, userKey).toString("hex"));
}

/** Fills in who and what the ids mean, in one query for a page. */
async function named(tx: Tx, rows: AuditRow[]): Promise<AuditRow[]> {
  const ids = [...new Set(rows.flatMap((row) => [row.actor.id, row.target.id]))].filter((id) => uuid.test(id));
  if (ids.length === 0) return rows;
  const found = await tx.$queryRaw<{ kind: string; id: string; name: string }[]>`
    SELECT 'person' AS kind, id::text, name FROM persons WHERE id = ANY (${ids}::uuid[])
    UNION ALL SELECT 'channel', id::text, name FROM channels WHERE id = ANY (${ids}::uuid[])
    UNION ALL SELECT 'placement', id::text, name FROM placements WHERE id = ANY (${ids}::uuid[])
    UNION ALL SELECT 'connection', c.id::text, coalesce(h.dealer, c.format) FROM dealer_connections c JOIN channels h ON h.id = c.channel_id WHERE c.id = ANY (${ids}::uuid[])`;
  const names = new Map(
    found.map(({ kind, id, name }) => [id, kind === "connection" ? (dealerBySlug(name)?.name ?? name) : name]),
  );
  return rows.map((row) => ({
    ...row,
    actor: { ...row.actor, name: names.get(row.actor.id) ?? null },
    target: { ...row.target, name: names.get(row.target.id) ?? null },
  }));
}

async function personOf(tx: Tx, event: AuditRow): Promise<AuditDetail["person"]> {
  if (event.actor.kind !== "person") return null;
  const [person] = await tx.$queryRaw<{ email: string; role: string | null }[]>`
    SELECT p.email, (SELECT m.role::text FROM memberships m WHERE m.person_id = p.id AND m.organization_id = damso_organization()) AS role
    FROM persons p WHERE p.id::text = ${event.actor.id}`;
  return person ?? null;
}
