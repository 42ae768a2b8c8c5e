"use server";

import { redirect } from "next/navigation";
import { transcriptsAddress } from "@/components/transcripts/transcript-filters";
import { formAction, leave } from "@/lib/action";
import { Refused } from "@/lib/errors";
import { classifyTranscripts } from "@/lib/transcripts/commands/classify-transcripts";
import { findTranscripts } from "@/lib/transcripts/commands/search-transcripts";
import { classifySchema, findTranscriptSchema } from "@/lib/transcripts/schema/reading";

/** From a user_key to its keyed handle: what was typed goes into no address. */
export const findTranscriptsAction = formAction(findTranscriptSchema, async (actor, input) => {
  const found = await findTranscripts(actor, input, new Date());
  if (found.filter) redirect(transcriptsAddress(found.filter));
  throw new Refused(`transcripts.lists.find.${found.why}`, found.why === "several" ? "channel" : "key");
});

export const classifyPickedAction = formAction(classifySchema, async (actor, input) => {
  await classifyTranscripts(actor, input, new Date());
  return leave("/transcripts", "transcripts.lists.done.classified");
});
