"use server";

import { formAction, leave } from "@/lib/action";
import { allowAttachmentHost, refuseAttachmentHost } from "@/lib/transcripts/commands/decide-attachment-host";
import { attachmentHostSchema } from "@/lib/transcripts/schema/hosts";

export const allowAttachmentHostAction = formAction(attachmentHostSchema, async (actor, input) => {
  await allowAttachmentHost(actor, input, new Date());
  return leave("/transcripts/files", "transcripts.files.done.allowed");
});

export const refuseAttachmentHostAction = formAction(attachmentHostSchema, async (actor, input) => {
  await refuseAttachmentHost(actor, input, new Date());
  return leave("/transcripts/files", "transcripts.files.done.refused");
});
