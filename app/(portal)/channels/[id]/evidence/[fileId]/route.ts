import { signedIn } from "@/lib/auth/session";
import { downloadEvidence } from "@/lib/channels/commands/attach-evidence";
import { Forbidden, NotFound } from "@/lib/errors";
import { attachment } from "@/lib/file-name";

type Context = { params: Promise<{ id: string; fileId: string }> };

/** Hands out an evidence file. No session, no right, another organization and no such file are answered alike: 404 (trust.md P-25). */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const signed = await signedIn();
  if (!signed) return missing();
  const { id, fileId } = await params;
  try {
    const file = await downloadEvidence(signed.actor, id, fileId);
    return new Response(streamOf(file.stream), {
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
    throw error;
  }
}

function streamOf(source: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  return new ReadableStream({
    async pull(controller) {
      const { value, done } = await iterator.next();
      if (done) controller.close();
      else controller.enqueue(value);
    },
    async cancel() {
      await iterator.return?.();
    },
  });
}

function missing(): Response {
  return new Response("Not found\n", {
    status: 404,
    headers: { "Content-Type": "text/plain; charset=utf-8", "Cache-Control": "no-store" },
  });
}
