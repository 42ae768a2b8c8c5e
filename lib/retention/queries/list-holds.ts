import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { type Day, kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import type { HoldState } from "../rules/hold";
import type { ListHolds } from "../schema/hold";
import { coveredCount, type HeldScope, mostCounted } from "./hold-coverage";

const pageSize = 50;

export type HoldRow = HeldScope & {
  id: string;
  number: number;
  title: string;
  ownerName: string;
  reviewOn: Day;
  placedAt: Date;
  /** Sessions that it covered when it was placed. */
  covered: number;
  state: HoldState;
  releasedAt: Date | null;
  channelName: string | null;
  /** Sessions that it covers, or would: counted up to 10,000. */
  sessions: number;
  more: boolean;
};
export type HoldPage = { items: HoldRow[]; previous: string | null; next: string | null };

type Found = Omit<HoldRow, "sessions" | "more">;

/** A page of holds, newest first. @throws Forbidden */
export function listHolds(actor: Actor, filter: ListHolds, now: Date): Promise<HoldPage> {
  return read(actor, "hold:read", async (tx) => {
    const back = filter.before && !filter.after ? readCursor(filter.before) : null;
    const cursor = back ?? readCursor(filter.after);
    const where = conditions(filter, kstDay(now));
    if (cursor)
      where.push(
        Prisma.sql`(h.placed_at, h.id) ${back ? Prisma.sql`>` : Prisma.sql`<`} (${cursor.at}, ${cursor.id}::uuid)`,
      );
    const order = back ? Prisma.sql`h.placed_at, h.id` : Prisma.sql`h.placed_at DESC, h.id DESC`;
    const found = await holdRows(tx, where, order, pageSize + 1);
    const more = found.length > pageSize;
    const page = found.slice(0, pageSize);
    if (back) page.reverse();
    return {
      items: await withCounts(tx, page),
      previous: (back ? more : cursor !== null) ? cursorOf(page[0]) : null,
      next: back || more ? cursorOf(page.at(-1)) : null,
    };
  });
}

/** The holds that stand, those to be reviewed first: for the overview. At most ten. @throws Forbidden */
export function listActiveHolds(actor: Actor): Promise<HoldRow[]> {
  return read(actor, "hold:read", async (tx) =>
    withCounts(
      tx,
      await holdRows(
        tx,
        [Prisma.sql`h.organization_id = damso_organization()`, Prisma.sql`NOT ${released}`],
        Prisma.sql`h.review_on, h.id`,
        10,
      ),
    ),
  );
}

const answered = (outcome: Prisma.Sql) =>
  Prisma.sql`EXISTS (SELECT 1 FROM hold_releases r WHERE r.organization_id = h.organization_id AND r.hold_id = h.id AND r.outcome ${outcome})`;
const released = answered(Prisma.sql`= 'approved'`);
const asked = answered(Prisma.sql`IS NULL`);

function conditions(filter: ListHolds, today: Day): Prisma.Sql[] {
  const where = [Prisma.sql`h.organization_id = damso_organization()`];
  if (filter.state === "released") where.push(released);
  else if (filter.state) where.push(Prisma.sql`NOT ${released}`);
  if (filter.state === "asked") where.push(asked);
  if (filter.state === "review") where.push(Prisma.sql`h.review_on <= ${today}::date`);
  if (filter.q) {
    const number = /^(?:LH-)?0*(\d{1,9})$/i.exec(filter.q)?.[1];
    const pattern = `%${filter.q.normalize("NFC").replace(/[\\%_]/g, "\\$&")}%`;
    where.push(Prisma.sql`(h.title ILIKE ${pattern} OR h.number = ${number ? Number(number) : -1})`);
  }
  return where;
}

function holdRows(tx: Tx, where: readonly Prisma.Sql[], order: Prisma.Sql, most: number): Promise<Found[]> {
  return tx.$queryRaw<Found[]>`
    SELECT h.id, h.number, h.title, h.scope, h.session_id AS "sessionId", h.channel_id AS "channelId", h.user_handle AS "userHandle",
      h.opened_from::text AS "openedFrom", h.opened_to::text AS "openedTo", h.review_on::text AS "reviewOn", h.placed_at AS "placedAt", h.covered,
      coalesce(p.name, '–') AS "ownerName", c.name AS "channelName", x.closed_at AS "releasedAt",
      CASE WHEN x.id IS NOT NULL THEN 'released' WHEN ${asked} THEN 'asked' ELSE 'active' END AS state
    FROM holds h LEFT JOIN persons p ON p.id = h.owner_id LEFT JOIN channels c ON c.id = h.channel_id
      LEFT JOIN hold_releases x ON x.organization_id = h.organization_id AND x.hold_id = h.id AND x.outcome = 'approved'
    WHERE ${Prisma.join([...where], " AND ")} ORDER BY ${order} LIMIT ${most}`;
}

/** One statement for all of a page's counts. */
async function withCounts(tx: Tx, rows: readonly Found[]): Promise<HoldRow[]> {
  if (rows.length === 0) return [];
  const each = rows.map(
    (row) => Prisma.sql`SELECT ${row.id}::uuid AS id, ${coveredCount(row, mostCounted)} AS sessions`,
  );
  const counts = await tx.$queryRaw<{ id: string; sessions: number }[]>`${Prisma.join(each, " UNION ALL ")}`;
  const byId = new Map(counts.map(({ id, sessions }) => [id, sessions]));
  return rows.map((row) => {
    const sessions = byId.get(row.id) ?? 0;
    const more = row.scope !== "channel" && sessions > mostCounted;
    return { ...row, sessions: more ? mostCounted : sessions, more };
  });
}

function cursorOf(row: Found | undefined): string | null {
  return row ? `${row.placedAt.getTime()}.${row.id}` : null;
}

function readCursor(cursor: string | undefined): { at: Date; id: string } | null {
  const match = /^(\d{1,13})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor ?? "");
  return match?.[1] && match[2] ? { at: new Date(Number(match[1])), id: match[2] } : null;
}
