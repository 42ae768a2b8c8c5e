import { leaveSentence } from "@/lib/action";
import { signedIn } from "@/lib/auth/session";
import { type AttachedEvidence, mostEvidenceBytes, receiveEvidence } from "@/lib/channels/commands/attach-evidence";
import { Forbidden, NotFound, Refused } from "@/lib/errors";
import { FileRefused } from "@/lib/file-refusal";
import { errorFields, log } from "@/lib/log";
import { UploadRefused } from "@/lib/upload";

type Context = { params: Promise<{ id: string }> };

/**
 * Takes an evidence file: multipart with `item`, `note`, then `file`. A form comes back to its page by 303, with the refusal beside
 * its item (named in the address, since a body too large is never read); a machine gets 201 or the refusal's status as JSON.
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const { id } = await params;
  const page = request.headers.get("accept")?.includes("text/html") ?? false;
  const signed = await signedIn();
  if (!signed)
    return page ? seeOther(`/sign-in?next=${encodeURIComponent(`/channels/${id}`)}`) : refusal(401, "signed-out");
  try {
    const kept = await receiveEvidence(signed.actor, id, request, page ? 5 * mostEvidenceBytes : 0);
    return page
      ? await attached(id, kept)
      : Response.json(kept, { status: 201, headers: { "Cache-Control": "no-store" } });
  } catch (error) {
    const { status, code } = answerFor(error);
    if (status === 500) log("error", "evidence.failed", errorFields(error));
    else log("warn", "evidence.refused", { channel: id, status, code });
    if (!page || status === 403 || status === 404 || status === 500) return refusal(status, code);
    const item = new URL(request.url).searchParams.get("item") ?? "";
    return seeOther(`/channels/${id}?${new URLSearchParams({ item, refused: code })}#item-${encodeURIComponent(item)}`);
  }
}

async function attached(id: string, { item, repeated }: AttachedEvidence): Promise<Response> {
  await leaveSentence(`/channels/${id}`, repeated ? "channels.done.repeated" : "channels.done.attached");
  return seeOther(`/channels/${id}#item-${item}`);
}

function answerFor(error: unknown): { status: number; code: string } {
  if (error instanceof UploadRefused) return { status: error.status, code: error.code };
  if (error instanceof FileRefused) return { status: 422, code: error.code };
  if (error instanceof Refused) return { status: 422, code: error.key.split(".").at(-1) ?? "refused" };
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
