import { z } from "zod";
import { signedIn } from "@/lib/auth/session";
import { Forbidden, NotFound } from "@/lib/errors";
import { FileChanged } from "@/lib/evidence";
import { changedAnswer, fileAnswer, missingAnswer } from "@/lib/file-answer";
import { downloadExport } from "@/lib/transcripts/commands/download-export";

/** The archive, to who asked for it alone. Without session or right, elsewhere, unknown, over, revoked, destroyed: 404 alike (P-25). */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const signed = await signedIn();
  const id = z.uuid().safeParse((await params).id);
  if (!signed || !id.success) return missingAnswer();
  try {
    return fileAnswer(await downloadExport(signed.actor, id.data, new Date()));
  } catch (error) {
    if (error instanceof NotFound || error instanceof Forbidden) return missingAnswer();
    if (error instanceof FileChanged) return changedAnswer(request, "/transcripts/exports");
    throw error;
  }
}
