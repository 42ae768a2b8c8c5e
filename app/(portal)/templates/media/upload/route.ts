import { leaveSentence } from "@/lib/action";
import { signedIn } from "@/lib/auth/session";
import { Conflict, Forbidden, NotFound, Refused } from "@/lib/errors";
import { FileRefused } from "@/lib/file-refusal";
import { errorFields, log } from "@/lib/log";
import { uploadMedia } from "@/lib/templates/commands/upload-media";
import { UploadRefused } from "@/lib/upload";

const here = "/templates/media";
/** What a refused upload of a form may still send before its answer is heard. */
const patience = 20 * 2 ** 20;

/**
 * Takes a file for messages: multipart with `kind` and `alt`, then `file`. A form comes back to its page by 303, with the refusal named in
 * the address; a machine, and the console's own script, get 201 or the refusal's status as JSON.
 */
export async function POST(request: Request): Promise<Response> {
  const page = request.headers.get("accept")?.includes("text/html") ?? false;
  const signed = await signedIn();
  if (!signed) return page ? seeOther(`/sign-in?next=${encodeURIComponent(here)}`) : refusal(401, "signed-out");
  try {
    const kept = await uploadMedia(signed.actor, request, page ? patience : 0);
    const done = kept.repeated ? "repeated" : kept.cleaned > 0 ? "cleaned" : "uploaded";
    await leaveSentence(here, `templates.media.done.${done}`);
    if (!page) return Response.json(kept, { status: 201, headers: { "Cache-Control": "no-store" } });
    return seeOther(`${here}/${kept.mediaId}`);
  } catch (error) {
    const { status, code } = answerFor(error);
    if (status === 500) log("error", "media.failed", errorFields(error));
    else log("warn", "media.refused", { status, code });
    if (!page || status === 403 || status === 404 || status === 500) return refusal(status, code);
    return seeOther(`${here}?${new URLSearchParams({ refused: code })}#upload`);
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
