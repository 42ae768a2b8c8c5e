import type { Actor } from "@/lib/auth/actor";
import { read } from "@/lib/auth/door";
import { addDays, kstDay, kstDayStart } from "@/lib/clock";
import type { FindingKind, Keeper, PlaceFinding } from "../schema/code-book";

/** Findings of one kind are shown up to here; the rest is counted. */
export const mostFindings = 100;
/** A place is called silent after as many days without any press, scan or consult. */
export const silentDays = 28;

export type Findings = { items: PlaceFinding[]; counts: Record<FindingKind, number> };

/**
 * What is wrong with the code book: places whose owner has left, two on one page or spot of a channel, past their period, web pages without an
 * address, and silent ones. Retired places and channels that ended are left out: those are the take-down's.
 */
export function listFindings(actor: Actor, kind: FindingKind | "", now: Date): Promise<Findings> {
  const today = kstDay(now);
  const before = addDays(today, -silentDays);
  return read(actor, "placement:read", async (tx) => {
    const found = await tx.$queryRaw<(PlaceFinding & { total: bigint; place: bigint })[]>`
      WITH standing AS (
        SELECT p.*, c.name AS channel_name, w.name AS owner_name, g.at AS live_at,
          lower(regexp_replace(regexp_replace(p.page_url, '^https?://(www[.])?', ''), '/+$', '')) AS page,
          EXISTS (SELECT FROM memberships m WHERE m.person_id = p.owner_id AND m.organization_id = p.organization_id
            AND m.disabled_at IS NULL AND (m.expires_at IS NULL OR m.expires_at > ${now})) AS kept
        FROM placements p JOIN channels c ON c.id = p.channel_id LEFT JOIN persons w ON w.id = p.owner_id
        LEFT JOIN channel_go_lives g ON g.channel_id = c.id LEFT JOIN channel_last_days e ON e.channel_id = c.id
        WHERE NOT EXISTS (SELECT FROM placement_retirements r WHERE r.placement_id = p.id)
          AND (e.ends_on IS NULL OR e.ends_on >= ${today}::date)),
      counted AS (
        SELECT s.*, count(*) OVER (PARTITION BY channel_id, page) AS same_page,
          count(*) OVER (PARTITION BY channel_id, medium, lower(site), lower(location)) AS same_spot FROM standing s),
      found AS (
        SELECT 'orphan' AS kind, c.*, coalesce(owner_name, '') AS about FROM counted c WHERE NOT kept
        UNION ALL SELECT 'same-page', c.*, page_url FROM counted c WHERE page IS NOT NULL AND same_page > 1
        UNION ALL SELECT 'same-spot', c.*, concat_ws(' · ', nullif(site, ''), location) FROM counted c
          WHERE page IS NULL AND location <> '' AND same_spot > 1
        UNION ALL SELECT 'over', c.*, ends_on::text FROM counted c WHERE ends_on < ${today}::date
        UNION ALL SELECT 'no-page', c.*, concat_ws(' · ', nullif(site, ''), nullif(location, '')) FROM counted c
          WHERE page_url IS NULL AND medium IN ('web', 'mobile_web')
        UNION ALL SELECT 'silent', c.*, '' FROM counted c
          WHERE mode = 'redirect' AND live_at < ${kstDayStart(before)} AND created_at < ${kstDayStart(before)}
            AND NOT EXISTS (SELECT FROM press_days d WHERE d.placement_id = c.id AND d.day >= ${before}::date AND d.presses + d.scans > 0)
            AND NOT EXISTS (SELECT FROM consult_sessions s WHERE s.placement_id = c.id AND s.opened_at >= ${kstDayStart(before)})),
      numbered AS (SELECT *, count(*) OVER (PARTITION BY kind) AS total,
        row_number() OVER (PARTITION BY kind ORDER BY about, name, id) AS place FROM found)
      SELECT kind, id, name, code, channel_name AS "channelName", owner_name AS "ownerName", about, total, place FROM numbered
      WHERE place = 1 OR (place <= ${mostFindings} AND (${kind} = '' OR kind = ${kind})) ORDER BY kind, place`;
    const count = (of: FindingKind) => Number(found.find((row) => row.kind === of)?.total ?? 0);
    return {
      items: found
        .filter((row) => kind === "" || row.kind === kind)
        .map(({ total: _total, place: _place, ...row }) => row),
      counts: {
        orphan: count("orphan"),
        "same-page": count("same-page"),
        "same-spot": count("same-spot"),
        over: count("over"),
        "no-page": count("no-page"),
        silent: count("silent"),
      },
    };
  });
}

/** Who looks after places that hang, those who have left first. */
export function listKeepers(actor: Actor, now: Date): Promise<Keeper[]> {
  return read(
    actor,
    "placement:read",
    (tx) => tx.$queryRaw<Keeper[]>`
      SELECT p.owner_id AS id, coalesce(w.name, '') AS name, count(*)::int AS places,
        EXISTS (SELECT FROM memberships m WHERE m.person_id = p.owner_id AND m.organization_id = damso_organization()
          AND m.disabled_at IS NULL AND (m.expires_at IS NULL OR m.expires_at > ${now})) AS active
      FROM placements p LEFT JOIN persons w ON w.id = p.owner_id
      WHERE NOT EXISTS (SELECT FROM placement_retirements r WHERE r.placement_id = p.id)
      GROUP BY p.owner_id, w.name ORDER BY 4, 2, 1`,
  );
}
