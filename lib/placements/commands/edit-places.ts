import { type Actor, personOf } from "@/lib/auth/actor";
import { change, type Record as RecordEvent } from "@/lib/auth/door";
import type { Tx } from "@/lib/db/client";
import { NotFound, Refused } from "@/lib/errors";
import { activeMembers } from "../queries";
import type { EditPlaces, HandOverPlaces } from "../schema/code-book";

/**
 * Gives many places an owner, a campaign or tags; what is left empty stays. One entry for each place that changed.
 * @returns how many changed
 * @throws NotFound when one of them is not ours; Refused when nothing is asked, an owner is no member, or a place would have more than ten tags
 */
export function editPlaces(actor: Actor, input: EditPlaces): Promise<number> {
  return change(actor, "placement:edit", async (tx, record) => {
    const ids = [...new Set(input.placementId)];
    const campaign = input.noCampaign ? "" : input.campaign;
    if (input.ownerId === null && campaign === null && input.addTags.length + input.dropTags.length === 0)
      throw new Refused("placements.bulk.nothing");
    if (input.ownerId !== null) await assertMember(tx, input.ownerId, "ownerId");
    if ((await tx.placement.count({ where: { id: { in: ids } } })) !== ids.length) throw new NotFound();
    const changed = await tx.$queryRaw<{ id: string; fields: string[]; version: number; tags: number }[]>`
      WITH wanted AS (
        SELECT p.id, p.owner_id, p.campaign, p.tags, coalesce(${input.ownerId}::uuid, p.owner_id) AS new_owner,
          coalesce(${campaign}::text, p.campaign) AS new_campaign,
          ARRAY(SELECT t FROM (SELECT t, min(n) AS n FROM unnest(p.tags || ${input.addTags}::text[]) WITH ORDINALITY AS u (t, n)
            GROUP BY t) k WHERE t <> ALL(${input.dropTags}::text[]) ORDER BY n) AS new_tags
        FROM placements p WHERE p.id = ANY(${ids}::uuid[]) AND NOT EXISTS (SELECT FROM placement_retirements r WHERE r.placement_id = p.id)
        ORDER BY p.id FOR UPDATE OF p)
      UPDATE placements p SET owner_id = w.new_owner, campaign = w.new_campaign, tags = CASE WHEN cardinality(w.new_tags) > 10 THEN p.tags
        ELSE w.new_tags END, version = p.version + 1
      FROM wanted w WHERE w.id = p.id AND (w.owner_id, w.campaign, w.tags) IS DISTINCT FROM (w.new_owner, w.new_campaign, w.new_tags)
      RETURNING p.id, p.version, cardinality(w.new_tags) AS tags, array_remove(ARRAY[CASE WHEN w.owner_id <> w.new_owner THEN 'ownerId' END,
        CASE WHEN w.campaign <> w.new_campaign THEN 'campaign' END, CASE WHEN w.tags <> w.new_tags THEN 'tags' END], NULL) AS fields`;
    if (changed.some(({ tags }) => tags > 10)) throw new Refused("placements.tagsMany", "addTags");
    if (changed.length === 0) throw new Refused("placements.bulk.same");
    for (const { id, fields, version } of changed)
      await record({
        action: "placement.edited",
        target: { kind: "placement", id },
        body: { changed: fields, version, together: changed.length },
      });
    return changed.length;
  });
}

/**
 * Hands everything that one person looks after to another, one entry for each place; what is left to take down of it goes along, one
 * entry for each campaign. @returns how many places
 * @throws Refused when the new owner is no member, is the old one, or there is nothing to hand over
 */
export function handOverPlaces(actor: Actor, input: HandOverPlaces): Promise<number> {
  return change(actor, "placement:edit", async (tx, record) => {
    if (input.fromId === input.toId) throw new Refused("placements.handOver.same", "toId");
    await assertMember(tx, input.toId, "toId");
    const handed = await tx.$queryRaw<{ id: string; version: number }[]>`
      UPDATE placements p SET owner_id = ${input.toId}::uuid, version = version + 1
      WHERE owner_id = ${input.fromId}::uuid AND NOT EXISTS (SELECT FROM placement_retirements r WHERE r.placement_id = p.id)
      RETURNING id, version`;
    if (handed.length === 0) throw new Refused("placements.handOver.nothing", "fromId");
    for (const { id, version } of handed)
      await record({
        action: "placement.handed-over",
        target: { kind: "placement", id },
        reason: input.reason,
        body: { from: input.fromId, to: input.toId, version, together: handed.length },
      });
    await handOpenTasks(tx, record, actor, input);
    return handed.length;
  });
}

/** Places that the first has still to take down are the other's now. */
async function handOpenTasks(
  tx: Tx,
  record: RecordEvent,
  actor: Actor,
  { fromId, toId, reason }: HandOverPlaces,
): Promise<void> {
  const { organizationId, personId } = personOf(actor);
  const open = await tx.$queryRaw<{ id: string; takeDownId: string }[]>`
    UPDATE take_down_tasks t SET owner_id = ${toId}::uuid FROM standing_take_down_tasks s
    WHERE s.task_id = t.id AND t.owner_id = ${fromId}::uuid AND NOT EXISTS (SELECT FROM take_down_closings k WHERE k.task_id = t.id)
      AND NOT EXISTS (SELECT FROM take_down_steps f WHERE f.take_down_id = t.take_down_id AND f.kind = 'completed')
    RETURNING t.id, t.take_down_id AS "takeDownId"`;
  await tx.takeDownStep.createMany({
    data: open.map(({ id: taskId, takeDownId }) => ({
      ...{ organizationId, takeDownId, taskId, kind: "handed", note: reason, personId },
    })),
  });
  for (const id of new Set(open.map(({ takeDownId }) => takeDownId)))
    await record({
      action: "take-down.handed",
      target: { kind: "take-down", id },
      reason,
      body: { tasks: open.filter(({ takeDownId }) => takeDownId === id).length, from: fromId, to: toId },
    });
}

async function assertMember(tx: Tx, id: string, field: string): Promise<void> {
  if (!(await activeMembers(tx, new Date())).some((member) => member.id === id))
    throw new Refused("placements.ownerUnknown", field);
}
