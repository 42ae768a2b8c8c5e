import type { JobActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import { kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { Prisma } from "@/prisma/generated/client";
import { presenceWishSql } from "../queries/presence-wish";

/** The row as it was, where the same page is looked at for the same wish; else a beginning. */
const kept = (column: string, otherwise: string) =>
  Prisma.raw(
    `${column} = CASE WHEN (l.page_url, l.wanted) = (excluded.page_url, excluded.wanted) THEN l.${column} ELSE ${otherwise} END`,
  );

/**
 * Brings the plan of looks up to date with the places: new pages are due at once, and so are those of which something else is wanted now
 * (their old answer says nothing any more); places without a page or a live channel wait. Writes only what differs. Safe to run twice at once.
 * @returns how many rows changed
 */
export function planPresence(actor: JobActor, now: Date): Promise<number> {
  const { organizationId } = actor;
  const today = kstDay(now);
  return ingest(actor, "check:run", async (tx) => {
    const planned = await tx.$executeRaw`
      WITH wanted AS (
        SELECT p.id, p.organization_id, p.page_url, lower(substring(p.page_url FROM '^https?://([^/?#]+)')) AS host, ${presenceWishSql(today)} AS wish,
          (r.placement_id IS NOT NULL OR g.channel_id IS NOT NULL OR coalesce(e.ends_on < ${today}::date, false)) AS by_itself
        FROM placements p LEFT JOIN placement_retirements r ON r.placement_id = p.id LEFT JOIN placement_last_days e ON e.placement_id = p.id
          LEFT JOIN channel_go_lives g ON g.channel_id = p.channel_id
        WHERE p.organization_id = ${organizationId}::uuid AND p.page_url IS NOT NULL)
      INSERT INTO presence_latest AS l (placement_id, organization_id, page_url, host, wanted, since, next_due_at)
      SELECT w.id, w.organization_id, w.page_url, w.host, w.wish, ${now}, CASE WHEN w.by_itself THEN ${now}::timestamptz END
      FROM wanted w LEFT JOIN presence_latest o ON o.placement_id = w.id
      WHERE o.placement_id IS NULL OR (o.page_url, o.wanted) IS DISTINCT FROM (w.page_url, w.wish)
        OR (o.next_due_at IS NULL AND w.by_itself AND NOT (o.wanted = 'absent' AND o.verdict IS NOT DISTINCT FROM 'no'))
        OR (o.next_due_at IS NOT NULL AND NOT w.by_itself)
      ORDER BY w.id
      ON CONFLICT (placement_id) DO UPDATE SET page_url = excluded.page_url, host = excluded.host, wanted = excluded.wanted, next_due_at = excluded.next_due_at,
        ${kept("verdict", "NULL")}, ${kept("check_id", "NULL")}, ${kept("at", "NULL")}, ${kept("since", "excluded.since")}, ${kept("care", "4")},
        ${kept("old_links", "0")}, fleeting = 0`;
    const dropped = await tx.$executeRaw`
      UPDATE presence_latest l SET next_due_at = NULL FROM placements p
      WHERE l.organization_id = ${organizationId}::uuid AND l.next_due_at IS NOT NULL AND p.id = l.placement_id AND p.page_url IS NULL`;
    await answerWithoutPage(tx, organizationId);
    return planned + dropped;
  });
}

/** Whoever asked for a place without a page is told that nobody can tell. */
async function answerWithoutPage(tx: Tx, organizationId: string): Promise<void> {
  const lost = await tx.$queryRaw<
    { id: string; placementId: string; wanted: string; reason: string; by: string | null }[]
  >`
    SELECT q.id, q.placement_id AS "placementId", q.wanted, q.reason, q.requested_by AS by
    FROM presence_requests q JOIN placements p ON p.id = q.placement_id
    WHERE q.organization_id = ${organizationId}::uuid AND q.done_at IS NULL AND p.page_url IS NULL LIMIT 500 FOR UPDATE OF q SKIP LOCKED`;
  for (const { id, placementId, wanted, reason, by } of lost) {
    const check = await tx.presenceCheck.create({
      data: {
        ...{ organizationId, placementId, trigger: reason, wanted, verdict: "unknown", reason: "no-page" },
        ...{ pageUrl: "", finalUrl: "", durationMs: 0, personId: by },
      },
      select: { id: true, at: true },
    });
    await tx.presenceRequest.update({ where: { id }, data: { doneCheckId: check.id, doneAt: check.at } });
  }
}
