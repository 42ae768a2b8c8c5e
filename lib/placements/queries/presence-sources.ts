import { Prisma } from "@/prisma/generated/client";
import type { PresenceFilters } from "../schema/presence";

/** What the list of looks is read from: places with a page, each with its newest state. */
export const presenceSources = Prisma.sql`presence_latest l JOIN placements p ON p.id = l.placement_id AND p.page_url IS NOT NULL
  JOIN channels c ON c.id = p.channel_id`;

/** Each verdict of the filter, as careOf of the rules ranks it. */
export const careOfFilter = { left: 0, missing: 1, "old-links": 2, unknown: 3, waiting: 4, fine: 5 } as const;

/** The conditions of the list's filters; never empty. */
export function presenceConditions(filters: Pick<PresenceFilters, "verdict" | "channel" | "owner">): Prisma.Sql[] {
  const list = [Prisma.sql`l.organization_id = damso_organization()`];
  if (filters.verdict !== "") list.push(Prisma.sql`l.care = ${careOfFilter[filters.verdict]}`);
  if (filters.channel !== "") list.push(Prisma.sql`p.channel_id = ${filters.channel}::uuid`);
  if (filters.owner !== "") list.push(Prisma.sql`p.owner_id = ${filters.owner}::uuid`);
  return list;
}
