import type { Tx } from "@/lib/db/client";
import { NotFound } from "@/lib/errors";
import { takeDownRow } from "../queries/take-downs";
import { takeDownStatus } from "../rules/take-down";
import type { TakeDownRow, TakeDownState, TaskKind } from "../schema/take-down";

/** One campaign, with nobody else at it until the change is over. @throws NotFound */
export async function lockTakeDown(tx: Tx, id: string, now: Date): Promise<TakeDownRow & { state: TakeDownState }> {
  await tx.$queryRaw`SELECT FROM take_downs WHERE organization_id = damso_organization() AND id = ${id}::uuid FOR UPDATE`;
  const row = await takeDownRow(tx, id);
  if (!row) throw new NotFound();
  return { ...row, state: takeDownStatus(row, now) };
}

export type LockedTask = {
  id: string;
  kind: TaskKind;
  ownerId: string;
  placementId: string;
  channelId: string;
  code: string;
  closed: boolean;
  reinstated: boolean;
  campaign: TakeDownRow & { state: TakeDownState };
};

/** One place of a campaign and its campaign, locked. @throws NotFound */
export async function lockTask(tx: Tx, taskId: string, now: Date): Promise<LockedTask> {
  const found = await tx.takeDownTask.findUnique({ where: { id: taskId }, select: { takeDownId: true } });
  if (!found) throw new NotFound();
  const campaign = await lockTakeDown(tx, found.takeDownId, now);
  const task = await tx.takeDownTask.findUniqueOrThrow({
    where: { id: taskId },
    include: {
      closings: { select: { id: true } },
      steps: { where: { kind: "reinstated" }, select: { id: true } },
      placement: { select: { code: true, channelId: true } },
    },
  });
  return {
    ...{ id: taskId, kind: task.kind as TaskKind, ownerId: task.ownerId, placementId: task.placementId },
    ...{ channelId: task.placement.channelId, code: task.placement.code },
    ...{ closed: task.closings.length > 0, reinstated: task.steps.length > 0, campaign },
  };
}
