// What people do with a campaign under way besides closing places.
import { type Actor, personOf } from "@/lib/auth/actor";
import { change } from "@/lib/auth/door";
import { NotFound, Refused } from "@/lib/errors";
import { activeMembers } from "../queries";
import { assertMayReinstate, assertUnderWay, takesEffectAt } from "../rules/take-down";
import type { HandTask, OneTakeDown, ReinstateTakeDown } from "../schema/take-down";
import { tellOwners } from "./remind-take-down";
import { requestChecks } from "./run-take-downs";
import { lockTakeDown, lockTask } from "./take-down-lock";

/** Gives a task to somebody else. The place keeps its owner. @returns the campaign's id. @throws NotFound, Refused */
export function handTask(actor: Actor, { taskId, ownerId }: HandTask, now: Date): Promise<string> {
  return change(actor, "take-down:close", async (tx, record) => {
    const task = await lockTask(tx, taskId, now);
    assertUnderWay(task.campaign.state);
    if (task.closed) throw new Refused("placements.takeDown.refused.closed", "ownerId");
    if (task.ownerId === ownerId) throw new Refused("placements.takeDown.refused.sameOwner", "ownerId");
    const members = await activeMembers(tx, now);
    if (!members.some(({ id }) => id === ownerId)) throw new Refused("placements.ownerUnknown", "ownerId");
    await tx.takeDownTask.update({ where: { id: taskId }, data: { ownerId } });
    const { organizationId, personId } = personOf(actor);
    await tx.takeDownStep.create({
      data: { organizationId, takeDownId: task.campaign.id, taskId, kind: "handed", note: "", personId, at: now },
    });
    await record({
      action: "take-down.handed",
      target: { kind: "take-down", id: task.campaign.id },
      body: { task: taskId, from: task.ownerId, to: ownerId },
    });
    return task.campaign.id;
  });
}

/**
 * Puts chosen places back: the whole campaign or one of its places. Their redirects work again within a second, unless their channel ended.
 * @throws NotFound; Refused for the campaign of a channel's end, which comes back with the channel alone
 */
export function reinstateTakeDown(actor: Actor, { takeDownId, taskId, note }: ReinstateTakeDown, now: Date) {
  return change(actor, "take-down:reinstate", async (tx, record) => {
    const campaign = await lockTakeDown(tx, takeDownId, now);
    assertMayReinstate(campaign.cause, campaign.over);
    if (taskId !== null) {
      const task = await lockTask(tx, taskId, now);
      if (task.campaign.id !== takeDownId) throw new NotFound();
      if (task.reinstated) throw new Refused("placements.takeDown.refused.over", "note");
    }
    const { organizationId, personId } = personOf(actor);
    await tx.takeDownStep.create({
      data: { organizationId, takeDownId, taskId, kind: "reinstated", note, personId, at: now },
    });
    await record({
      action: "take-down.reinstated",
      target: { kind: "take-down", id: takeDownId },
      reason: note,
      body: taskId === null ? { places: campaign.total } : { task: taskId },
    });
  });
}

/** Asks for every open web page of a campaign to be looked at now. @returns how many. @throws NotFound, Refused before the effect */
export function recheckTakeDown(actor: Actor, { takeDownId }: OneTakeDown, now: Date): Promise<number> {
  return change(actor, "take-down:close", async (tx, record) => {
    const campaign = await lockTakeDown(tx, takeDownId, now);
    assertUnderWay(campaign.state);
    if (now < takesEffectAt(campaign.effectiveOn)) throw new Refused("placements.takeDown.refused.ahead");
    const asked = await requestChecks(tx, now, { takeDownId, personId: personOf(actor).personId });
    await record({
      action: "take-down.checks-asked",
      target: { kind: "take-down", id: takeDownId },
      body: { pages: asked },
    });
    return asked;
  });
}

/** Writes to every owner of an open place, at most once a day. @returns letters. @throws NotFound; Refused when all were told today */
export function remindTakeDown(actor: Actor, { takeDownId }: OneTakeDown, now: Date): Promise<number> {
  return change(actor, "take-down:close", async (tx, record) => {
    const campaign = await lockTakeDown(tx, takeDownId, now);
    assertUnderWay(campaign.state);
    const letters = await tellOwners(tx, actor.organizationId, [takeDownId], now);
    if (letters === 0) throw new Refused("placements.takeDown.refused.toldToday");
    await record({
      action: "take-down.reminded",
      target: { kind: "take-down", id: takeDownId },
      body: { letters },
    });
    return letters;
  });
}
