import { signedIn } from "@/lib/auth/session";
import { Forbidden, NotFound } from "@/lib/errors";
import { FileChanged } from "@/lib/evidence";
import { changedAnswer, fileAnswer, missingAnswer } from "@/lib/file-answer";
import { openMedia } from "@/lib/templates/queries/media";

type Context = { params: Promise<{ id: string }> };

/**
 * Hands out a file of the library. The console's own pages show its pictures; by itself none is opened as a page. No session, no right, another organization and no such
 * file are answered alike: 404 (trust.md P-25). A file that is no longer what was recorded is not handed out: 409.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const signed = await signedIn();
  if (!signed) return missingAnswer();
  const { id } = await params;
  try {
    return fileAnswer(await openMedia(signed.actor, id));
  } catch (error) {
    if (error instanceof NotFound || error instanceof Forbidden) return missingAnswer();
    if (error instanceof FileChanged) return changedAnswer(request, `/templates/media/${id}`);
    throw error;
  }
}
