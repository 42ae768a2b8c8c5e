import { getLocale } from "next-intl/server";
import { signedIn } from "@/lib/auth/session";
import { Forbidden, NotFound } from "@/lib/errors";
import { FileChanged } from "@/lib/evidence";
import { attachment } from "@/lib/file-name";
import { sentence } from "@/lib/messages";
import { takeProof } from "@/lib/placements/commands/close-task";

type Context = { params: Promise<{ id: string; fileId: string }> };

/**
 * Hands out a proof or the certificate of a campaign, never to be shown in place. No session, another organization and no such file are answered
 * alike: 404 (trust.md P-25). A file that is no longer the one that was uploaded is not handed out: 409.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const signed = await signedIn();
  if (!signed) return missing();
  const { id, fileId } = await params;
  try {
    const file = await takeProof(signed.actor, id, fileId);
    return new Response(file.stream, {
      headers: {
        "Content-Type": file.mime,
        "Content-Length": String(file.bytes),
        "Content-Disposition": attachment(file.name),
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
      },
    });
  } catch (error) {
    if (error instanceof NotFound || error instanceof Forbidden) return missing();
    if (error instanceof FileChanged) return changed(request, id);
    throw error;
  }
}

/** A page goes back to the campaign, where it is said; a machine is told in words. */
async function changed(request: Request, id: string): Promise<Response> {
  if (request.headers.get("sec-fetch-dest") === "document") {
    const location = `/placements/take-downs/${id}?changed=1`;
    return new Response(null, { status: 303, headers: { Location: location, "Cache-Control": "no-store" } });
  }
  const text = sentence("placements.takeDown.changed", await getLocale());
  return new Response(`${text}\n`, {
    status: 409,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" },
  });
}

function missing(): Response {
  return new Response("Not found\n", {
    status: 404,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" },
  });
}
