import { signedIn } from "@/lib/auth/session";
import { downloadEvidence } from "@/lib/channels/commands/attach-evidence";
import { Forbidden, NotFound } from "@/lib/errors";
import { FileChanged } from "@/lib/evidence";
import { changedAnswer, fileAnswer, missingAnswer } from "@/lib/file-answer";

type Context = { params: Promise<{ id: string; fileId: string }> };

/** Hands out an evidence file. No session, no right, another organization and no such file are answered alike: 404 (trust.md P-25). */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const signed = await signedIn();
  if (!signed) return missingAnswer();
  const { id, fileId } = await params;
  try {
    return fileAnswer(await downloadEvidence(signed.actor, id, fileId));
  } catch (error) {
    if (error instanceof NotFound || error instanceof Forbidden) return missingAnswer();
    if (error instanceof FileChanged) return changedAnswer(request, `/channels/${id}`);
    throw error;
  }
}
