import { notFound } from "next/navigation";
import { cache } from "react";
import { z } from "zod";
import { currentActor } from "@/lib/auth/session";
import { getTranscript, type Transcript } from "@/lib/transcripts/queries/get-transcript";

/** The consultation of this page, asked once per request. Unknown, another organization's and destroyed ones show 404 alike. */
export const loadTranscript = cache(async (id: string): Promise<Transcript> => {
  const actor = await currentActor();
  const transcript = z.uuid().safeParse(id).success ? await getTranscript(actor, id, new Date()) : null;
  if (!transcript) notFound();
  return transcript;
});
