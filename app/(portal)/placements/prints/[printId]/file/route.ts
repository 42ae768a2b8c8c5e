import { signedIn } from "@/lib/auth/session";
import { FileChanged, openOrReport } from "@/lib/evidence";
import { changedAnswer, fileAnswer, missingAnswer } from "@/lib/file-answer";
import { getPrint } from "@/lib/placements/queries/prints";

/** The drawn paper, once its bytes are seen to be those that were recorded. */
export async function GET(request: Request, { params }: { params: Promise<{ printId: string }> }): Promise<Response> {
  const signed = await signedIn();
  const { printId } = await params;
  const found = signed ? await getPrint(signed.actor, printId) : null;
  const batch = found?.batch;
  if (!signed || !batch?.fileId || batch.sha256 === null || batch.bytes === null) return missingAnswer();
  try {
    const { fileId: id, sha256, bytes } = batch;
    const stream = await openOrReport(signed.actor, "placement:read", { id, sha256, bytes });
    const zip = batch.kind === "files";
    const mime = zip ? "application/zip" : "application/pdf";
    return fileAnswer({ name: `${batch.name}.${zip ? "zip" : "pdf"}`, mime, bytes, stream });
  } catch (error) {
    if (error instanceof FileChanged) return changedAnswer(request, `/placements/prints/${printId}`);
    throw error;
  }
}
