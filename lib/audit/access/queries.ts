import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { addDays, kstDayStart } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import type { AccessFilter } from "./schema";

/** An access record with its five items; `actorName` is whom the id means today. */
export type AccessRow = {
  id: string;
  at: Date;
  actorKind: string;
  actorId: string;
  actorName: string | null;
  address: string;
  /** Keyed handle in hex, "" for a list of several. */
  subject: string;
  action: string;
  sessionId: string | null;
  purpose: string;
  reason: string;
  count: number;
};
export type AccessPage = { items: AccessRow[]; previous: string | null; next: string | null };

const pageSize = 50;
const columns = Prisma.sql`a.id, a.at, a.actor_kind AS "actorKind", a.actor_id AS "actorId", p.name AS "actorName", a.address, a.subject, a.action,
  a.session_id AS "sessionId", a.purpose, a.reason, a.count`;
export const accessColumns = columns;
const sources = Prisma.sql`access_records a LEFT JOIN persons p ON a.actor_kind = 'person' AND p.id::text = a.actor_id`;

/** A page of access records, newest first. */
export function listAccessRecords(actor: Actor, filter: AccessFilter): Promise<AccessPage> {
  return read(actor, "access-record:read", async (tx) => {
    const back = filter.before !== undefined && filter.after === undefined;
    const cursor = readCursor(back ? filter.before : filter.after);
    const where = conditions(filter);
    if (cursor)
      where.push(Prisma.sql`(a.at, a.id) ${back ? Prisma.sql`>` : Prisma.sql`<`} (${cursor.at}, ${cursor.id}::uuid)`);
    const order = back ? Prisma.sql`a.at, a.id` : Prisma.sql`a.at DESC, a.id DESC`;
    const found = await tx.$queryRaw<AccessRow[]>`
      SELECT ${columns} FROM ${sources} WHERE ${Prisma.join(where, " AND ")} ORDER BY ${order} LIMIT ${pageSize + 1}`;
    const more = found.length > pageSize;
    const items = back ? found.slice(0, pageSize).reverse() : found.slice(0, pageSize);
    return {
      items,
      previous: (back ? more : cursor !== null) ? cursorOf(items[0]) : null,
      next: back || more ? cursorOf(items.at(-1)) : null,
    };
  });
}

/** How many a filter leaves, counted up to `most` + 1. */
export async function countAccessRecords(tx: Tx, filter: AccessFilter, most: number): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM (SELECT 1 FROM access_records a WHERE ${Prisma.join(conditions(filter), " AND ")} LIMIT ${most + 1}) n`;
  return row?.count ?? 0;
}

/** All of a filter, oldest first, at most `most`. */
export function selectAccessRecords(tx: Tx, filter: AccessFilter, most: number): Promise<AccessRow[]> {
  return tx.$queryRaw<AccessRow[]>`
    SELECT ${columns} FROM ${sources} WHERE ${Prisma.join(conditions(filter), " AND ")} ORDER BY a.at, a.id LIMIT ${most}`;
}

/** The persons who stand in the records, also former ones: choices of the filter. */
export function listAccessActors(actor: Actor): Promise<{ id: string; name: string }[]> {
  return read(
    actor,
    "access-record:read",
    (tx) => tx.$queryRaw<{ id: string; name: string }[]>`
      SELECT p.id::text AS id, p.name FROM persons p JOIN memberships m ON m.person_id = p.id
      WHERE m.organization_id = damso_organization() ORDER BY p.name, p.id LIMIT 500`,
  );
}

function conditions(filter: AccessFilter): Prisma.Sql[] {
  const where = [Prisma.sql`a.organization_id = damso_organization()`];
  if (filter.from) where.push(Prisma.sql`a.at >= ${kstDayStart(filter.from)}`);
  if (filter.to) where.push(Prisma.sql`a.at < ${kstDayStart(addDays(filter.to, 1))}`);
  if (filter.actor) where.push(Prisma.sql`a.actor_id = ${filter.actor}`);
  if (filter.action) where.push(Prisma.sql`a.action = ${filter.action}`);
  if (filter.q) {
    where.push(
      /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(filter.q)
        ? Prisma.sql`a.session_id = ${filter.q}::uuid`
        : // Hex digits sort alike in every collation, so that the index serves the beginning of a handle.
          Prisma.sql`a.subject >= ${filter.q} AND a.subject < ${`${filter.q}g`}`,
    );
  }
  return where;
}

function cursorOf(row: AccessRow | undefined): string | null {
  return row ? `${row.at.getTime()}_${row.id}` : null;
}

function readCursor(text: string | undefined): { at: Date; id: string } | null {
  const [at, id] = text?.split("_") ?? [];
  return at && id ? { at: new Date(Number(at)), id } : null;
}
