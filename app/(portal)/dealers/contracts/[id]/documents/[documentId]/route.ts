import { getLocale } from "next-intl/server";
import { signedIn } from "@/lib/auth/session";
import { downloadDocument } from "@/lib/dealers/commands/open-document";
import { Forbidden, NotFound } from "@/lib/errors";
import { FileChanged } from "@/lib/evidence";
import { attachment } from "@/lib/file-name";
import { sentence } from "@/lib/messages";

type Context = { params: Promise<{ id: string; documentId: string }> };

/**
 * Hands out a paper of a contract, never to be shown in place. No session, no right, another organization and no such paper are answered
 * alike: 404 (trust.md P-25). A file that is no longer the one that was uploaded is not handed out: 409.
 */
export async function GET(request: Request, { params }: Context): Promise<Response> {
  const signed = await signedIn();
  if (!signed) return missing();
  const { id, documentId } = await params;
  try {
    const file = await downloadDocument(signed.actor, id, documentId);
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

/** A page goes back to the documents, where it is said; a machine is told in words. */
async function changed(request: Request, id: string): Promise<Response> {
  if (request.headers.get("sec-fetch-dest") === "document") {
    const location = `/dealers/contracts/${id}/documents?changed=1`;
    return new Response(null, { status: 303, headers: { Location: location, "Cache-Control": "no-store" } });
  }
  const text = sentence("dealers.contracts.documents.changed", await getLocale());
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
