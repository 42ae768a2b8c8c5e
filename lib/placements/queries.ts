import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { addDays, type Day, kstDay, kstDayStart } from "@/lib/clock";
import { toDay } from "@/lib/day-column";
import type { Tx } from "@/lib/db/client";
import { cutPage, pageLength, placeCursor, readPlace } from "@/lib/keyset";
import { Prisma } from "@/prisma/generated/client";
import type {
  PlacementChoices,
  PlacementDetail,
  PlacementEvent,
  PlacementFilters,
  PlacementPage,
  PlacementRow,
} from "./schema";

/** Finished days that the chart draws; counts take in today as well, so that a press is seen at once. */
export const countedDays = 28;

/** Where a page begins: instant or name, and id of a row. */
const byTimeSchema = z.tuple([z.iso.datetime(), z.uuid()]);
const byNameSchema = z.tuple([z.string().max(60), z.uuid()]);

const columns = Prisma.sql`p.id, p.code, p.name, p.medium, p.mode, p.site, p.location, p.page_url AS "pageUrl", p.campaign, p.tags,
  p.starts_on::text AS "startsOn", p.ends_on::text AS "endsOn", p.bot, p.event, p.version, p.created_at AS "createdAt",
  p.owner_id AS "ownerId", w.name AS "ownerName", c.id AS "channelId", c.name AS "channelName", c.search_id AS "searchId", g.at AS "wentLiveAt",
  (e.ends_on + 1)::timestamp AT TIME ZONE 'Asia/Seoul' AS "endsAt", r.at AS "retiredAt", r.reason AS "retiredReason"`;
/** Places with what their state follows from: p, c, w, g, e, r. */
export const placementSources = Prisma.sql`placements p JOIN channels c ON c.id = p.channel_id LEFT JOIN persons w ON w.id = p.owner_id
  LEFT JOIN channel_go_lives g ON g.channel_id = c.id LEFT JOIN placement_last_days e ON e.placement_id = p.id
  LEFT JOIN placement_retirements r ON r.placement_id = p.id`;

/** A page of placements, newest first, with the counts of the last 28 days. Retired ones only when asked for. */
export function listPlacements(actor: Actor, filters: PlacementFilters, now: Date): Promise<PlacementPage> {
  return read(actor, "placement:read", async (tx) => {
    const today = kstDay(now);
    const first = addDays(today, -countedDays);
    const byName = filters.sort === "name";
    const cursor = readPlace(filters.after || filters.before, byName ? byNameSchema : byTimeSchema);
    const back = filters.after === "" && cursor !== null;
    const key = byName ? Prisma.sql`p.name` : Prisma.sql`p.created_at`;
    const ascending = byName !== back;
    const place = byName
      ? Prisma.sql`(${cursor?.[0]}::text, ${cursor?.[1]}::uuid)`
      : Prisma.sql`(${cursor?.[0]}::timestamptz, ${cursor?.[1]}::uuid)`;
    const behind = cursor
      ? ascending
        ? Prisma.sql`(${key}, p.id) > ${place}`
        : Prisma.sql`(${key}, p.id) < ${place}`
      : Prisma.sql`true`;
    const found = await tx.$queryRaw<(PlacementRow & { days: Record<Day, [number, number]> | null })[]>`
      SELECT ${columns}, d.days FROM ${placementSources}
      LEFT JOIN LATERAL (SELECT json_object_agg(day, json_build_array(presses, scans)) AS days FROM press_days
        WHERE placement_id = p.id AND day BETWEEN ${first}::date AND ${today}::date) d ON true
      WHERE ${Prisma.join([...placementConditions(filters, today), behind], " AND ")}
      ORDER BY ${ascending ? Prisma.sql`${key}, p.id` : Prisma.sql`${key} DESC, p.id DESC`} LIMIT ${pageLength + 1}`;
    const page = cutPage(found, { back, cursor }, (row) =>
      placeCursor([byName ? row.name : row.createdAt.toISOString(), row.id]),
    );
    return { ...page, items: page.items.map(({ days, ...row }) => ({ ...row, ...counted(days ?? {}, first) })) };
  });
}

/** One placement with its counts, or null. */
export function getPlacement(actor: Actor, id: string, now: Date): Promise<PlacementDetail | null> {
  return read(actor, "placement:read", (tx) => detail(tx, Prisma.sql`p.id = ${id}::uuid`, now));
}

/** The same by its code. */
export function getPlacementByCode(actor: Actor, code: string, now: Date): Promise<PlacementDetail | null> {
  return read(actor, "placement:read", (tx) => detail(tx, Prisma.sql`p.code = ${code}`, now));
}

async function detail(tx: Tx, condition: Prisma.Sql, now: Date): Promise<PlacementDetail | null> {
  const [row] = await tx.$queryRaw<PlacementRow[]>`SELECT ${columns} FROM ${placementSources} WHERE ${condition}`;
  if (!row) return null;
  const today = kstDay(now);
  const first = addDays(today, -countedDays);
  const rolled = await tx.pressDay.findMany({ where: { placementId: row.id }, orderBy: { day: "asc" } });
  const consults = await tx.consultSession.count({
    where: { placementId: row.id, openedAt: { gte: kstDayStart(first) } },
  });
  const byDay = new Map(rolled.map((day) => [toDay(day.day), day]));
  const days = Array.from({ length: countedDays }, (_, at) => addDays(first, at));
  const total = (pick: (day: (typeof rolled)[number]) => number) => rolled.reduce((sum, day) => sum + pick(day), 0);
  return {
    ...row,
    days,
    presses: days.map((day) => byDay.get(day)?.presses ?? 0),
    scans: days.map((day) => byDay.get(day)?.scans ?? 0),
    today: { presses: byDay.get(today)?.presses ?? 0, scans: byDay.get(today)?.scans ?? 0 },
    others: [...days, today].reduce((sum, day) => sum + (byDay.get(day)?.others ?? 0), 0),
    consults,
    allPresses: total((day) => day.presses),
    allScans: total((day) => day.scans),
    allOthers: total((day) => day.others),
  };
}

/** What was done to a placement, newest first, at most 100. */
export function listPlacementEvents(actor: Actor, id: string): Promise<PlacementEvent[]> {
  return read(
    actor,
    "placement:read",
    (tx) => tx.$queryRaw<PlacementEvent[]>`
      SELECT a.id, a.at, a.action, a.actor_kind AS "actorKind", w.name AS "actorName", a.reason, a.body
      FROM audit_events a LEFT JOIN persons w ON a.actor_kind = 'person' AND w.id::text = a.actor_id
      WHERE a.target_kind = 'placement' AND a.target_id = ${id} AND a.result = 'ok' ORDER BY a.at DESC, a.id LIMIT 100`,
  );
}

/** What a placement may belong to. */
export function listPlacementChoices(actor: Actor, now: Date): Promise<PlacementChoices> {
  return read(actor, "placement:read", async (tx) => {
    const channels = await tx.$queryRaw<PlacementChoices["channels"]>`
      SELECT c.id, c.name, c.search_id AS "searchId", g.channel_id IS NOT NULL AS live FROM channels c
      LEFT JOIN channel_go_lives g ON g.channel_id = c.id LEFT JOIN channel_last_days e ON e.channel_id = c.id
      WHERE e.ends_on IS NULL OR e.ends_on >= ${kstDay(now)}::date ORDER BY c.created_at, c.id`;
    const [used] = await tx.$queryRaw<{ campaigns: string[] | null; tags: string[] | null }[]>`
      WITH standing AS (SELECT p.campaign, p.tags FROM placements p
        WHERE NOT EXISTS (SELECT FROM placement_retirements r WHERE r.placement_id = p.id))
      SELECT (SELECT array_agg(campaign) FROM (SELECT DISTINCT campaign FROM standing WHERE campaign <> '' ORDER BY 1 LIMIT 200) c) AS campaigns,
        (SELECT array_agg(tag) FROM (SELECT DISTINCT unnest(tags) AS tag FROM standing ORDER BY 1 LIMIT 200) t) AS tags`;
    return {
      channels,
      owners: await activeMembers(tx, now),
      campaigns: used?.campaigns ?? [],
      tags: used?.tags ?? [],
    };
  });
}

/** People who can own a placement, by name. */
export async function activeMembers(tx: Tx, now: Date): Promise<{ id: string; name: string }[]> {
  return tx.$queryRaw<{ id: string; name: string }[]>`
    SELECT w.id, w.name FROM memberships m JOIN persons w ON w.id = m.person_id
    WHERE m.organization_id = damso_organization() AND m.disabled_at IS NULL AND (m.expires_at IS NULL OR m.expires_at > ${now})
    ORDER BY w.name, w.id`;
}

/** What a list is narrowed to, over `placementSources`. */
export function placementConditions(filters: PlacementFilters, today: Day): Prisma.Sql[] {
  const list: Prisma.Sql[] = [stateCondition(filters.state, today)];
  if (filters.q !== "") {
    const pattern = `%${filters.q.replace(/[\\%_]/g, "\\$&")}%`;
    list.push(Prisma.sql`(p.name ILIKE ${pattern} OR p.code ILIKE ${pattern} OR p.location ILIKE ${pattern}
      OR p.site ILIKE ${pattern} OR p.page_url ILIKE ${pattern})`);
  }
  if (filters.channel !== "") list.push(Prisma.sql`p.channel_id = ${filters.channel}::uuid`);
  if (filters.medium !== "") list.push(Prisma.sql`p.medium = ${filters.medium}`);
  if (filters.owner !== "") list.push(Prisma.sql`p.owner_id = ${filters.owner}::uuid`);
  if (filters.campaign !== "") list.push(Prisma.sql`p.campaign = ${filters.campaign}`);
  if (filters.tag !== "") list.push(Prisma.sql`p.tags @> ARRAY[${filters.tag}]`);
  return list;
}

/** placementStatus of the rules, in SQL: commands.test.ts holds the two together. */
function stateCondition(state: PlacementFilters["state"], today: Day): Prisma.Sql {
  const ended = Prisma.sql`(e.ends_on IS NOT NULL AND e.ends_on < ${today}::date)`;
  switch (state) {
    case "":
      return Prisma.sql`r.placement_id IS NULL`;
    case "retired":
      return Prisma.sql`r.placement_id IS NOT NULL`;
    case "ended":
      return Prisma.sql`r.placement_id IS NULL AND ${ended}`;
    case "preparing":
      return Prisma.sql`r.placement_id IS NULL AND NOT ${ended} AND g.channel_id IS NULL`;
    case "ending":
      return Prisma.sql`r.placement_id IS NULL AND NOT ${ended} AND g.channel_id IS NOT NULL AND e.ends_on IS NOT NULL`;
    case "live":
      return Prisma.sql`r.placement_id IS NULL AND g.channel_id IS NOT NULL AND e.ends_on IS NULL`;
  }
}

function counted(days: Record<Day, [number, number]>, first: Day): { presses: number; scans: number; line: number[] } {
  const both = Array.from({ length: countedDays + 1 }, (_, at) => days[addDays(first, at)] ?? ([0, 0] as const));
  return {
    presses: both.reduce((sum, [presses]) => sum + presses, 0),
    scans: both.reduce((sum, [, scans]) => sum + scans, 0),
    line: both.slice(0, countedDays).map(([presses, scans]) => presses + scans),
  };
}
