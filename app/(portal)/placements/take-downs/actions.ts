"use server";

import { formAction, leave } from "@/lib/action";
import { closeTask } from "@/lib/placements/commands/close-task";
import { completeTakeDown } from "@/lib/placements/commands/complete-take-down";
import {
  handTask,
  recheckTakeDown,
  reinstateTakeDown,
  remindTakeDown,
} from "@/lib/placements/commands/follow-take-down";
import { openTakeDown } from "@/lib/placements/commands/open-take-down";
import {
  closeTaskSchema,
  handTaskSchema,
  openTakeDownSchema,
  reinstateTakeDownSchema,
  takeDownSchema,
} from "@/lib/placements/schema/take-down";

const at = (id: string) => `/placements/take-downs/${id}`;

export const openTakeDownAction = formAction(openTakeDownSchema, async (actor, input) =>
  leave(at(await openTakeDown(actor, input, new Date())), "placements.takeDown.done.opened"),
);

export const closeTaskAction = formAction(closeTaskSchema, async (actor, input) =>
  leave(at(await closeTask(actor, input, new Date())), "placements.takeDown.done.closed"),
);

export const handTaskAction = formAction(handTaskSchema, async (actor, input) =>
  leave(at(await handTask(actor, input, new Date())), "placements.takeDown.done.handed"),
);

export const reinstateTakeDownAction = formAction(reinstateTakeDownSchema, async (actor, input) => {
  await reinstateTakeDown(actor, input, new Date());
  return leave(at(input.takeDownId), "placements.takeDown.done.reinstated");
});

export const remindTakeDownAction = formAction(takeDownSchema, async (actor, input) => {
  await remindTakeDown(actor, input, new Date());
  return leave(at(input.takeDownId), "placements.takeDown.done.reminded");
});

export const recheckTakeDownAction = formAction(takeDownSchema, async (actor, input) => {
  await recheckTakeDown(actor, input, new Date());
  return leave(at(input.takeDownId), "placements.takeDown.done.rechecked");
});

export const completeTakeDownAction = formAction(takeDownSchema, async (actor, input) => {
  await completeTakeDown(actor, input, new Date());
  return leave(at(input.takeDownId), "placements.takeDown.done.completed");
});
