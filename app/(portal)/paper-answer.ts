import type { Actor } from "@/lib/auth/actor";
import { signedIn } from "@/lib/auth/session";
import { Forbidden, NotFound } from "@/lib/errors";
import { missingAnswer } from "@/lib/file-answer";
import { attachment, safeFileName } from "@/lib/file-name";

/**
 * A paper as an answer to download.
 * No session, no right, another organization and a run that is not over are answered alike: 404 (trust.md P-25).
 */
export async function paperAnswer(draw: (actor: Actor) => Promise<{ name: string; file: Buffer }>): Promise<Response> {
  const signed = await signedIn();
  if (!signed) return missingAnswer();
  try {
    const { name, file } = await draw(signed.actor);
    return new Response(new Uint8Array(file), {
      headers: {
        "Content-Type": "application/pdf",
        "Content-Length": String(file.length),
        "Content-Disposition": attachment(safeFileName(name)),
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
