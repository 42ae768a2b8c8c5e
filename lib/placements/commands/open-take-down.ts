import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { kstDay } from "@/lib/clock";
import { fromDay } from "@/lib/day-column";
import type { Tx } from "@/lib/db/client";
import { NotFound, Refused } from "@/lib/errors";
import { Prisma } from "@/prisma/generated/client";
import { assertMayTakeEffect, taskKindOf } from "../rules/take-down";
import type { Medium } from "../schema";
import type { OpenTakeDown } from "../schema/take-down";

/** More places than this are taken down in several campaigns. */
const most = 5_000;

/**
 * Opens a campaign by hand for the places ticked, or for all standing ones of a channel, campaign or tag. Their redirects end at 24:00 KST
 * of its day. @returns its id
 * @throws NotFound when one of them is not ours; Refused when nothing is chosen or left, or the day is over
 */
export function openTakeDown(actor: Actor, input: OpenTakeDown, now: Date): Promise<string> {
  return change(actor, "take-down:open", async (tx, record) => {
    assertMayTakeEffect(input.effectiveOn, kstDay(now));
    const { organizationId, personId } = personOf(actor);
    const places = await chosen(tx, input);
    const effectiveOn = fromDay(input.effectiveOn);
    const made = await tx.takeDown.create({
      data: { organizationId, cause: "hand", effectiveOn, note: input.note, personId, at: now },
    });
    await addTasks(tx, organizationId, { id: made.id, effectiveOn }, places, now);
    await record({
      action: "take-down.opened",
      target: { kind: "take-down", id: made.id },
      reason: input.note,
      body: { cause: "hand", effectiveOn: input.effectiveOn, places: places.length },
    });
    return made.id;
  });
}

export type TakenPlace = { id: string; medium: Medium; ownerId: string };

/** A task for each place, with whoever owns it now. */
export async function addTasks(
  tx: Tx,
  organizationId: string,
  campaign: { id: string; effectiveOn: Date },
  places: readonly TakenPlace[],
  now: Date,
): Promise<number> {
  const { count } = await tx.takeDownTask.createMany({
    data: places.map(({ id, medium, ownerId }) => ({
      ...{ organizationId, takeDownId: campaign.id, placementId: id, kind: taskKindOf(medium), ownerId },
      ...{ dueOn: campaign.effectiveOn, at: now },
    })),
    skipDuplicates: true,
  });
  return count;
}

async function chosen(tx: Tx, { placementId, channel, campaign, tag }: OpenTakeDown): Promise<TakenPlace[]> {
  const ids = [...new Set(placementId)];
  const where = [Prisma.sql`p.organization_id = damso_organization()`];
  if (ids.length > 0) where.push(Prisma.sql`p.id = ANY (${ids}::uuid[])`);
  else {
    if (channel !== null) where.push(Prisma.sql`p.channel_id = ${channel}::uuid`);
    if (campaign !== "") where.push(Prisma.sql`p.campaign = ${campaign}`);
    if (tag !== "") where.push(Prisma.sql`p.tags @> ARRAY[${tag}]`);
    if (where.length === 1) throw new Refused("placements.takeDown.refused.nothingChosen", "channel");
    where.push(Prisma.sql`NOT EXISTS (SELECT FROM placement_retirements r WHERE r.placement_id = p.id)`);
  }
  // A place that a campaign takes down already is not taken down twice.
  const found = await tx.$queryRaw<(TakenPlace & { taken: boolean })[]>`
    SELECT p.id, p.medium, p.owner_id AS "ownerId", EXISTS (SELECT FROM standing_take_down_tasks s WHERE s.placement_id = p.id) AS taken
    FROM placements p WHERE ${Prisma.join(where, " AND ")} ORDER BY p.id LIMIT ${most + 1}`;
  if (ids.length > 0 && found.length !== ids.length) throw new NotFound();
  if (found.length > most) throw new Refused("placements.takeDown.refused.many", "channel", { most });
  const free = found.filter(({ taken }) => !taken);
  if (free.length === 0) throw new Refused("placements.takeDown.refused.nothing", "channel");
  return free;
}
