import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { Prisma } from "@/prisma/generated/client";
import { destructionState } from "../rules/destruction";
import type { DestructionRow } from "../rules/destruction-view";
import type { ListDestructions } from "../schema/destruction";

const pageSize = 50;

type Found = Omit<DestructionRow, "state"> & { had: string[] };
export type DestructionPage = { items: DestructionRow[]; previous: string | null; next: string | null };

/** The same words as destructionState. */
function within(state: ListDestructions["state"], now: Date): Prisma.Sql {
  const open = Prisma.sql`(NOT h.had && ARRAY['finished', 'stopped', 'cancelled', 'rejected'] AND ('started' = ANY(h.had) OR d.valid_until > ${now}))`;
  switch (state) {
    case "open":
      return Prisma.sql`AND ${open}`;
    case "over":
      return Prisma.sql`AND NOT ${open}`;
    case "finished":
      return Prisma.sql`AND 'finished' = ANY(h.had)`;
    case "stopped":
      return Prisma.sql`AND 'stopped' = ANY(h.had) AND NOT 'finished' = ANY(h.had)`;
    case "dropped":
      return Prisma.sql`AND NOT 'started' = ANY(h.had) AND NOT ${open}`;
    default:
      return Prisma.empty;
  }
}

/** A page of runs, newest first. @throws Forbidden */
export function listDestructions(actor: Actor, filter: ListDestructions, now: Date): Promise<DestructionPage> {
  return read(actor, "destruction:read", async (tx) => {
    const back = filter.before && !filter.after ? readCursor(filter.before) : null;
    const cursor = back ?? readCursor(filter.after);
    const beyond = cursor
      ? Prisma.sql`AND (d.prepared_at, d.id) ${back ? Prisma.sql`>` : Prisma.sql`<`} (${cursor.at}, ${cursor.id}::uuid)`
      : Prisma.empty;
    const order = back ? Prisma.sql`d.prepared_at, d.id` : Prisma.sql`d.prepared_at DESC, d.id DESC`;
    const found = await tx.$queryRaw<Found[]>`
      SELECT d.id, d.number, d.kind, d.due_through::text AS "dueThrough", d.sessions, d.files, p.name AS "preparedBy",
        d.prepared_at AS "preparedAt", d.valid_until AS "validUntil", h.had
      FROM destructions d LEFT JOIN persons p ON p.id = d.prepared_by CROSS JOIN LATERAL (
        SELECT array(SELECT s.kind FROM destruction_steps s WHERE s.organization_id = d.organization_id AND s.destruction_id = d.id) AS had) h
      WHERE d.organization_id = damso_organization() ${within(filter.state, now)} ${beyond} ORDER BY ${order} LIMIT ${pageSize + 1}`;
    const more = found.length > pageSize;
    const page = found.slice(0, pageSize);
    if (back) page.reverse();
    const items = page.map(({ had, ...row }) => ({
      ...row,
      state: destructionState(
        had.map((kind) => ({ kind })),
        row.validUntil,
        now,
      ),
    }));
    return {
      items,
      previous: (back ? more : cursor !== null) ? cursorOf(items[0]) : null,
      next: back || more ? cursorOf(items.at(-1)) : null,
    };
  });
}

function cursorOf(row: DestructionRow | undefined): string | null {
  return row ? `${row.preparedAt.getTime()}.${row.id}` : null;
}

function readCursor(cursor: string | undefined): { at: Date; id: string } | null {
  const match = /^(\d{1,13})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor ?? "");
  return match?.[1] && match[2] ? { at: new Date(Number(match[1])), id: match[2] } : null;
}
