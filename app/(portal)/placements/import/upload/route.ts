import { signedIn } from "@/lib/auth/session";
import { Forbidden, Refused } from "@/lib/errors";
import { errorFields, log } from "@/lib/log";
import { mostPlaceListBytes, receivePlaceList } from "@/lib/placements/commands/import-places";
import { UploadRefused } from "@/lib/upload";

const form = "/placements/import";

/**
 * Reads a list of places: multipart with `file` (CSV or .xlsx). Nothing is made: a form goes on to the preview by 303, or back with the
 * refusal in the address; a machine gets 201 with the preview's id, or the refusal's status as JSON.
 */
export async function POST(request: Request): Promise<Response> {
  const page = request.headers.get("accept")?.includes("text/html") ?? false;
  const signed = await signedIn();
  if (!signed) return page ? seeOther(`/sign-in?next=${encodeURIComponent(form)}`) : refusal(401, "signed-out");
  try {
    const importId = await receivePlaceList(signed.actor, request, page ? 5 * mostPlaceListBytes : 0);
    return page
      ? seeOther(`${form}/${importId}`)
      : Response.json({ importId }, { status: 201, headers: { "Cache-Control": "no-store" } });
  } catch (error) {
    const { status, code, line } = answerFor(error);
    if (status === 500) log("error", "place-list.failed", errorFields(error));
    else log("warn", "place-list.refused", { status, code });
    if (!page || status === 403 || status === 500) return refusal(status, code);
    return seeOther(`${form}?${new URLSearchParams({ refused: code, ...(line > 0 ? { line: String(line) } : {}) })}`);
  }
}

function answerFor(error: unknown): { status: number; code: string; line: number } {
  // "malformed" of the upload itself is not a quote left open in the list.
  if (error instanceof UploadRefused)
    return { status: error.status, code: error.code === "malformed" ? "unreadable" : error.code, line: 0 };
  if (error instanceof Refused)
    return { status: 422, code: error.key.split(".").at(-1) ?? "refused", line: Number(error.values?.line ?? 0) };
  if (error instanceof Forbidden) return { status: 403, code: "forbidden", line: 0 };
  return { status: 500, code: "failed", line: 0 };
}

function seeOther(location: string): Response {
  return new Response(null, { status: 303, headers: { Location: location, "Cache-Control": "no-store" } });
}

function refusal(status: number, code: string): Response {
  return Response.json({ status, code }, { status, headers: { "Cache-Control": "no-store" } });
}
