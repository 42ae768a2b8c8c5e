import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { kstDay } from "@/lib/clock";
import type { PreviewRow } from "../rules/destruction-view";

/**
 * What a destruction of everything that is over would destroy, by channel. Freezes nothing.
 * `ended` = `held` + `keptByLaw` + `due`. @throws Forbidden
 */
export function previewDestruction(actor: Actor, now: Date): Promise<PreviewRow[]> {
  const today = kstDay(now);
  return read(
    actor,
    "destruction:preview",
    (tx) => tx.$queryRaw<PreviewRow[]>`
      WITH over AS (
        SELECT channel_id, sum(sessions)::int AS sessions, sum(held)::int AS held FROM due_days
        WHERE organization_id = damso_organization() AND due_on < ${today}::date GROUP BY 1
      ), law AS (
        SELECT channel_id, count(*)::int AS sessions FROM consult_sessions
        WHERE organization_id = damso_organization() AND ordinary_due_on < ${today}::date AND due_on >= ${today}::date
          AND ordinary_due_on < due_on AND held_at IS NULL GROUP BY 1
      )
      SELECT c.id AS "channelId", c.name, coalesce(o.sessions, 0) + coalesce(l.sessions, 0) AS ended, coalesce(o.held, 0) AS held,
        coalesce(l.sessions, 0) AS "keptByLaw", coalesce(o.sessions, 0) - coalesce(o.held, 0) AS due
      FROM channels c LEFT JOIN over o ON o.channel_id = c.id LEFT JOIN law l ON l.channel_id = c.id
      WHERE c.organization_id = damso_organization() AND coalesce(o.sessions, 0) + coalesce(l.sessions, 0) > 0 ORDER BY c.name, c.id`,
  );
}
