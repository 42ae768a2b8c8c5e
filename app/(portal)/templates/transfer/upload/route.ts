import { signedIn } from "@/lib/auth/session";
import { Forbidden, Refused } from "@/lib/errors";
import { errorFields, log } from "@/lib/log";
import { receiveTemplateImport } from "@/lib/templates/commands/receive-import";
import { UploadRefused } from "@/lib/upload";

const form = "/templates/transfer";
/** What a refused upload of a form may still send before its answer is heard. */
const patience = 20 * 2 ** 20;

/**
 * Reads a pack (ZIP) or a list of texts (CSV): multipart with `files`, then `file`. No template is made: a form goes on to the preview by 303,
 * or back with the refusal in the address; a machine gets 201 with the preview's id, or the refusal's status as JSON.
 */
export async function POST(request: Request): Promise<Response> {
  const page = request.headers.get("accept")?.includes("text/html") ?? false;
  const signed = await signedIn();
  if (!signed) return page ? seeOther(`/sign-in?next=${encodeURIComponent(form)}`) : refusal(401, "signed-out");
  try {
    const importId = await receiveTemplateImport(signed.actor, request, page ? patience : 0);
    return page
      ? seeOther(`${form}/${importId}`)
      : Response.json({ importId }, { status: 201, headers: { "Cache-Control": "no-store" } });
  } catch (error) {
    const { status, code } = answerFor(error);
    if (status === 500) log("error", "template-import.failed", errorFields(error));
    else log("warn", "template-import.refused", { status, code });
    if (!page || status === 403 || status === 500) return refusal(status, code);
    return seeOther(`${form}?${new URLSearchParams({ refused: code })}`);
  }
}

function answerFor(error: unknown): { status: number; code: string } {
  if (error instanceof UploadRefused) return { status: error.status, code: error.code };
  if (error instanceof Refused) return { status: 422, code: error.key.split(".").at(-1) ?? "refused" };
  if (error instanceof Forbidden) return { status: 403, code: "forbidden" };
  return { status: 500, code: "failed" };
}

function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { Location: location, "Cache-Control": "no-store" } });
}

function refusal(status: number, code: string): Response {
  return Response.json({ status, code }, { status, headers: { "Cache-Control": "no-store" } });
}
