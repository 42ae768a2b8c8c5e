import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { addDays, kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { cursorOf, cutPage, pageLength, readCursor } from "@/lib/keyset";
import { overlapUntil } from "../rules/connection";
import type { Format, SetAsideReason, Shape } from "../schema/connection";

export type ConnectionRow = {
  id: string;
  channel: { id: string; name: string; searchId: string };
  format: Format;
  createdAt: Date;
  closedAt: Date | null;
  lastEventAt: Date | null;
  /** Events of the last seven KST days. */
  weekEvents: number;
  /** Bodies set aside in the last seven days. */
  weekSetAside: number;
};

/** Connections of the organization, newest first; a company has a handful, so there are no pages (at most 200). */
export function listConnections(actor: Actor, now: Date): Promise<ConnectionRow[]> {
  return read(actor, "connection:read", async (tx) => {
    const since = addDays(kstDay(now), -6);
    return tx.$queryRaw<ConnectionRow[]>`
      SELECT c.id, json_build_object('id', ch.id, 'name', ch.name, 'searchId', ch.search_id) AS channel, c.format,
        c.created_at AS "createdAt", c.closed_at AS "closedAt",
        (SELECT max(d.last_at) FROM connection_days d WHERE d.organization_id = c.organization_id AND d.connection_id = c.id) AS "lastEventAt",
        (SELECT coalesce(sum(d.events), 0)::int FROM connection_days d
          WHERE d.organization_id = c.organization_id AND d.connection_id = c.id AND d.day >= ${since}::date) AS "weekEvents",
        (SELECT count(*)::int FROM set_asides s WHERE s.connection_id = c.id
          AND s.last_at >= ${since}::date::timestamp AT TIME ZONE 'Asia/Seoul') AS "weekSetAside"
      FROM dealer_connections c JOIN channels ch ON ch.id = c.channel_id
      ORDER BY c.closed_at IS NOT NULL, c.created_at DESC, c.id LIMIT 200`;
  });
}

export type Connection = Omit<ConnectionRow, "weekEvents" | "weekSetAside"> & {
  allowedFrom: string[];
  version: number;
  signed: boolean;
  oldSecretUntil: Date | null;
  /** Until when an address from before a rotation still works. */
  oldAddressUntil: Date | null;
  rotatedAt: Date;
  /** Whether events can be compared with the channel's sender key. */
  senderKeyKnown: boolean;
  /** Last 14 KST days, oldest first, days without events too. */
  days: { day: string; events: number; setAside: number }[];
};

/** A connection without its secrets, or null. */
export function getConnection(actor: Actor, id: string, now: Date): Promise<Connection | null> {
  return read(actor, "connection:read", async (tx) => {
    const found = await tx.dealerConnection.findUnique({
      where: { id },
      include: {
        channel: { select: { id: true, name: true, searchId: true, senderKey: true } },
        tokens: { select: { createdAt: true, expiresAt: true } },
      },
    });
    if (!found) return null;
    const { channel, tokens, format, secretSealed, oldSecretUntil } = found;
    const current = tokens.find(({ expiresAt }) => expiresAt === null);
    const last = await tx.connectionDay.aggregate({ where: { connectionId: id }, _max: { lastAt: true } });
    return {
      id,
      channel: { id: channel.id, name: channel.name, searchId: channel.searchId },
      format: format as Format,
      createdAt: found.createdAt,
      closedAt: found.closedAt,
      lastEventAt: last._max.lastAt,
      allowedFrom: found.allowedFrom,
      version: found.version,
      signed: secretSealed !== null,
      oldSecretUntil: oldSecretUntil && oldSecretUntil > now ? oldSecretUntil : null,
      oldAddressUntil: overlapUntil(tokens, now),
      rotatedAt: current?.createdAt ?? found.createdAt,
      senderKeyKnown: channel.senderKey !== null,
      days: await countDays(tx, id, now),
    };
  });
}

function countDays(tx: Tx, connectionId: string, now: Date): Promise<Connection["days"]> {
  const today = kstDay(now);
  return tx.$queryRaw<Connection["days"]>`
    SELECT to_char(day, 'YYYY-MM-DD') AS day,
      coalesce((SELECT d.events FROM connection_days d WHERE d.connection_id = ${connectionId}::uuid AND d.day = days.day::date), 0)::int AS events,
      (SELECT count(*) FROM set_asides s WHERE s.connection_id = ${connectionId}::uuid AND s.last_at >= days.day AT TIME ZONE 'Asia/Seoul'
        AND s.last_at < (days.day + interval '1 day') AT TIME ZONE 'Asia/Seoul')::int AS "setAside"
    FROM generate_series(${addDays(today, -13)}::timestamp, ${today}::timestamp, interval '1 day') AS days (day) ORDER BY day`;
}

export type SetAsideRow = {
  id: string;
  reason: SetAsideReason;
  event: string;
  shape: Shape;
  sha256: string;
  bytes: number;
  at: Date;
  lastAt: Date;
  times: number;
};

/** What a connection sent that could not be taken, newest first. @param cursor `next` of the page before */
export function listSetAsides(
  actor: Actor,
  connectionId: string,
  cursor: string | null,
): Promise<{ items: SetAsideRow[]; next: string | null }> {
  return read(actor, "set-aside:read", async (tx) => {
    const from = readCursor(cursor);
    const rows = await tx.setAside.findMany({
      where: {
        connectionId,
        ...(from ? { OR: [{ lastAt: { lt: from.at } }, { lastAt: from.at, id: { lt: from.id } }] } : {}),
      },
      orderBy: [{ lastAt: "desc" }, { id: "desc" }],
      take: pageLength + 1,
      omit: { organizationId: true, connectionId: true },
    });
    const { items, next } = cutPage(rows, { back: false, cursor: from }, (row) => cursorOf(row.lastAt, row.id));
    return {
      items: items.map((row) => ({ ...row, reason: row.reason as SetAsideReason, shape: row.shape as Shape })),
      next,
    };
  });
}

export type ChannelChoice = { id: string; name: string; searchId: string; senderKeyKnown: boolean };

/** Channels that a connection can be opened for, by name. */
export function listConnectableChannels(actor: Actor): Promise<ChannelChoice[]> {
  return read(actor, "connection:read", async (tx) => {
    const rows = await tx.channel.findMany({
      select: { id: true, name: true, searchId: true, senderKey: true },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      take: 500,
    });
    return rows.map(({ senderKey, ...row }) => ({ ...row, senderKeyKnown: senderKey !== null }));
  });
}

/** Which channels chose which official dealer, by name. */
export function listDealerChannels(actor: Actor): Promise<{ id: string; name: string; dealer: string }[]> {
  return read(actor, "channel:read", async (tx) => {
    const rows = await tx.channel.findMany({
      where: { dealer: { not: null } },
      select: { id: true, name: true, dealer: true },
      orderBy: [{ name: "asc" }, { id: "asc" }],
      take: 500,
    });
    return rows.flatMap(({ dealer, ...row }) => (dealer ? [{ ...row, dealer }] : []));
  });
}

/** The channel of a search id, with or without "@", or null. */
export function getChannelBySearchId(actor: Actor, searchId: string): Promise<{ id: string } | null> {
  return read(actor, "connection:read", (tx) =>
    tx.channel.findFirst({ where: { searchId: searchId.replace(/^@/, "") }, select: { id: true } }),
  );
}
