import type { Actor } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { kstDay } from "@/lib/clock";
import type { Tx } from "@/lib/db/client";
import { NotFound, Refused } from "@/lib/errors";
import { Prisma } from "@/prisma/generated/client";
import { presenceConditions, presenceSources } from "../queries/presence-sources";
import { presenceWishSql } from "../queries/presence-wish";
import type { RequestFilteredPresence, RequestPresence } from "../schema/presence";

/** Places that one request may name when it takes all that a list is narrowed to. */
const mostAtOnce = 2_000;

/**
 * Asks the job to look at pages now; it does so within seconds, and people see the answer in the list. Nothing is fetched here.
 * A place that somebody asked for already is asked for once. @returns how many pages will be looked at
 * @throws NotFound when one of them is not ours; Refused when none has a page
 */
export function requestPresence(actor: Actor, input: RequestPresence): Promise<number> {
  return change(actor, "placement:check", async (tx, record) => {
    const ids = [...new Set(input.placementId)].sort();
    const found = await tx.placement.findMany({ where: { id: { in: ids } }, select: { id: true, pageUrl: true } });
    if (found.length !== ids.length) throw new NotFound();
    const withPage = found.flatMap(({ id, pageUrl }) => (pageUrl === null ? [] : [id]));
    const count = await ask(tx, actor, withPage);
    const [only] = ids;
    const target = only && ids.length === 1 ? { kind: "placement", id: only } : organizationOf(actor);
    await record({ action: "presence.requested", target, body: { count } });
    return count;
  });
}

/** The same for all places that the list is narrowed to, at most 2,000, the neediest first. */
export function requestFilteredPresence(actor: Actor, input: RequestFilteredPresence): Promise<number> {
  return change(actor, "placement:check", async (tx, record) => {
    const found = await tx.$queryRaw<{ id: string }[]>`
      SELECT p.id FROM ${presenceSources} WHERE ${Prisma.join(presenceConditions(input), " AND ")}
      ORDER BY l.care, l.since, l.placement_id LIMIT ${mostAtOnce}`;
    const ids = found.map(({ id }) => id);
    const count = await ask(tx, actor, ids);
    await record({ action: "presence.requested", target: organizationOf(actor), body: { count } });
    return count;
  });
}

const organizationOf = (actor: Actor) => ({ kind: "organization", id: actor.organizationId });

/** @throws Refused when there is no page to look at */
async function ask(tx: Tx, actor: Actor, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) throw new Refused("placements.presence.noPage");
  const personId = actor.kind === "person" ? actor.personId : null;
  await tx.$executeRaw`
    INSERT INTO presence_requests (organization_id, placement_id, wanted, reason, requested_by)
    SELECT p.organization_id, p.id, ${presenceWishSql(kstDay(new Date()))}, 'hand', ${personId}::uuid
    FROM placements p LEFT JOIN placement_retirements r ON r.placement_id = p.id LEFT JOIN placement_last_days e ON e.placement_id = p.id
    WHERE p.id = ANY(${[...ids]}::uuid[]) ORDER BY p.id ON CONFLICT DO NOTHING`;
  return ids.length;
}
