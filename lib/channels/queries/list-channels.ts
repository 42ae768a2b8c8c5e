import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { type Day, kstDay } from "@/lib/clock";
import { Prisma } from "@/prisma/generated/client";
import { channelStatus } from "../rules/life";
import { onboardingProgress } from "../rules/onboarding";
import type { ChannelState, ListChannels } from "../schema";
import { cursorFrom, cursorOf, pageLength } from "./cursor";

export type ChannelRow = {
  id: string;
  searchId: string;
  publicId: string | null;
  senderKey: string | null;
  name: string;
  dealer: string | null;
  state: ChannelState;
  wentLiveAt: Date | null;
  /** Last day of use, KST. */
  endsOn: Day | null;
  /** Items needed for going live. */
  progress: { done: number; of: number };
  /** Placements that have not been retired. */
  placements: number;
  createdAt: Date;
};

type Found = Omit<ChannelRow, "state" | "progress" | "endsOn" | "wentLiveAt"> & {
  wentLiveAt: Date | null;
  endsOn: string | null;
  marks: { item: string; kind: string; at: string }[];
};

/** Fifty channels, newest first. `previous` and `next` are cursors for `before` and `after`, null at the ends. */
export async function listChannels(
  actor: Actor,
  filter: ListChannels,
  now: Date,
): Promise<{ items: ChannelRow[]; previous: string | null; next: string | null }> {
  const backwards = filter.before !== undefined;
  const cursor = cursorFrom(filter.before ?? filter.after);
  const conditions = [Prisma.sql`TRUE`];
  if (filter.q) conditions.push(matches(filter.q));
  if (filter.state) conditions.push(inState(filter.state, kstDay(now)));
  if (cursor) {
    const place = Prisma.sql`(${cursor.at}::timestamptz, ${cursor.id}::uuid)`;
    conditions.push(
      backwards ? Prisma.sql`(c.created_at, c.id) > ${place}` : Prisma.sql`(c.created_at, c.id) < ${place}`,
    );
  }
  const order = backwards ? Prisma.sql`c.created_at, c.id` : Prisma.sql`c.created_at DESC, c.id DESC`;
  const shown = backwards ? Prisma.sql`"createdAt", id` : Prisma.sql`"createdAt" DESC, id DESC`;
  const found = await read(
    actor,
    "channel:read",
    (tx) => tx.$queryRaw<Found[]>`
      WITH page AS MATERIALIZED (SELECT c.id, c.search_id AS "searchId", c.public_id AS "publicId", c.sender_key AS "senderKey", c.name, c.dealer, c.created_at AS "createdAt",
          g.at AS "wentLiveAt", e.ends_on::text AS "endsOn"
        FROM channels c
        LEFT JOIN channel_go_lives g ON g.channel_id = c.id
        LEFT JOIN channel_last_days e ON e.channel_id = c.id
        WHERE ${Prisma.join(conditions, " AND ")}
        ORDER BY ${order} LIMIT ${pageLength + 1}),
      counts AS (SELECT p.channel_id, count(*)::int AS placements FROM placements p WHERE p.channel_id IN (SELECT id FROM page)
        AND NOT EXISTS (SELECT FROM placement_retirements r WHERE r.placement_id = p.id) GROUP BY p.channel_id)
      SELECT page.*, coalesce(counts.placements, 0) AS placements,
        coalesce((SELECT jsonb_agg(m) FROM (SELECT DISTINCT ON (item) item, kind, at FROM onboarding_marks
          WHERE channel_id = page.id ORDER BY item, at DESC) m), '[]') AS marks
      FROM page LEFT JOIN counts ON counts.channel_id = page.id ORDER BY ${shown}`,
  );
  const more = found.length > pageLength;
  const page = found.slice(0, pageLength);
  if (backwards) page.reverse();
  const [first, last] = [page[0], page.at(-1)];
  return {
    items: page.map((row) => rowOf(row, now)),
    previous: first && (backwards ? more : cursor !== null) ? cursorOf(first) : null,
    next: last && (backwards || more) ? cursorOf(last) : null,
  };
}

function rowOf({ marks, ...row }: Found, now: Date): ChannelRow {
  const dated = marks.map((mark) => ({ ...mark, at: new Date(mark.at) }));
  return { ...row, state: channelStatus(row, now), progress: onboardingProgress(row.dealer, dated) };
}

/** Part of the name or of the search id; "@" in front, as people write the latter, asks for it alone. */
function matches(text: string): Prisma.Sql {
  const pattern = `%${text.replace(/^@/, "").replace(/[\\%_]/g, "\\$&")}%`;
  const bySearchId = Prisma.sql`c.search_id ILIKE ${pattern}`;
  return text.startsWith("@") ? bySearchId : Prisma.sql`(c.name ILIKE ${pattern} OR ${bySearchId})`;
}

/** The same four states as `channelStatus`, for the database. */
function inState(state: ChannelState, today: Day): Prisma.Sql {
  const over = Prisma.sql`(e.ends_on IS NOT NULL AND e.ends_on < ${today}::date)`;
  switch (state) {
    case "ended":
      return over;
    case "preparing":
      return Prisma.sql`(g.at IS NULL AND NOT ${over})`;
    case "live":
      return Prisma.sql`(g.at IS NOT NULL AND e.ends_on IS NULL)`;
    case "ending":
      return Prisma.sql`(g.at IS NOT NULL AND e.ends_on >= ${today}::date)`;
  }
}
