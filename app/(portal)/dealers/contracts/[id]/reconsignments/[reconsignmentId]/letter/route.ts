import { signedIn } from "@/lib/auth/session";
import { getReconsignmentLetter } from "@/lib/dealers/queries/get-reconsignment-letter";
import { Forbidden } from "@/lib/errors";
import { attachment, safeFileName } from "@/lib/file-name";
import { drawLetter } from "@/lib/pdf/letter";

type Context = { params: Promise<{ id: string; reconsignmentId: string }> };

/** The letter of an approval as PDF. No session, no right, another organization and no such approval are answered alike: 404 (trust.md P-25). */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const signed = await signedIn();
  if (!signed) return missing();
  const { id, reconsignmentId } = await params;
  try {
    const found = await getReconsignmentLetter(signed.actor, id, reconsignmentId);
    if (!found) return missing();
    const file = await drawLetter(found.letter);
    return new Response(new Uint8Array(file), {
      headers: {
        "Content-Type": "application/pdf",
        "Content-Length": String(file.length),
        "Content-Disposition": attachment(safeFileName(found.name)),
        "Content-Security-Policy": "sandbox; default-src 'none'",
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
      },
    });
  } catch (error) {
    if (error instanceof Forbidden) return missing();
    throw error;
  }
}

function missing(): Response {
  return new Response("Not found\n", {
    status: 404,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" },
  });
}
