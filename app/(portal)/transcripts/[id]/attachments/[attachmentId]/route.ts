import { z } from "zod";
import { signedIn } from "@/lib/auth/session";
import { Forbidden, NotFound } from "@/lib/errors";
import { fileAnswer, missingAnswer } from "@/lib/file-answer";
import { downloadAttachment } from "@/lib/transcripts/commands/download-attachment";

type Context = { params: Promise<{ id: string; attachmentId: string }> };

/** A file of a consultation, never shown in place. Without session, right or open look, elsewhere, unknown, destroyed: 404 alike (P-25). */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const signed = await signedIn();
  const ids = z.object({ id: z.uuid(), attachmentId: z.uuid() }).safeParse(await params);
  if (!signed || !ids.success) return missingAnswer();
  try {
    const { id, attachmentId } = ids.data;
    return fileAnswer(await downloadAttachment(signed.actor, id, attachmentId, new Date()));
  } catch (error) {
    if (error instanceof NotFound || error instanceof Forbidden) return missingAnswer();
    throw error;
  }
}
