// Which consultations a hold covers, as a condition that an index serves. The same as the view held_sessions.
import { addDays, type Day, kstDayStart } from "@/lib/clock";
import { Prisma } from "@/prisma/generated/client";
import type { HoldScope } from "../schema/hold";

/** What a hold names. */
export type HeldScope = {
  scope: HoldScope;
  sessionId: string | null;
  channelId: string | null;
  userHandle: Uint8Array | null;
  openedFrom: Day | null;
  openedTo: Day | null;
};

/** Condition on `consult_sessions s`. */
export function coverage(hold: HeldScope): Prisma.Sql {
  const parts = [Prisma.sql`s.organization_id = damso_organization()`];
  if (hold.scope === "session") parts.push(Prisma.sql`s.id = ${hold.sessionId}::uuid`);
  if (hold.channelId !== null) parts.push(Prisma.sql`s.channel_id = ${hold.channelId}::uuid`);
  if (hold.scope === "user")
    parts.push(Prisma.sql`s.user_handle = ${hold.userHandle && Uint8Array.from(hold.userHandle)}`);
  if (hold.scope === "period" && hold.openedFrom && hold.openedTo)
    parts.push(
      Prisma.sql`s.opened_at >= ${kstDayStart(hold.openedFrom)} AND s.opened_at < ${kstDayStart(addDays(hold.openedTo, 1))}`,
    );
  return Prisma.join(parts, " AND ");
}

/** No hold covers `consult_sessions s`: the view's condition without reading all sessions once more, which its own join asks for. */
export const notHeld = Prisma.sql`NOT EXISTS (SELECT 1 FROM active_holds h WHERE h.organization_id = s.organization_id
  AND CASE h.scope
    WHEN 'session' THEN h.session_id = s.id
    WHEN 'user' THEN h.channel_id = s.channel_id AND h.user_handle = s.user_handle
    WHEN 'channel' THEN h.channel_id = s.channel_id
    ELSE (h.channel_id IS NULL OR h.channel_id = s.channel_id)
      AND s.opened_at >= h.opened_from::timestamp AT TIME ZONE 'Asia/Seoul' AND s.opened_at < (h.opened_to + 1)::timestamp AT TIME ZONE 'Asia/Seoul' END)`;

/** A count that a list shows stops here: more are "10,000 or more". */
export const mostCounted = 10_000;

/** How many it covers: of a channel by the counters, else counted up to `most` and one more. */
export function coveredCount(hold: HeldScope, most: number): Prisma.Sql {
  if (hold.scope === "channel")
    return Prisma.sql`(SELECT coalesce(sum(d.sessions), 0)::int FROM due_days d
      WHERE d.organization_id = damso_organization() AND d.channel_id = ${hold.channelId}::uuid)`;
  return Prisma.sql`(SELECT count(*)::int FROM (SELECT 1 FROM consult_sessions s WHERE ${coverage(hold)} LIMIT ${most + 1}) counted)`;
}
