// A take-down campaign under way in a company of the tests.
import type { PersonActor } from "@/lib/auth/actor";
import { kstDay } from "@/lib/clock";
import { createPlacement } from "@/lib/placements/commands";
import { proveTask } from "@/lib/placements/commands/close-task";
import { openTakeDown } from "@/lib/placements/commands/open-take-down";
import { listTasks } from "@/lib/placements/queries/take-downs";
import { createPlacementSchema } from "@/lib/placements/schema";
import { openTakeDownSchema, taskFiltersSchema } from "@/lib/placements/schema/take-down";

/** One grey point. */
export const photo = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/** Printed places of a channel that come down today. @returns the campaign and its tasks */
export async function openCampaign(
  actor: PersonActor,
  channelId: string,
  places: number,
  now: Date,
): Promise<{ takeDownId: string; tasks: { id: string; placementId: string }[] }> {
  const ids: string[] = [];
  for (let at = 0; at < places; at += 1) {
    const given = { channelId, name: `매장 ${at + 1} 계산대`, medium: "offline", site: "성수점" };
    ids.push((await createPlacement(actor, createPlacementSchema.parse(given))).id);
  }
  const input = { placementId: ids, effectiveOn: kstDay(now), note: "행사가 끝났습니다" };
  const takeDownId = await openTakeDown(actor, openTakeDownSchema.parse(input), now);
  return { takeDownId, tasks: (await listTasks(actor, takeDownId, taskFiltersSchema.parse({}))).items };
}

/** Closes a task with the photo. @returns the file's id */
export async function provePhoto(actor: PersonActor, takeDownId: string, taskId: string, now: Date): Promise<string> {
  const form = new FormData();
  form.set("taskId", taskId);
  form.set("file", new File([photo], "자리.png", { type: "image/png" }));
  const request = new Request("http://damso.invalid/", { method: "POST", body: form });
  return (await proveTask(actor, takeDownId, request, 0, now)).fileId;
}

export async function takeDownOf(actor: PersonActor, channelId: string, now: Date) {
  const { takeDownId, tasks } = await openCampaign(actor, channelId, 2, now);
  const [open, closed] = tasks;
  const takeDownFileId = await provePhoto(actor, takeDownId, closed?.id ?? "", now);
  return { takeDownId, takeDownTaskId: open?.id ?? "", takeDownFileId };
}
