import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import type { Day } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import { type HoldState, holdState, type ReleaseOutcome, releaseHash } from "../rules/hold";
import type { HoldScope } from "../schema/hold";
import { coverage, coveredCount, type HeldScope, mostCounted } from "./hold-coverage";

/** Rows on one page of covered sessions. */
const pageSize = 50;

export type ReleaseView = {
  id: string;
  reason: string;
  hash: string;
  requestedBy: string;
  requestedByName: string;
  requestedAt: Date;
  outcome: ReleaseOutcome | null;
  closedByName: string | null;
  closedAt: Date | null;
  note: string;
  /** The hold was changed after it was asked: it cannot be approved any more. */
  void: boolean;
};
export type HoldView = HeldScope & {
  id: string;
  number: number;
  title: string;
  reason: string;
  ownerId: string;
  ownerName: string;
  reviewOn: Day;
  placedByName: string;
  placedAt: Date;
  covered: number;
  version: number;
  state: HoldState;
  channelName: string | null;
  /** Of a session hold: the dealer's number, null once it is destroyed. */
  sessionNumber: string | null;
  /** Newest first. */
  releases: ReleaseView[];
  sessions: number;
  more: boolean;
};
/** A consultation that a hold covers: how it stands, never what was said or who wrote. */
export type HeldSession = {
  id: string;
  openedAt: Date;
  endedAt: Date | null;
  channelName: string;
  externalId: string;
  category: string;
  messageCount: number;
  dueOn: Day | null;
  /** Other holds that cover it, by number. */
  others: number[];
};
export type HeldPage = { items: HeldSession[]; previous: string | null; next: string | null };

/** A hold with its releases and its sessions as of now, or null. @throws Forbidden */
export async function getHold(actor: Actor, id: string): Promise<HoldView | null> {
  if (!z.uuid().safeParse(id).success) return null;
  return read(actor, "hold:read", async (tx) => {
    const [hold] = await tx.$queryRaw<Omit<HoldView, "state" | "releases" | "sessions" | "more">[]>`
      SELECT h.id, h.number, h.title, h.reason, h.scope, h.session_id AS "sessionId", h.channel_id AS "channelId", h.user_handle AS "userHandle",
        h.opened_from::text AS "openedFrom", h.opened_to::text AS "openedTo", h.review_on::text AS "reviewOn", h.placed_at AS "placedAt", h.covered, h.version,
        h.owner_id AS "ownerId", coalesce(o.name, '–') AS "ownerName", coalesce(p.name, '–') AS "placedByName", c.name AS "channelName", s.external_id AS "sessionNumber"
      FROM holds h LEFT JOIN persons o ON o.id = h.owner_id LEFT JOIN persons p ON p.id = h.placed_by LEFT JOIN channels c ON c.id = h.channel_id
        LEFT JOIN consult_sessions s ON s.id = h.session_id
      WHERE h.id = ${id}::uuid`;
    if (!hold) return null;
    const releases = await releasesOf(tx, hold);
    const [counted] = await tx.$queryRaw<{ n: number }[]>`SELECT ${coveredCount(hold, mostCounted)} AS n`;
    const n = counted?.n ?? 0;
    const more = hold.scope !== "channel" && n > mostCounted;
    return { ...hold, releases, state: holdState(releases), sessions: more ? mostCounted : n, more };
  });
}

async function releasesOf(tx: Tx, hold: { id: string; version: number }): Promise<ReleaseView[]> {
  const rows = await tx.$queryRaw<Omit<ReleaseView, "void">[]>`
    SELECT r.id, r.reason, r.hash, r.requested_by AS "requestedBy", coalesce(a.name, '–') AS "requestedByName", r.requested_at AS "requestedAt",
      r.outcome, b.name AS "closedByName", r.closed_at AS "closedAt", r.note
    FROM hold_releases r LEFT JOIN persons a ON a.id = r.requested_by LEFT JOIN persons b ON b.id = r.closed_by
    WHERE r.organization_id = damso_organization() AND r.hold_id = ${hold.id}::uuid ORDER BY r.requested_at DESC, r.id DESC LIMIT 100`;
  return rows.map((row) => ({ ...row, void: row.outcome === null && releaseHash(hold, row.reason) !== row.hash }));
}

/** A page of the sessions that a hold covers now, or would once more if it were not released. @throws Forbidden */
export function listHeldSessions(
  actor: Actor,
  hold: HeldScope & { id: string },
  cursors: { after?: string; before?: string },
): Promise<HeldPage> {
  return read(actor, "hold:read", async (tx) => {
    const back = cursors.before && !cursors.after ? readCursor(cursors.before) : null;
    const cursor = back ?? readCursor(cursors.after);
    const where = [coverage(hold)];
    if (cursor)
      where.push(
        Prisma.sql`(s.opened_at, s.id) ${back ? Prisma.sql`>` : Prisma.sql`<`} (${cursor.at}, ${cursor.id}::uuid)`,
      );
    const order = back ? Prisma.sql`s.opened_at, s.id` : Prisma.sql`s.opened_at DESC, s.id DESC`;
    const found = await tx.$queryRaw<HeldSession[]>`
      WITH page AS MATERIALIZED (
        SELECT s.* FROM consult_sessions s WHERE ${Prisma.join(where, " AND ")} ORDER BY ${order} LIMIT ${pageSize + 1})
      SELECT s.id, s.opened_at AS "openedAt", s.ended_at AS "endedAt", c.name AS "channelName", s.external_id AS "externalId", s.category,
        s.message_count AS "messageCount", s.due_on::text AS "dueOn",
        ARRAY(SELECT h.number FROM held_sessions x JOIN holds h ON h.id = x.hold_id WHERE x.session_id = s.id AND h.id <> ${hold.id}::uuid ORDER BY 1) AS others
      FROM page s JOIN channels c ON c.id = s.channel_id ORDER BY ${order}`;
    const more = found.length > pageSize;
    const items = found.slice(0, pageSize);
    if (back) items.reverse();
    return {
      items,
      previous: (back ? more : cursor !== null) ? cursorOf(items[0]) : null,
      next: back || more ? cursorOf(items.at(-1)) : null,
    };
  });
}

/** A hold on one consultation, as its own page shows it. */
export type HoldOfSession = {
  id: string;
  number: number;
  title: string;
  scope: HoldScope;
  placedAt: Date;
  reviewOn: Day;
  ownerName: string;
  asked: boolean;
};

/** The holds that keep a consultation now, the oldest first. @throws Forbidden */
export function holdsOfSession(actor: Actor, sessionId: string): Promise<HoldOfSession[]> {
  return read(
    actor,
    "hold:read",
    (tx) => tx.$queryRaw<HoldOfSession[]>`
    SELECT h.id, h.number, h.title, h.scope, h.placed_at AS "placedAt", h.review_on::text AS "reviewOn", coalesce(p.name, '–') AS "ownerName",
      EXISTS (SELECT 1 FROM hold_releases r WHERE r.organization_id = h.organization_id AND r.hold_id = h.id AND r.outcome IS NULL) AS asked
    FROM held_sessions x JOIN holds h ON h.id = x.hold_id LEFT JOIN persons p ON p.id = h.owner_id
    WHERE x.organization_id = damso_organization() AND x.session_id = ${sessionId}::uuid ORDER BY h.placed_at, h.id LIMIT 100`,
  );
}

function cursorOf(row: HeldSession | undefined): string | null {
  return row ? `${row.openedAt.getTime()}.${row.id}` : null;
}

function readCursor(cursor: string | undefined): { at: Date; id: string } | null {
  const match = /^(\d{1,13})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor ?? "");
  return match?.[1] && match[2] ? { at: new Date(Number(match[1])), id: match[2] } : null;
}
