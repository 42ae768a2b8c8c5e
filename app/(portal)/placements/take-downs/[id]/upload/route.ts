import { leaveSentence } from "@/lib/action";
import { signedIn } from "@/lib/auth/session";
import { Conflict, Forbidden, NotFound, Refused } from "@/lib/errors";
import { FileRefused } from "@/lib/file-refusal";
import { errorFields, log } from "@/lib/log";
import { proveTask } from "@/lib/placements/commands/close-task";
import { UploadRefused } from "@/lib/upload";

type Context = { params: Promise<{ id: string }> };

/** Five times 20 MB: what a refused upload of a form may still send before its answer is heard. */
const patience = 100 * 2 ** 20;

/**
 * Takes a file as the proof that a button is gone: multipart with taskId, reason, then `file`. A form comes back by 303 to the campaign, or to
 * the place where it was refused; a machine gets 201 or the refusal's status as JSON.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  const here = `/placements/take-downs/${encodeURIComponent(id)}`;
  const page = request.headers.get("accept")?.includes("text/html") ?? false;
  const signed = await signedIn();
  if (!signed) return page ? seeOther(`/sign-in?next=${encodeURIComponent(here)}`) : refusal(401, "signed-out");
  const task = new URL(request.url).searchParams.get("task") ?? "";
  try {
    const kept = await proveTask(signed.actor, id, request, page ? patience : 0, new Date());
    if (!page) return Response.json(kept, { status: 201, headers: { "Cache-Control": "no-store" } });
    await leaveSentence(here, "placements.takeDown.done.closed");
    return seeOther(here);
  } catch (error) {
    const { status, code } = answerFor(error);
    if (status === 500) log("error", "proof.failed", errorFields(error));
    else log("warn", "proof.refused", { campaign: id, status, code });
    if (!page || status === 403 || status === 404 || status === 500) return refusal(status, code);
    return seeOther(`${here}/tasks/${encodeURIComponent(task)}?${new URLSearchParams({ refused: code })}#proof`);
  }
}

function answerFor(error: unknown): { status: number; code: string } {
  if (error instanceof UploadRefused) return { status: error.status, code: error.code };
  if (error instanceof FileRefused) return { status: 422, code: error.code };
  if (error instanceof Refused) return { status: 422, code: error.key.split(".").at(-1) ?? "refused" };
  if (error instanceof Conflict) return { status: 409, code: "changed" };
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
