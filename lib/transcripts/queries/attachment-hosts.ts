// Where users' files lie and what became of them: hosts with their counts, and what could not be kept.
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import type { NotKeptFilter } from "../schema/hosts";

export type HostState = "allowed" | "refused" | "undecided";
export type AttachmentHostRow = {
  host: string;
  state: HostState;
  /** Who decided and when; null while nobody has. */
  decidedBy: string | null;
  decidedAt: Date | null;
  /** Files by what became of them, each counted up to `mostCounted`. */
  kept: number;
  waiting: number;
  notKept: number;
};

/** Counts stop here: beyond it the page says "and more". */
export const mostCounted = 10_000;
const mostHosts = 100;

/** Hosts in files or in decisions, by name, at most 100. @throws Forbidden */
export function listAttachmentHosts(actor: Actor): Promise<AttachmentHostRow[]> {
  return read(actor, "attachment-host:read", async (tx) => {
    // From one host to the next through the index, however many files each has.
    return tx.$queryRaw<AttachmentHostRow[]>`
      WITH RECURSIVE seen (host, n) AS (
        (SELECT host, 1 FROM attachments WHERE organization_id = damso_organization() AND host > '' ORDER BY host LIMIT 1)
        UNION ALL
        SELECT (SELECT a.host FROM attachments a WHERE a.organization_id = damso_organization() AND a.host > seen.host ORDER BY a.host LIMIT 1), n + 1
        FROM seen WHERE seen.host IS NOT NULL AND n < ${mostHosts}::int
      ), hosts AS (
        SELECT host FROM seen WHERE host IS NOT NULL UNION SELECT host FROM attachment_hosts WHERE organization_id = damso_organization()
      )
      SELECT hosts.host, CASE WHEN h.allowed THEN 'allowed' WHEN h.host IS NULL THEN 'undecided' ELSE 'refused' END AS state,
        p.name AS "decidedBy", h.at AS "decidedAt", ${counted("kept")} AS kept, ${counted("waiting")} AS waiting, ${counted("not-kept")} AS "notKept"
      FROM hosts LEFT JOIN attachment_hosts h ON h.organization_id = damso_organization() AND h.host = hosts.host
      LEFT JOIN persons p ON p.id = h.person_id ORDER BY hosts.host LIMIT ${mostHosts}::int`;
  });
}

function counted(state: string): Prisma.Sql {
  return Prisma.sql`(SELECT count(*)::int FROM (SELECT 1 FROM attachments a WHERE a.organization_id = damso_organization() AND a.host = hosts.host
    AND a.state = ${state} LIMIT ${mostCounted}::int) AS found)`;
}

/** Hosts from which nothing is fetched because nobody has decided about them. */
export async function undecidedHosts(tx: Tx): Promise<string[]> {
  const rows = await tx.$queryRaw<{ host: string }[]>`
    WITH RECURSIVE seen (host, n) AS (
      (SELECT host, 1 FROM attachments WHERE organization_id = damso_organization() AND host > '' ORDER BY host LIMIT 1)
      UNION ALL
      SELECT (SELECT a.host FROM attachments a WHERE a.organization_id = damso_organization() AND a.host > seen.host ORDER BY a.host LIMIT 1), n + 1
      FROM seen WHERE seen.host IS NOT NULL AND n < ${mostHosts}::int
    )
    SELECT host FROM seen WHERE host IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM attachment_hosts h WHERE h.organization_id = damso_organization() AND h.host = seen.host) ORDER BY host`;
  return rows.map(({ host }) => host);
}

export type NotKeptRow = {
  id: string;
  sessionId: string;
  channelName: string;
  kind: string;
  host: string;
  reason: string;
  tries: number;
  at: Date;
  receivedAt: Date;
};
export type NotKeptPage = { items: NotKeptRow[]; previous: string | null; next: string | null };

const pageSize = 50;

/** A page of files that could not be kept, newest first. Never their addresses or names. @throws Forbidden */
export function listNotKept(actor: Actor, filter: NotKeptFilter): Promise<NotKeptPage> {
  return read(actor, "attachment-host:read", async (tx) => {
    const back = filter.before && !filter.after ? readCursor(filter.before) : null;
    const cursor = back ?? readCursor(filter.after);
    const where = [Prisma.sql`a.organization_id = damso_organization()`, Prisma.sql`a.state = 'not-kept'`];
    if (filter.host) where.push(Prisma.sql`a.host = ${filter.host}`);
    if (cursor)
      where.push(
        Prisma.sql`(a.received_at, a.id) ${back ? Prisma.sql`>` : Prisma.sql`<`} (${cursor.at}, ${cursor.id}::uuid)`,
      );
    const order = back ? Prisma.sql`a.received_at, a.id` : Prisma.sql`a.received_at DESC, a.id DESC`;
    const found = await tx.$queryRaw<NotKeptRow[]>`
      SELECT a.id, a.session_id AS "sessionId", c.name AS "channelName", a.kind, a.host, a.reason, a.tries, a.at, a.received_at AS "receivedAt"
      FROM attachments a JOIN consult_sessions s ON s.id = a.session_id JOIN channels c ON c.id = s.channel_id
      WHERE ${Prisma.join(where, " AND ")} ORDER BY ${order} LIMIT ${pageSize + 1}`;
    const more = found.length > pageSize;
    const items = back ? found.slice(0, pageSize).reverse() : found.slice(0, pageSize);
    return {
      items,
      previous: (back ? more : cursor !== null) ? cursorOf(items[0]) : null,
      next: back || more ? cursorOf(items.at(-1)) : null,
    };
  });
}

function cursorOf(row: NotKeptRow | undefined): string | null {
  return row ? `${row.receivedAt.getTime()}.${row.id}` : null;
}

function readCursor(cursor: string | undefined): { at: Date; id: string } | null {
  const match = /^(\d{1,13})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(cursor ?? "");
  return match?.[1] && match[2] ? { at: new Date(Number(match[1])), id: match[2] } : null;
}
