import { leaveSentence } from "@/lib/action";
import { signedIn } from "@/lib/auth/session";
import { mostDocumentBytes, uploadDocument } from "@/lib/dealers/commands/upload-document";
import { Conflict, Forbidden, NotFound, Refused } from "@/lib/errors";
import { FileRefused } from "@/lib/file-refusal";
import { errorFields, log } from "@/lib/log";
import { UploadRefused } from "@/lib/upload";

type Context = { params: Promise<{ id: string }> };

/**
 * Takes a paper of a contract: multipart with `kind`, `signedOn`, `replacesId`, then `file`. A form comes back to the documents by 303,
 * with the refusal named in the address; a machine gets 201 or the refusal's status as JSON.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  const at = `/dealers/contracts/${id}/documents`;
  const page = request.headers.get("accept")?.includes("text/html") ?? false;
  const signed = await signedIn();
  if (!signed) return page ? seeOther(`/sign-in?next=${encodeURIComponent(at)}`) : refusal(401, "signed-out");
  try {
    const kept = await uploadDocument(signed.actor, id, request, page ? 2 * mostDocumentBytes : 0);
    if (!page) return Response.json(kept, { status: 201, headers: { "Cache-Control": "no-store" } });
    await leaveSentence(at, `dealers.contracts.done.${kept.repeated ? "repeated" : "uploaded"}`);
    return seeOther(at);
  } catch (error) {
    const { status, code } = answerFor(error);
    if (status === 500) log("error", "document.failed", errorFields(error));
    else log("warn", "document.refused", { contract: id, status, code });
    if (!page || status === 403 || status === 404 || status === 500) return refusal(status, code);
    return seeOther(`${at}?${new URLSearchParams({ refused: code })}#upload`);
  }
}

function answerFor(error: unknown): { status: number; code: string } {
  if (error instanceof UploadRefused) return { status: error.status, code: error.code };
  if (error instanceof FileRefused) return { status: 422, code: error.code };
  if (error instanceof Refused) return { status: 422, code: error.key.split(".").at(-1) ?? "refused" };
  if (error instanceof Conflict) return { status: 409, code: "conflict" };
  if (error instanceof NotFound) return { status: 404, code: "not-found" };
  if (error instanceof Forbidden) return { status: 403, code: "forbidden" };
  return { status: 500, code: "failed" };
}

function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { Location: location, "Cache-Control": "no-store" } });
}

function refusal(status: number, code: string): Response {
  return Response.json({ status, code }, { status, headers: { "Cache-Control": "no-store" } });
}
