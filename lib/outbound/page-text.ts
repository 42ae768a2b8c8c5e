// Bytes of an answer to text: unpacked within bounds, decoded as it says (Korean sites still send EUC-KR).
import type { IncomingMessage } from "node:http";
import type { Transform } from "node:stream";
import { createBrotliDecompress, createGunzip, createInflate } from "node:zlib";

/** The body, unpacked, may hold this many bytes. */
export const mostBytes = 1_048_576;

export class BodyRefused extends Error {
  override readonly name = "BodyRefused";
  constructor(readonly failure: "too-large" | "not-text") {
    super(failure);
  }
}

const readable = /^(text\/(html|plain|xml)|application\/(xhtml\+xml|xml|json))\s*(;|$)/i;

/**
 * The unpacked body. Stops at the first byte too many, packed or not, so that nothing small becomes large here.
 * @throws BodyRefused; what the connection throws
 */
export async function bodyOf(answer: IncomingMessage): Promise<Buffer> {
  const type = answer.headers["content-type"];
  if (type !== undefined && !readable.test(type)) throw new BodyRefused("not-text");
  if (Number(answer.headers["content-length"] ?? 0) > mostBytes) throw new BodyRefused("too-large");
  const unpack = unpackerOf(answer.headers["content-encoding"]);
  if (unpack === null) return gathered(answer);
  answer.on("error", (error) => unpack.destroy(error));
  let packed = 0;
  answer.on("data", (chunk: Buffer) => {
    packed += chunk.length;
    if (packed > mostBytes) answer.destroy(new BodyRefused("too-large"));
  });
  answer.pipe(unpack);
  try {
    return await gathered(unpack);
  } catch (error) {
    throw isUnpackError(error) ? new BodyRefused("not-text") : error;
  }
}

async function gathered(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new BodyRefused("too-large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** One layer at most. @throws BodyRefused for packings nobody asked for */
function unpackerOf(encoding: string | undefined): Transform | null {
  const options = { chunkSize: 16_384 };
  switch (encoding?.trim().toLowerCase() ?? "") {
    case "":
    case "identity":
      return null;
    case "gzip":
    case "x-gzip":
      return createGunzip(options);
    case "deflate":
      return createInflate(options);
    case "br":
      return createBrotliDecompress(options);
    default:
      throw new BodyRefused("not-text");
  }
}

function isUnpackError(error: unknown): boolean {
  return (
    error instanceof Error && "code" in error && /^(Z_|ERR_.*BROTLI|ERR_BROTLI|ERR__ERROR_)/.test(String(error.code))
  );
}

/** Text by a byte order mark, else the charset of the header, else the page's own meta; UTF-8 where none of them says. */
export function textOf(bytes: Uint8Array, contentType: string | undefined): string {
  const start = new TextDecoder("latin1").decode(bytes.subarray(0, 2_048));
  const mark = /^\u00ef\u00bb\u00bf/.test(start) ? "utf-8" : /^\u00ff\u00fe/.test(start) ? "utf-16le" : undefined;
  const header = /;\s*charset\s*=\s*["']?\s*([\w:-]{1,40})/i.exec(contentType ?? "")?.[1];
  const meta = /<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w:-]{1,40})/i.exec(start)?.[1];
  return decoderOf([mark, header, meta]).decode(bytes);
}

/** The first of the names that means a charset. */
function decoderOf(labels: readonly (string | undefined)[]): TextDecoder {
  for (const label of labels) {
    try {
      if (label !== undefined) return new TextDecoder(label);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return new TextDecoder();
}
