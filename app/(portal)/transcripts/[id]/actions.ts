"use server";

import { redirect } from "next/navigation";
import { formAction, leave } from "@/lib/action";
import { classifyTranscripts, markAnchor } from "@/lib/transcripts/commands/classify-transcripts";
import { forwardRecord } from "@/lib/transcripts/commands/forward-record";
import { closeLook, openLook, unmaskLook } from "@/lib/transcripts/commands/open-look";
import {
  classifySchema,
  forwardSchema,
  lookSchema,
  markAnchorSchema,
  openLookSchema,
} from "@/lib/transcripts/schema/reading";

const at = (sessionId: string) => `/transcripts/${sessionId}`;

export const openLookAction = formAction(openLookSchema, async (actor, input) => {
  await openLook(actor, input, new Date());
  redirect(at(input.sessionId));
});

export const unmaskLookAction = formAction(lookSchema, async (actor, input) => {
  await unmaskLook(actor, input, new Date());
  return leave(at(input.sessionId), "transcripts.reading.done.unmasked");
});

export const closeLookAction = formAction(lookSchema, async (actor, input) => {
  await closeLook(actor, input, new Date());
  return leave(at(input.sessionId), "transcripts.reading.done.closed");
});

export const classifyOneAction = formAction(classifySchema, async (actor, input) => {
  await classifyTranscripts(actor, input, new Date());
  return leave(at(input.ids[0] ?? ""), "transcripts.reading.mark.done.classified");
});

export const markAnchorAction = formAction(markAnchorSchema, async (actor, input) => {
  await markAnchor(actor, input, new Date());
  return leave(at(input.sessionId), "transcripts.reading.mark.done.anchored");
});

export const forwardRecordAction = formAction(forwardSchema, async (actor, input) => {
  await forwardRecord(actor, input, new Date());
  return leave(at(input.sessionId), "transcripts.reading.done.forwarded");
});
