import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { addDays, kstDayStart } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import type { ConsultFilter } from "../schema";

/** A consultation as the monitor shows it: how it began, never what was said. */
export type ConsultRow = {
  id: string;
  openedAt: Date;
  openedBy: string;
  lastUserMessageAt: Date | null;
  endedAt: Date | null;
  messageCount: number;
  returning: boolean;
  userHandle: Uint8Array;
  entry: string | null;
  /** Way-in code as reported. */
  extra: string | null;
  channelId: string;
  channelName: string;
  placementId: string | null;
  placementName: string | null;
  medium: string | null;
};
export type ConsultPage = { items: ConsultRow[]; previous: string | null; next: string | null };

const pageSize = 50;

// By code and not by the id found at the time: a place that is entered later is found by the consults that came before it.
const sources = Prisma.sql`consult_sessions s JOIN channels c ON c.id = s.channel_id LEFT JOIN placements p ON p.code = s.extra`;
const columns = Prisma.sql`s.id, s.opened_at AS "openedAt", s.opened_by AS "openedBy", s.last_user_message_at AS "lastUserMessageAt",
  s.ended_at AS "endedAt", s.message_count AS "messageCount", s."returning", s.user_handle AS "userHandle", s.entry, s.extra,
  c.id AS "channelId", c.name AS "channelName", p.id AS "placementId", p.name AS "placementName", p.medium`;

/** A page of consultations, newest first. */
export function listConsults(actor: Actor, filter: ConsultFilter): Promise<ConsultPage> {
  return read(actor, "consult:read", async (tx) => {
    const back = filter.before && !filter.after ? readCursor(filter.before) : null;
    const cursor = back ?? readCursor(filter.after);
    const where = conditions(filter);
    if (cursor)
      where.push(
        Prisma.sql`(s.opened_at, s.id) ${back ? Prisma.sql`>` : Prisma.sql`<`} (${cursor.at}, ${cursor.id}::uuid)`,
      );
    const order = back ? Prisma.sql`s.opened_at, s.id` : Prisma.sql`s.opened_at DESC, s.id DESC`;
    const found = await tx.$queryRaw<ConsultRow[]>`
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

/** Some consultations by id, as far as the filter lets them through. */
export function listConsultsById(actor: Actor, filter: ConsultFilter, ids: readonly string[]): Promise<ConsultRow[]> {
  return read(actor, "consult:read", (tx) => {
    const where = [...conditions(filter), Prisma.sql`s.id = ANY(${[...ids]}::uuid[])`];
    return tx.$queryRaw<ConsultRow[]>`
      SELECT ${columns} FROM ${sources} WHERE ${Prisma.join(where, " AND ")} ORDER BY s.opened_at DESC, s.id DESC LIMIT ${pageSize}`;
  });
}

function conditions(filter: ConsultFilter): Prisma.Sql[] {
  const where = [Prisma.sql`s.organization_id = damso_organization()`];
  if (filter.channel) where.push(Prisma.sql`s.channel_id = ${filter.channel}::uuid`);
  if (filter.code) where.push(Prisma.sql`s.extra = ${filter.code}`);
  if (filter.place === "known") where.push(Prisma.sql`p.id IS NOT NULL`);
  if (filter.place === "unknown") where.push(Prisma.sql`p.id IS NULL AND s.extra IS NOT NULL`);
  if (filter.place === "none") where.push(Prisma.sql`s.extra IS NULL`);
  if (filter.from) where.push(Prisma.sql`s.opened_at >= ${kstDayStart(filter.from)}`);
  if (filter.to) where.push(Prisma.sql`s.opened_at < ${kstDayStart(addDays(filter.to, 1))}`);
  return where;
}

function cursorOf(row: ConsultRow | undefined): string | null {
  return row ? `${row.openedAt.getTime()}.${row.id}` : null;
}

function readCursor(cursor: string | undefined): { at: Date; id: string } | null {
  const match = /^(\d{1,13})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor ?? "");
  return match?.[1] && match[2] ? { at: new Date(Number(match[1])), id: match[2] } : null;
}

export type UnknownCode = { code: string; consults: number; firstAt: Date; lastAt: Date };

/** Way-in codes that dealers reported and that no place has, newest first, at most 20. */
export function listUnknownCodes(actor: Actor, channelId?: string): Promise<UnknownCode[]> {
  return read(
    actor,
    "consult:read",
    (tx) => tx.$queryRaw<UnknownCode[]>`
      SELECT s.extra AS code, count(*)::int AS consults, min(s.opened_at) AS "firstAt", max(s.opened_at) AS "lastAt" FROM consult_sessions s
      WHERE s.organization_id = damso_organization() AND s.placement_id IS NULL AND s.extra IS NOT NULL
        AND ${channelId ? Prisma.sql`s.channel_id = ${channelId}::uuid` : Prisma.sql`true`}
        AND NOT EXISTS (SELECT 1 FROM placements p WHERE p.code = s.extra)
      GROUP BY s.extra ORDER BY max(s.opened_at) DESC, s.extra LIMIT 20`,
  );
}

/** Channels to narrow the monitor to, by name. */
export function listConsultChannels(actor: Actor): Promise<{ id: string; name: string; searchId: string }[]> {
  return read(actor, "consult:read", (tx) =>
    tx.channel.findMany({
      select: { id: true, name: true, searchId: true },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      take: 500,
    }),
  );
}

export type ConsultCount = { sessions: number; messages: number };

/** How many consultations and messages are kept, of a channel by its search id (with or without "@"), or null when there is none. */
export function countConsults(actor: Actor, searchId: string): Promise<ConsultCount | null> {
  return read(actor, "consult:read", async (tx) => {
    const channel = await tx.channel.findFirst({
      where: { searchId: searchId.replace(/^@/, "") },
      select: { id: true },
    });
    return channel && countOf(tx, channel.id);
  });
}

async function countOf(tx: Tx, channelId: string): Promise<ConsultCount> {
  const found = await tx.consultSession.aggregate({ where: { channelId }, _count: true, _sum: { messageCount: true } });
  return { sessions: found._count, messages: found._sum.messageCount ?? 0 };
}
