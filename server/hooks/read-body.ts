// The body of a hook as UTF-8 text: counted while it streams, never unpacked, never waited for without end.
import type { IncomingMessage } from "node:http";
import { readText } from "@/lib/dealers/rules/read-json";

export type Body = { ok: true; bytes: Buffer; text: string };
export type NoBody = { ok: false; status: 400 | 408 | 413 | 415 };

const wholeWithinMs = 20_000;

/** Reads at most `most` bytes. 415 for a compressed body, 413 beyond the limit, 408 when it does not end, 400 when it is no UTF-8. */
export async function readBody(request: IncomingMessage, most: number): Promise<Body | NoBody> {
  const encoding = request.headers["content-encoding"];
  if (encoding !== undefined && encoding.trim().toLowerCase() !== "identity") return { ok: false, status: 415 };
  if (Number(request.headers["content-length"] ?? 0) > most) return { ok: false, status: 413 };
  const bytes = await collect(request, most);
  if (typeof bytes === "number") return { ok: false, status: bytes };
  const text = readText(bytes);
  return text === null ? { ok: false, status: 400 } : { ok: true, bytes, text };
}

function collect(request: IncomingMessage, most: number): Promise<Buffer | 400 | 408 | 413> {
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let seen = 0;
    const finish = (result: Buffer | 400 | 408 | 413) => {
      clearTimeout(timer);
      request.off("data", take).off("end", end).off("close", gone).off("error", gone);
      // A late error of the socket is nobody's any more.
      request.on("error", () => undefined);
      resolve(result);
    };
    const timer = setTimeout(() => finish(408), wholeWithinMs);
    const take = (chunk: Buffer) => {
      seen += chunk.length;
      if (seen <= most) chunks.push(chunk);
      else {
        request.pause();
        finish(413);
      }
    };
    const end = () => finish(Buffer.concat(chunks, seen));
    const gone = () => finish(400);
    request.on("data", take).on("end", end).on("close", gone).on("error", gone);
  });
}
