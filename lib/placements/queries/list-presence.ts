import { z } from "zod";
import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { cutPage, pageLength, placeCursor, readPlace } from "@/lib/keyset";
import { Prisma } from "@/prisma/generated/client";
import type { PresenceCounts, PresenceFilters, PresencePage, PresenceRow } from "../schema/presence";
import { careOfFilter, presenceConditions, presenceSources } from "./presence-sources";

const place = z.tuple([z.number().int().min(0).max(5), z.number().int().min(0).max(8e15), z.uuid()]);

/** Places with a page and what was last seen there, what needs care first, then what stands so longest. */
export function listPresence(actor: Actor, filters: PresenceFilters): Promise<PresencePage> {
  return read(actor, "placement:read", async (tx) => {
    const back = filters.after === "" ? readPlace(filters.before, place) : null;
    const cursor = back ?? readPlace(filters.after, place);
    const order = back
      ? Prisma.sql`l.care DESC, l.since DESC, l.placement_id DESC`
      : Prisma.sql`l.care, l.since, l.placement_id`;
    const found = await tx.$queryRaw<PresenceRow[]>`
      SELECT p.id AS "placementId", p.code, p.name, p.medium, c.name AS "channelName", c.search_id AS "searchId", w.name AS "ownerName", l.page_url AS "pageUrl",
        l.wanted, l.verdict, k.reason, k.status, l.at, l.since, l.care::int AS care, l.old_links::int AS "oldLinks", l.next_due_at AS "nextDueAt",
        EXISTS (SELECT FROM presence_requests q WHERE q.organization_id = l.organization_id AND q.placement_id = l.placement_id AND q.done_at IS NULL) AS asked
      FROM ${presenceSources} LEFT JOIN presence_checks k ON k.organization_id = l.organization_id AND k.id = l.check_id LEFT JOIN persons w ON w.id = p.owner_id
      WHERE ${Prisma.join([...presenceConditions(filters), pageCondition(cursor, back !== null)], " AND ")}
      ORDER BY ${order} LIMIT ${pageLength + 1}`;
    return cutPage(found, { back: back !== null, cursor }, (row) =>
      placeCursor([row.care, row.since.getTime(), row.placementId]),
    );
  });
}

function pageCondition(cursor: z.infer<typeof place> | null, back: boolean): Prisma.Sql {
  if (!cursor) return Prisma.sql`true`;
  const [care, since, id] = cursor;
  const there = Prisma.sql`(${care}::smallint, ${new Date(since)}::timestamptz, ${id}::uuid)`;
  return back
    ? Prisma.sql`(l.care, l.since, l.placement_id) < ${there}`
    : Prisma.sql`(l.care, l.since, l.placement_id) > ${there}`;
}

/** How many places stand how, whatever the list is narrowed to by its verdict, and how many are asked for. */
export function countPresence(
  actor: Actor,
  filters: Pick<PresenceFilters, "channel" | "owner">,
): Promise<PresenceCounts & { asked: number }> {
  return read(actor, "placement:read", async (tx) => {
    const rows = await tx.$queryRaw<{ care: number; count: number }[]>`
      SELECT l.care::int AS care, count(*)::int AS count FROM ${presenceSources}
      WHERE ${Prisma.join(presenceConditions({ ...filters, verdict: "" }), " AND ")} GROUP BY l.care`;
    const asked = await tx.presenceRequest.count({ where: { doneAt: null } });
    const of = (care: number) => rows.find((row) => row.care === care)?.count ?? 0;
    const { left, missing, unknown, waiting, fine } = careOfFilter;
    return {
      ...{ left: of(left), missing: of(missing), "old-links": of(careOfFilter["old-links"]), unknown: of(unknown) },
      ...{ waiting: of(waiting), fine: of(fine), asked },
    };
  });
}
