// The SQL of an entry: its columns, the conditions of a filter, and who or what its ids mean.
import { isIP } from "node:net";
import { addDays, kstDayStart } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { dealerBySlug } from "@/lib/dealers/directory";
import { userHandle } from "@/lib/keyring";
import { defaultLocale } from "@/lib/locale";
import { loadMessages } from "@/lib/messages";
import { Prisma } from "@/prisma/generated/client";
import type { AuditCursor, AuditFilter } from "./schema";

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

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** As the database answers: who and what in columns. */
export type Flat = { actorKind: string; actorId: string; targetKind: string; targetId: string };

export const columns = Prisma.sql`e.id, e.at, (extract(epoch FROM e.at) * 1000000)::float8 AS micros, l.seq::float8 AS seq, encode(l.hash, 'hex') AS hash, e.action,
  e.actor_kind AS "actorKind", e.actor_id AS "actorId", e.address, e.subject, e.target_kind AS "targetKind", e.target_id AS "targetId", e.result, e.reason, e.body`;

/** Entries under conditions, in their order of time. */
export async function select(tx: Tx, where: Prisma.Sql[], order: "ASC" | "DESC", most: number): Promise<AuditRow[]> {
  const direction = order === "ASC" ? Prisma.sql`ASC` : Prisma.sql`DESC`;
  const rows = await tx.$queryRaw<(Omit<AuditRow, "actor" | "target"> & Flat)[]>`
    SELECT ${columns} FROM audit_events e LEFT JOIN LATERAL (SELECT seq, hash FROM audit_links WHERE event_id = e.id LIMIT 1) l ON true
    WHERE ${Prisma.join(where, " AND ")} ORDER BY e.at ${direction}, e.id ${direction} LIMIT ${most}`;
  return rows.map(unflatten);
}

export function unflatten({
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

/** The condition that a page begins where its neighbour ended. */
export function edge(place: { after?: AuditCursor | undefined; before?: AuditCursor | undefined }): Prisma.Sql[] {
  const instant = (micros: number) => Prisma.sql`(timestamptz 'epoch' + ${micros}::float8 * interval '1 microsecond')`;
  if (place.before) return [Prisma.sql`(e.at, e.id) > (${instant(place.before.at)}, ${place.before.id}::uuid)`];
  if (place.after) return [Prisma.sql`(e.at, e.id) < (${instant(place.after.at)}, ${place.after.id}::uuid)`];
  return [];
}

/** A filter as conditions. */
export async function conditions(tx: Tx, organizationId: string, filter: AuditFilter): Promise<Prisma.Sql[]> {
  const where = [Prisma.sql`e.organization_id = ${organizationId}::uuid`];
  if (filter.from) where.push(Prisma.sql`e.at >= ${kstDayStart(filter.from)}`);
  if (filter.to) where.push(Prisma.sql`e.at < ${kstDayStart(addDays(filter.to, 1))}`);
  if (filter.actor) where.push(Prisma.sql`e.actor_id = ${filter.actor}`);
  if (filter.group) where.push(Prisma.sql`e.action = ANY (${actionsOf(filter.group)})`);
  if (filter.result) where.push(Prisma.sql`e.result = ${filter.result}`);
  if (filter.q) where.push(await matching(tx, organizationId, filter.q));
  return where;
}

/** The actions of a noun: those that have a phrase, and every recorded one has (actions.test.ts). An index finds them. */
function actionsOf(group: string): string[] {
  const { audit } = loadMessages(defaultLocale);
  const actions = typeof audit === "object" && typeof audit.actions === "object" ? audit.actions : {};
  const verbs = Object.hasOwn(actions, group) ? actions[group] : {};
  return Object.keys(typeof verbs === "object" ? verbs : {}).map((verb) => `${group}.${verb}`);
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
  const own = Prisma.sql`SELECT event_id AS id FROM audit_links WHERE organization_id = ${organizationId}::uuid`;
  const readings: Prisma.Sql[] = [];
  if (/^\d{1,15}번?$/.test(text)) readings.push(Prisma.sql`(${own} AND seq = ${Number.parseInt(text, 10)}::bigint)`);
  if (/^[0-9a-f]{8,64}$/.test(text))
    readings.push(Prisma.sql`(${own} AND starts_with(encode(hash, 'hex'), ${text}) LIMIT 50)`);
  const rows = await tx.$queryRaw<{ id: string }[]>`${Prisma.join(readings, " UNION ALL ")}`;
  return rows.map((row) => row.id);
}

/** The handles a user_key has: one per channel, since only its keyed form is stored. */
async function handlesOf(tx: Tx, organizationId: string, userKey: string): Promise<string[]> {
  if (!/^[\w-]{5,64}$/.test(userKey)) return [];
  const channels = await tx.channel.findMany({ select: { id: true } });
  return channels.map(({ id }) => userHandle(organizationId, id, userKey).toString("hex"));
}

/** Fills in who and what the ids mean, in one query for a page. */
export async function named(tx: Tx, rows: AuditRow[]): Promise<AuditRow[]> {
  const ids = [...new Set(rows.flatMap((row) => [row.actor.id, row.target.id]))].filter((id) => uuid.test(id));
  if (ids.length === 0) return rows;
  const found = await tx.$queryRaw<{ kind: string; id: string; name: string }[]>`
    SELECT 'person' AS kind, id::text, name FROM persons WHERE id = ANY (${ids}::uuid[])
    UNION ALL SELECT 'organization', id::text, name FROM organizations WHERE id = ANY (${ids}::uuid[])
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
