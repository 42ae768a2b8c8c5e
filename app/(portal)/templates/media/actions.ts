"use server";

import { formAction, leave } from "@/lib/action";
import { describeMedia, withdrawMedia } from "@/lib/templates/commands/edit-media";
import { describeMediaSchema, withdrawMediaSchema } from "@/lib/templates/schema/media";

export const describeMediaAction = formAction(describeMediaSchema, async (actor, input) => {
  await describeMedia(actor, input);
  return leave(`/templates/media/${input.mediaId}`, "templates.media.done.described");
});

export const withdrawMediaAction = formAction(withdrawMediaSchema, async (actor, input) => {
  await withdrawMedia(actor, input);
  return leave("/templates/media", "templates.media.done.withdrawn");
});
