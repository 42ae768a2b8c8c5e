import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { type Day, kstDay } from "@/lib/clock";
import { cutPage, type Page, pageLength } from "@/lib/keyset";
import { Prisma } from "@/prisma/generated/client";
import { channelStatus } from "../rules/life";
import { onboardingOf } from "../rules/onboarding";
import type { ChannelSort, ChannelState, ListChannels } from "../schema";
import { type Edge, edgeFrom, edgeOf } from "./list-edge";
import { onboardingFacts } from "./onboarding-facts";

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

type Found = Omit<ChannelRow, "state" | "progress" | "placements"> & { place: string };

/** Fifty channels in the order asked for. Where items stand is asked for the page as a whole. */
export async function listChannels(actor: Actor, filter: ListChannels, now: Date): Promise<Page<ChannelRow>> {
  const backwards = filter.before !== undefined;
  const cursor = edgeFrom(filter.before ?? filter.after, filter.sort);
  const today = kstDay(now);
  return read(actor, "channel:read", async (tx) => {
    const found = await tx.$queryRaw<Found[]>(pageOf(filter, cursor, backwards, today));
    const page = cutPage(found, { back: backwards, cursor }, (row) => edgeOf(filter.sort, row));
    const facts = await onboardingFacts(
      tx,
      page.items.map((row) => row.id),
      today,
    );
    const items = page.items.flatMap(({ place: _place, ...row }): ChannelRow[] => {
      const own = facts.get(row.id);
      if (!own) return [];
      const { progress } = onboardingOf(own, today);
      return [{ ...row, state: channelStatus(row, now), progress, placements: own.placements }];
    });
    return { ...page, items };
  });
}

/** What a list is ordered by, as text that a cursor can hold; channels without a last day come after all others. */
const places: Readonly<Record<ChannelSort, { value: Prisma.Sql; kind: Prisma.Sql; descending: boolean }>> = {
  newest: { value: Prisma.sql`c.created_at`, kind: Prisma.sql`timestamptz`, descending: true },
  name: { value: Prisma.sql`c.name`, kind: Prisma.sql`text`, descending: false },
  "last-day": { value: Prisma.sql`coalesce(e.ends_on, 'infinity'::date)`, kind: Prisma.sql`date`, descending: false },
};

/** A channel's last day is looked up for every row only where the list is narrowed or ordered by it. */
function pageOf(filter: ListChannels, cursor: Edge | null, backwards: boolean, today: Day): Prisma.Sql {
  const { value, kind, descending } = places[filter.sort];
  const conditions = [Prisma.sql`TRUE`];
  if (filter.q) conditions.push(matches(filter.q));
  if (filter.dealer) conditions.push(Prisma.sql`c.dealer = ${filter.dealer}`);
  if (filter.state) conditions.push(inState(filter.state, today));
  const down = descending !== backwards;
  if (cursor) {
    const edge = Prisma.sql`(${cursor.place}::text::${kind}, ${cursor.id}::uuid)`;
    conditions.push(down ? Prisma.sql`(${value}, c.id) < ${edge}` : Prisma.sql`(${value}, c.id) > ${edge}`);
  }
  const order = (value: Prisma.Sql, id: Prisma.Sql) =>
    down ? Prisma.sql`${value} DESC, ${id} DESC` : Prisma.sql`${value}, ${id}`;
  const life = Prisma.sql`LEFT JOIN channel_go_lives g ON g.channel_id = c.id LEFT JOIN channel_last_days e ON e.channel_id = c.id`;
  const narrowed = filter.state !== undefined || filter.sort === "last-day";
  return Prisma.sql`
    WITH page AS MATERIALIZED (SELECT c.*, ${value} AS place FROM channels c ${narrowed ? life : Prisma.empty}
      WHERE ${Prisma.join(conditions, " AND ")} ORDER BY ${order(value, Prisma.sql`c.id`)} LIMIT ${pageLength + 1})
    SELECT c.id, c.search_id AS "searchId", c.public_id AS "publicId", c.sender_key AS "senderKey", c.name, c.dealer,
      c.created_at AS "createdAt", g.at AS "wentLiveAt", e.ends_on::text AS "endsOn", c.place::text AS place
    FROM page c ${life} ORDER BY ${order(Prisma.sql`c.place`, Prisma.sql`c.id`)}`;
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
