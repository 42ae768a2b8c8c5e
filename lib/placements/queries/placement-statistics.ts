// Press statistics from roll-ups, never from the presses (performance.md F); consultations from what is kept and what destruction left standing.
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { addDays, type Day, kstDayStart } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import {
  comparedPeriod,
  daysOf,
  type Period,
  placementStatisticsPeriod,
  sortGroups,
  sumOfCounts,
} from "../rules/statistics";
import type {
  Counts,
  DayCounts,
  GroupCounts,
  HourCounts,
  PlacementStatistics,
  PlacementStatisticsFilter,
  StatisticsGroup,
} from "../schema/statistics";

/** Everything that the page and its files show of a period. @throws Forbidden */
export function getPlacementStatistics(
  actor: Actor,
  filter: PlacementStatisticsFilter,
  now: Date,
): Promise<PlacementStatistics> {
  return read(actor, "placement:read", (tx) => selectPlacementStatistics(tx, filter, now));
}

/** The same inside another transaction, for the files. */
export async function selectPlacementStatistics(
  tx: Tx,
  filter: PlacementStatisticsFilter,
  now: Date,
): Promise<PlacementStatistics> {
  const period = placementStatisticsPeriod(filter, now);
  const before = comparedPeriod(period, filter.compare);
  const narrowed = narrowingOf(filter);
  const pressed = await countPresses(tx, period, narrowed);
  const consulted = await countConsults(tx, period, narrowed);
  const days = joinDays(period, pressed, consulted);
  const beforeDays =
    before && joinDays(before, await countPresses(tx, before, narrowed), await countConsults(tx, before, narrowed));
  const groups = await groupPlaces(tx, filter.by, pressed, consulted);
  const placementName =
    filter.placement === ""
      ? null
      : ((await tx.placement.findUnique({ where: { id: filter.placement }, select: { name: true } }))?.name ?? null);
  const unplaced = consulted.find(({ day, placementId }) => day === null && placementId === null)?.consults ?? 0;
  return {
    ...period,
    compared: before && beforeDays && { ...before, days: beforeDays, total: sumOfCounts(beforeDays) },
    days,
    total: sumOfCounts(days),
    unplaced: narrowed ? null : unplaced,
    hours: narrowed ? null : await countHours(tx, period),
    groups: sortGroups(groups, filter.sort),
    placementName,
  };
}

/** Conditions on a place p; null when every place is meant. */
function narrowingOf(filter: PlacementStatisticsFilter): Prisma.Sql | null {
  const list: Prisma.Sql[] = [];
  if (filter.placement !== "") list.push(Prisma.sql`p.id = ${filter.placement}::uuid`);
  if (filter.channel !== "") list.push(Prisma.sql`p.channel_id = ${filter.channel}::uuid`);
  if (filter.campaign !== "") list.push(Prisma.sql`p.campaign = ${filter.campaign}`);
  if (filter.medium !== "") list.push(Prisma.sql`p.medium = ${filter.medium}`);
  if (filter.tag !== "") list.push(Prisma.sql`p.tags @> ARRAY[${filter.tag}]`);
  return list.length > 0 ? Prisma.join(list, " AND ") : null;
}

const within = ({ from, to }: Period) =>
  Prisma.sql`d.organization_id = damso_organization() AND d.day BETWEEN ${from}::date AND ${to}::date`;

/** Counts of a day (of all places meant) or of a place (of all days); neither: of no place. */
type Counted = Counts & { day: Day | null; placementId: string | null };

const sums = Prisma.sql`sum(presses)::int AS presses, sum(scans)::int AS scans, sum(others)::int AS others`;

/** Presses by day and by place. The whole company's days have a roll-up of their own; those of some places are read with their places in one pass. */
function countPresses(tx: Tx, period: Period, narrowed: Prisma.Sql | null): Promise<Counted[]> {
  if (narrowed)
    return tx.$queryRaw<Counted[]>`
      SELECT d.day::text AS day, d.placement_id AS "placementId", ${sums}, 0 AS consults, 0 AS "returning"
      FROM press_days d JOIN placements p ON p.id = d.placement_id WHERE ${within(period)} AND ${narrowed}
      GROUP BY GROUPING SETS ((d.day), (d.placement_id))`;
  return tx.$queryRaw<Counted[]>`
    SELECT d.day::text AS day, NULL::uuid AS "placementId", d.presses, d.scans, d.others, 0 AS consults, 0 AS "returning"
    FROM press_company_days d WHERE ${within(period)}
    UNION ALL SELECT NULL, d.placement_id, ${sums}, 0, 0 FROM press_days d WHERE ${within(period)} GROUP BY d.placement_id`;
}

/** Consultations by KST day and by place in one pass: those kept, and those destroyed since, which are known by their code alone. */
function countConsults(tx: Tx, period: Period, narrowed: Prisma.Sql | null): Promise<Counted[]> {
  const { from, to } = period;
  return tx.$queryRaw<Counted[]>`
    SELECT c.day::text AS day, c.placement_id AS "placementId", 0 AS presses, 0 AS scans, 0 AS others,
      sum(c.consults)::int AS consults, sum(c."returning")::int AS "returning"
    FROM (
      SELECT s.placement_id, s.placement_id IS NOT NULL AS placed, (s.opened_at AT TIME ZONE interval '9 hours')::date AS day, 1 AS consults,
          s."returning"::int AS "returning"
        FROM consult_sessions s WHERE s.organization_id = damso_organization() AND s.opened_at >= ${kstDayStart(from)}
          AND s.opened_at < ${kstDayStart(addDays(to, 1))}
      UNION ALL SELECT q.id, q.id IS NOT NULL, d.day, d.sessions, d."returning" FROM destroyed_days d
        LEFT JOIN placements q ON q.organization_id = d.organization_id AND q.code = d.extra WHERE ${within(period)}) c
    ${narrowed ? Prisma.sql`JOIN placements p ON p.id = c.placement_id WHERE ${narrowed}` : Prisma.empty}
    GROUP BY GROUPING SETS ((c.day, c.placed), (c.placement_id)) HAVING grouping(c.day) = 1 OR c.placed`;
}

/** Every day of the period, also those on which nothing came. */
function joinDays(period: Period, ...counted: Counted[][]): DayCounts[] {
  const byDay = gathered(counted.flat(), ({ day }) => day);
  return daysOf(period).map((day) => ({ day, ...sumOfCounts(byDay.get(day) ?? []) }));
}

function gathered<Key>(rows: readonly Counted[], keyOf: (row: Counted) => Key): Map<Key, Counts[]> {
  const found = new Map<Key, Counts[]>();
  for (const row of rows) {
    const key = keyOf(row);
    const before = found.get(key);
    if (before) before.push(row);
    else found.set(key, [row]);
  }
  return found;
}

type PlaceFacts = { id: string; name: string; code: string; medium: string; campaign: string; tags: string[] } & {
  channelId: string;
  channel: string;
  searchId: string;
};

/** The places that were counted, with what they are grouped by. */
async function groupPlaces(tx: Tx, by: StatisticsGroup, ...counted: Counted[][]): Promise<GroupCounts[]> {
  const byPlace = gathered(counted.flat(), ({ placementId }) => placementId);
  byPlace.delete(null);
  const places = await tx.$queryRaw<PlaceFacts[]>`
    SELECT p.id, p.name, p.code, p.medium, p.campaign, p.tags, c.id AS "channelId", c.name AS channel, c.search_id AS "searchId"
    FROM placements p JOIN channels c ON c.id = p.channel_id WHERE p.id = ANY(${[...byPlace.keys()]}::uuid[])`;
  const groups = new Map<string, GroupCounts>();
  for (const place of places)
    for (const group of groupsOf(place, by)) {
      const rows = [...(byPlace.get(place.id) ?? [])];
      const before = groups.get(group.key);
      groups.set(group.key, { ...group, ...sumOfCounts(before ? [...rows, before] : rows) });
    }
  return [...groups.values()];
}

/** What a place counts for; each of its tags, where that is asked. */
function groupsOf(place: PlaceFacts, by: StatisticsGroup): Omit<GroupCounts, keyof Counts>[] {
  const plain = { code: "", channel: "", medium: "" };
  switch (by) {
    case "placement":
      return [{ key: place.id, name: place.name, code: place.code, channel: place.channel, medium: place.medium }];
    case "channel":
      return [{ ...plain, key: place.channelId, name: place.channel, code: `@${place.searchId}` }];
    case "campaign":
      return [{ ...plain, key: place.campaign, name: place.campaign }];
    case "medium":
      return [{ ...plain, key: place.medium, name: place.medium, medium: place.medium }];
    case "tag":
      return (place.tags.length > 0 ? place.tags : [""]).map((tag) => ({ ...plain, key: tag, name: tag }));
  }
}

async function countHours(tx: Tx, { from, to }: Period): Promise<HourCounts[]> {
  const found = await tx.$queryRaw<HourCounts[]>`
    SELECT extract(hour FROM hour AT TIME ZONE 'Asia/Seoul')::int AS hour, sum(presses)::int AS presses, sum(scans)::int AS scans, sum(others)::int AS others
    FROM press_hours WHERE organization_id = damso_organization() AND hour >= ${kstDayStart(from)} AND hour < ${kstDayStart(addDays(to, 1))} GROUP BY 1`;
  const byHour = new Map(found.map((row) => [row.hour, row]));
  return Array.from({ length: 24 }, (_, hour) => byHour.get(hour) ?? { hour, presses: 0, scans: 0, others: 0 });
}
