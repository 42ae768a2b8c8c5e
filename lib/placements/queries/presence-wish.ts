import type { Day } from "@/lib/clock";
import { Prisma } from "@/prisma/generated/client";

/** presenceWish of the rules, in SQL: `r` is the retirement, `e` the channel's last day. presence.test.ts holds the two together. */
export const presenceWishSql = (today: Day): Prisma.Sql =>
  Prisma.sql`CASE WHEN r.placement_id IS NOT NULL OR e.ends_on < ${today}::date THEN 'absent' ELSE 'present' END`;
