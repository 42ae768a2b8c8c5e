// One look at a page: taken under a lease, read outside of any transaction, kept with the newest state in one.
import type { JobActor } from "@/lib/auth/actor";
import { ingest } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import type { Fetched } from "@/lib/outbound";
import { placementStatus } from "../rules";
import { careOf, isFleeting, nextPresenceAt } from "../rules/presence";
import type { OldLink, PresenceFinding, PresenceTrigger, PresenceVerdict, PresenceWish } from "../schema/presence";

/** A place's page that is to be looked at now. */
export type Look = {
  placementId: string;
  code: string;
  searchId: string;
  pageUrl: string;
  wanted: PresenceWish;
  trigger: PresenceTrigger;
  personId: string | null;
  takenAt: Date;
};

/** Pages of one host that are looked at together, over all instances. */
const mostOfHost = 2;
/** A process that died gives a page back by then. */
const leaseSeconds = 60;
/** Of the longest waiting, so many are gone through for one whose host is free. */
const mostWaiting = 500;

/**
 * Takes the next page of an organization: what somebody asked for before what is due by itself, and never the third of one host.
 * @returns "busy" when all that is due waits for its host; null when nothing is due
 */
export function takeLook(actor: JobActor): Promise<Look | "busy" | null> {
  const { organizationId } = actor;
  return ingest(actor, "check:run", async (tx) => {
    // One taker at a time: two could not see each other's hosts.
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended('presence:' || ${organizationId}, 0))`;
    const [found] = await tx.$queryRaw<(Look & { free: boolean })[]>`
      WITH busy AS (
        SELECT host FROM presence_latest WHERE organization_id = ${organizationId}::uuid AND lease_until > clock_timestamp()
        GROUP BY host HAVING count(*) >= ${mostOfHost}),
      due AS (
        (SELECT placement_id, wanted, reason AS trigger, requested_by, 0 AS rank, requested_at AS due_at FROM presence_requests
          WHERE organization_id = ${organizationId}::uuid AND done_at IS NULL ORDER BY requested_at LIMIT ${mostWaiting})
        UNION ALL
        (SELECT placement_id, wanted, 'schedule', NULL, 1, next_due_at FROM presence_latest
          WHERE organization_id = ${organizationId}::uuid AND next_due_at <= clock_timestamp() ORDER BY next_due_at LIMIT ${mostWaiting}))
      SELECT l.placement_id AS "placementId", p.code, c.search_id AS "searchId", l.page_url AS "pageUrl", due.wanted, due.trigger,
        due.requested_by AS "personId", clock_timestamp() AS "takenAt",
        (l.lease_until IS NULL OR l.lease_until <= clock_timestamp()) AND l.host NOT IN (SELECT host FROM busy) AS free
      FROM due JOIN presence_latest l ON l.placement_id = due.placement_id JOIN placements p ON p.id = l.placement_id JOIN channels c ON c.id = p.channel_id
      WHERE p.page_url = l.page_url
      ORDER BY free DESC, due.rank, due.due_at, l.placement_id LIMIT 1`;
    if (!found) return null;
    const { free, ...look } = found;
    if (!free) return "busy";
    await tx.$executeRaw`
      UPDATE presence_latest SET lease_until = clock_timestamp() + make_interval(secs => ${leaseSeconds}::float8) WHERE placement_id = ${look.placementId}::uuid`;
    return look;
  });
}

/**
 * Keeps what a look found: the check, the place's newest state and the requests that it answers, in one transaction. The host then has a rest.
 * @param restMs until another page of the same host may be asked for in this one's stead
 */
export async function keepLook(
  actor: JobActor,
  look: Look,
  { page, finding }: { page: Fetched; finding: PresenceFinding },
  restMs: number,
): Promise<void> {
  const { organizationId } = actor;
  const { placementId, wanted, trigger, pageUrl, personId } = look;
  await ingest(actor, "check:run", async (tx) => {
    const oldLinks = await withoutOurs(tx, finding.oldLinks);
    const answered = page.ok ? { status: page.status, bodySha256: page.sha256, bytes: page.bytes } : {};
    const { verdict, reason, snippet } = finding;
    const { id, at } = await tx.presenceCheck.create({
      data: {
        ...{ organizationId, placementId, trigger, wanted, verdict, reason, snippet, oldLinks, personId, pageUrl },
        ...{ finalUrl: page.address, durationMs: page.tookMs, ...answered },
      },
      select: { id: true, at: true },
    });
    await renew(tx, look, { id, at, finding: { ...finding, oldLinks }, restMs });
    await tx.presenceRequest.updateMany({
      where: { placementId, wanted, doneAt: null, requestedAt: { lte: look.takenAt } },
      data: { doneCheckId: id, doneAt: at },
    });
  });
}

type Kept = { id: string; at: Date; finding: PresenceFinding; restMs: number };
type Standing = {
  pageUrl: string;
  wanted: PresenceWish;
  verdict: PresenceVerdict | null;
  since: Date;
  fleeting: number;
  wentLiveAt: Date | null;
  endsAt: Date | null;
  retiredAt: Date | null;
};

/** What the place's row says now. A page that changed meanwhile is left to the plan: this look says nothing of the new one. */
async function renew(tx: Tx, look: Look, { id, at, finding, restMs }: Kept): Promise<void> {
  const { placementId } = look;
  await tx.$executeRaw`
    UPDATE presence_latest SET lease_until = clock_timestamp() + make_interval(secs => ${restMs / 1_000}::float8) WHERE placement_id = ${placementId}::uuid`;
  const [row] = await tx.$queryRaw<Standing[]>`
    SELECT l.page_url AS "pageUrl", l.wanted, l.verdict, l.since, l.fleeting::int AS fleeting, g.at AS "wentLiveAt",
      (e.ends_on + 1)::timestamp AT TIME ZONE 'Asia/Seoul' AS "endsAt", r.at AS "retiredAt"
    FROM presence_latest l JOIN placements p ON p.id = l.placement_id LEFT JOIN channel_go_lives g ON g.channel_id = p.channel_id
      LEFT JOIN placement_last_days e ON e.placement_id = p.id LEFT JOIN placement_retirements r ON r.placement_id = p.id
    WHERE l.placement_id = ${placementId}::uuid`;
  if (!row || row.pageUrl !== look.pageUrl) return;
  const { verdict, reason } = finding;
  const fleeting = isFleeting(reason) ? Math.min(row.fleeting + 1, 100) : 0;
  const oldLinks = finding.oldLinks.length;
  const { wanted } = row;
  await tx.presenceLatest.update({
    where: { placementId },
    data: {
      ...{ checkId: id, verdict, at, fleeting, oldLinks },
      since: row.verdict === verdict ? row.since : at,
      care: careOf({ wanted, verdict, oldLinks }),
      nextDueAt: nextPresenceAt({ wanted, verdict, fleeting }, placementStatus(row, row, at), at),
    },
  });
}

/** A consult link with the code of another place of ours that still stands is no old link. */
async function withoutOurs(tx: Tx, oldLinks: readonly OldLink[]): Promise<OldLink[]> {
  const codes = oldLinks.flatMap(({ kind, extra }) => (kind === "consult" ? [extra] : []));
  if (codes.length === 0) return [...oldLinks];
  const ours = await tx.placement.findMany({
    where: { code: { in: codes }, retirement: null },
    select: { code: true },
  });
  const standing = new Set(ours.map(({ code }) => code));
  return oldLinks.filter(({ kind, extra }) => kind !== "consult" || !standing.has(extra));
}
