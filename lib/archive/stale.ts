// Which sessions are to be reckoned again. Each kind is found by an index of its own (migration 41), and none is found twice for nothing.
import { kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { silentDays } from "@/lib/transcripts/rules";

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Ids of stale sessions that nobody else is at, locked; of any kind, but of one kind at a time. */
export async function batchToReckon(tx: Tx, organizationId: string, now: Date, most: number): Promise<string[]> {
  for (const find of [outdated, silent, byLawAlone, newlyHeld, noLongerHeld]) {
    const rows = await find(tx, organizationId, now, most);
    if (rows.length > 0) return rows.map(({ id }) => id);
  }
  return [];
}

type Find = (tx: Tx, organizationId: string, now: Date, most: number) => Promise<{ id: string }[]>;

/** Reckoned under older policies, or changed since. A session that is open again waits for its end without being asked each time. */
const outdated: Find = (tx, organizationId, _now, most) => tx.$queryRaw<{ id: string }[]>`
  SELECT s.id FROM consult_sessions s WHERE s.organization_id = ${organizationId}::uuid
    AND s.reckoned < (SELECT r.epoch FROM retention_settings r WHERE r.organization_id = ${organizationId}::uuid)
    AND (s.ended_at IS NOT NULL OR s.promised_on IS NOT NULL OR s.waits_for IS DISTINCT FROM 'end')
  ORDER BY s.reckoned, s.id LIMIT ${most}::int FOR UPDATE SKIP LOCKED`;

/** Silent for 30 days since the hour of the user's last message (guide 2 STEP 4). */
const silent: Find = (tx, organizationId, now, most) => {
  const since = new Date(now.getTime() - silentDays * dayMs);
  return tx.$queryRaw<{ id: string }[]>`
    SELECT s.id FROM consult_sessions s WHERE s.organization_id = ${organizationId}::uuid AND s.waits_for = 'end' AND s.due_on IS NULL
      AND s.opened_at < ${since} AND (s.ended_at IS NULL OR s.ended_at <= ${now})
      AND (s.ended_at <= ${now} OR date_trunc('hour', coalesce(s.last_user_message_at, s.opened_at), 'UTC') <= ${new Date(since.getTime() - hourMs)})
    ORDER BY s.opened_at, s.id LIMIT ${most}::int FOR UPDATE SKIP LOCKED`;
};

/** The company's own purposes have ended, a law goes on: kept apart from today (개인정보 보호법 제21조 제3항). */
const byLawAlone: Find = (tx, organizationId, now, most) => tx.$queryRaw<{ id: string }[]>`
  SELECT s.id FROM consult_sessions s WHERE s.organization_id = ${organizationId}::uuid AND s.ordinary_due_on < ${kstDay(now)}::date
    AND s.ordinary_due_on < s.due_on AND s.held_at IS NULL AND s.shelf NOT LIKE 'law-%'
  ORDER BY s.ordinary_due_on, s.id LIMIT ${most}::int FOR UPDATE SKIP LOCKED`;

/** Under a hold that was placed since, or that was last looked at an hour ago: sessions may have come since. */
const newlyHeld: Find = (tx, organizationId, now, most) => tx.$queryRaw<{ id: string }[]>`
  SELECT s.id FROM consult_sessions s WHERE s.held_at IS NULL AND s.id IN (
    SELECT x.session_id FROM held_sessions x JOIN holds h ON h.id = x.hold_id
      JOIN consult_sessions f ON f.id = x.session_id AND f.held_at IS NULL
    WHERE x.organization_id = ${organizationId}::uuid AND (h.applied_at IS NULL OR h.applied_at < ${new Date(now.getTime() - hourMs)}) LIMIT ${most}::int)
  ORDER BY s.id FOR UPDATE SKIP LOCKED`;

/** On the held shelf, while a hold that was released has not been lifted everywhere and no other covers it. */
const noLongerHeld: Find = (tx, organizationId, _now, most) => tx.$queryRaw<{ id: string }[]>`
  SELECT s.id FROM consult_sessions s WHERE s.organization_id = ${organizationId}::uuid AND s.held_at IS NOT NULL
    AND EXISTS (SELECT 1 FROM holds h JOIN hold_releases r ON r.hold_id = h.id AND r.outcome = 'approved'
      WHERE h.organization_id = ${organizationId}::uuid AND h.lifted_at IS NULL)
    AND NOT EXISTS (SELECT 1 FROM held_sessions x WHERE x.session_id = s.id)
  ORDER BY s.id LIMIT ${most}::int FOR UPDATE SKIP LOCKED`;

/** Remembers that every session under a hold is on the held shelf, and that none is left there by one that was released. */
export async function settleHolds(tx: Tx, organizationId: string, now: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE holds h SET applied_at = ${now} WHERE h.organization_id = ${organizationId}::uuid
      AND (h.applied_at IS NULL OR h.applied_at < ${new Date(now.getTime() - hourMs)})
      AND NOT EXISTS (SELECT 1 FROM held_sessions x JOIN consult_sessions s ON s.id = x.session_id WHERE x.hold_id = h.id AND s.held_at IS NULL)`;
  await tx.$executeRaw`
    UPDATE holds h SET lifted_at = ${now} WHERE h.organization_id = ${organizationId}::uuid AND h.lifted_at IS NULL
      AND EXISTS (SELECT 1 FROM hold_releases r WHERE r.hold_id = h.id AND r.outcome = 'approved')
      AND NOT EXISTS (SELECT 1 FROM consult_sessions s WHERE s.organization_id = h.organization_id AND s.held_at IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM held_sessions x WHERE x.session_id = s.id))`;
}
