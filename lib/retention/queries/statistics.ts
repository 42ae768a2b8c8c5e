// What statistics say of consultations: from counters that destruction leaves standing, never from the consultations.
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import type { Day } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import {
  fillPeriods,
  type PeriodTally,
  type StatisticsLine,
  type StatisticsPeriod,
  statisticsPeriod,
  sumOf,
  type Tally,
} from "../rules/statistics";
import type { StatisticsFilter } from "../schema/statistics";

export type ChannelTally = Tally & { id: string; name: string; searchId: string };
export type Statistics = {
  period: StatisticsPeriod;
  total: Tally;
  periods: PeriodTally[];
  /** The most received first; `channelCount` in all. */
  channels: ChannelTally[];
  channelCount: number;
  categories: { category: string; destroyed: number }[];
  /** Ways in of what was destroyed, the most first; `name` null where no button or code of ours has that code. */
  places: { code: string; name: string | null; destroyed: number }[];
  placeCount: number;
};

/** Channels and ways in that are shown; the file has all. */
const most = 20;

/** Received and destroyed consultations of a period. @throws Forbidden */
export function getStatistics(actor: Actor, filter: StatisticsFilter, now: Date): Promise<Statistics> {
  const period = statisticsPeriod(filter, now);
  const where = whereOf(period, filter.channel);
  const name = period.unit === "month" ? Prisma.sql`to_char(c.day, 'YYYY-MM')` : Prisma.sql`c.day::text`;
  return read(actor, "destruction:read", async (tx) => {
    const found = await tx.$queryRaw<PeriodTally[]>`
      SELECT period, sum(received)::int AS received, sum(destroyed)::int AS destroyed FROM (
        SELECT ${name} AS period, c.sessions AS received, 0 AS destroyed FROM consult_days c WHERE ${where}
        UNION ALL SELECT ${name}, 0, c.sessions FROM destroyed_days c WHERE ${where}) t GROUP BY 1`;
    const channels = await tx.$queryRaw<(ChannelTally & { all: number })[]>`
      SELECT h.id, h.name, h.search_id AS "searchId", t.received, t.destroyed, t."all" FROM (
        SELECT channel_id, sum(received)::int AS received, sum(destroyed)::int AS destroyed, count(*) OVER ()::int AS "all" FROM (
          SELECT c.channel_id, c.sessions AS received, 0 AS destroyed FROM consult_days c WHERE ${where}
          UNION ALL SELECT c.channel_id, 0, c.sessions FROM destroyed_days c WHERE ${where}) d
        GROUP BY channel_id ORDER BY 2 DESC, channel_id LIMIT ${most}) t
      JOIN channels h ON h.id = t.channel_id ORDER BY t.received DESC, h.id`;
    const categories = await tx.$queryRaw<Statistics["categories"]>`
      SELECT c.category, sum(c.sessions)::int AS destroyed FROM destroyed_days c WHERE ${where} GROUP BY 1 ORDER BY 2 DESC, 1`;
    const places = await tx.$queryRaw<(Statistics["places"][number] & { all: number })[]>`
      SELECT t.code, p.name, t.destroyed, t."all" FROM (
        SELECT c.extra AS code, sum(c.sessions)::int AS destroyed, count(*) OVER ()::int AS "all" FROM destroyed_days c WHERE ${where}
        GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT ${most}) t
      LEFT JOIN placements p ON p.organization_id = damso_organization() AND p.code = t.code ORDER BY t.destroyed DESC, t.code`;
    const periods = fillPeriods(period, found);
    return {
      ...{ period, total: sumOf(periods), periods, categories },
      ...{ channels: channels.map(({ all: _all, ...channel }) => channel), channelCount: channels[0]?.all ?? 0 },
      ...{ places: places.map(({ all: _all, ...place }) => place), placeCount: places[0]?.all ?? 0 },
    };
  });
}

const pageSize = 1_000;

/** Every counter of a period as lines for a file, page by page: what was received, then what was destroyed. @throws Forbidden */
export async function statisticsPages(
  actor: Actor,
  filter: StatisticsFilter,
  now: Date,
): Promise<AsyncGenerator<StatisticsLine[]>> {
  const where = whereOf(statisticsPeriod(filter, now), filter.channel);
  const pageAfter = (received: boolean, after: Key) =>
    read(actor, "destruction:read", (tx) =>
      received ? receivedAfter(tx, where, after) : destroyedAfter(tx, where, after),
    );
  // A refusal comes before the file begins.
  const first = await pageAfter(true, start);
  return (async function* () {
    for (const received of [true, false]) {
      let page = received ? first : await pageAfter(false, start);
      for (;;) {
        if (page.length > 0) yield page.map(({ channelId: _channelId, ...line }) => line);
        const last = page.at(-1);
        if (!last || page.length < pageSize) break;
        page = await pageAfter(received, last);
      }
    }
  })();
}

type Key = { day: Day; channelId: string; category: string; code: string };
type Row = StatisticsLine & { channelId: string };
const start: Key = { day: "0001-01-01", channelId: "00000000-0000-0000-0000-000000000000", category: "", code: "" };

function receivedAfter(tx: Tx, where: Prisma.Sql, after: Key): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    SELECT c.day::text AS day, c.channel_id AS "channelId", h.name AS channel, h.search_id AS "searchId", 'received' AS kind, '' AS category, '' AS code, '' AS place,
      c.sessions, NULL::int AS "returning", c.messages
    FROM consult_days c JOIN channels h ON h.id = c.channel_id
    WHERE ${where} AND (c.day, c.channel_id) > (${after.day}::date, ${after.channelId}::uuid) ORDER BY c.day, c.channel_id LIMIT ${pageSize}`;
}

function destroyedAfter(tx: Tx, where: Prisma.Sql, after: Key): Promise<Row[]> {
  return tx.$queryRaw<Row[]>`
    SELECT c.day::text AS day, c.channel_id AS "channelId", h.name AS channel, h.search_id AS "searchId", 'destroyed' AS kind, c.category, c.extra AS code,
      coalesce(p.name, '') AS place, c.sessions, c."returning", c.messages
    FROM destroyed_days c JOIN channels h ON h.id = c.channel_id LEFT JOIN placements p ON p.organization_id = c.organization_id AND p.code = c.extra
    WHERE ${where} AND (c.day, c.channel_id, c.category, c.extra) > (${after.day}::date, ${after.channelId}::uuid, ${after.category}, ${after.code})
    ORDER BY c.day, c.channel_id, c.category, c.extra LIMIT ${pageSize}`;
}

function whereOf({ from, to }: StatisticsPeriod, channelId: string | undefined): Prisma.Sql {
  const days = Prisma.sql`c.organization_id = damso_organization() AND c.day BETWEEN ${from}::date AND ${to}::date`;
  return channelId ? Prisma.sql`${days} AND c.channel_id = ${channelId}::uuid` : days;
}
