import { signedIn } from "@/lib/auth/session";
import { Forbidden, NotFound } from "@/lib/errors";
import { missingAnswer } from "@/lib/file-answer";
import { attachment, safeFileName } from "@/lib/file-name";
import { postedForm } from "@/lib/form-data";
import { drawLetter } from "@/lib/pdf/letter";
import { takeLetter } from "@/lib/privacy/commands/open-request";

type Context = { params: Promise<{ id: string }> };

/**
 * A letter to a data subject as PDF. A POST, since handing it out is itself recorded.
 * No session, no right, another organization and no such letter are answered alike: 404 (trust.md P-25).
 */
export async function POST(request: Request, { params }: Context): Promise<Response> {
  const signed = await signedIn();
  if (!signed) return missingAnswer();
  const step = (await postedForm(request))?.get("step");
  try {
    const found = await takeLetter(signed.actor, (await params).id, typeof step === "string" ? step : "");
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
    if (error instanceof Forbidden || error instanceof NotFound) return missingAnswer();
    throw error;
  }
}
