// The bytes of a file as they come: never more than may be, and never slower than somebody who only wants to hold us up.
import type { IncomingMessage } from "node:http";
import { BodyRefused } from "./page-text";

/** No byte for so long: the site has gone. */
const idleMs = 15_000;

/** The body of an answer, to be read once. `failed` tells what the site did wrong, when it was the site. */
export function fileBody(
  answer: IncomingMessage,
  most: number,
): { body: AsyncIterable<Uint8Array>; failed: () => Error | null } {
  let fault: Error | null = null;
  async function* read(): AsyncGenerator<Uint8Array> {
    try {
      // Packed although it was asked not to be: what comes is not the file.
      if (!/^(identity)?$/i.test(answer.headers["content-encoding"]?.trim() ?? "")) throw new BodyRefused("not-text");
      if (Number(answer.headers["content-length"] ?? 0) > most) throw new BodyRefused("too-large");
      answer.setTimeout(idleMs, () => answer.destroy(new Error("idle")));
      let bytes = 0;
      for await (const chunk of answer as AsyncIterable<Uint8Array>) {
        bytes += chunk.length;
        if (bytes > most) throw new BodyRefused("too-large");
        yield chunk;
      }
      if (!answer.complete) throw new Error("cut short");
    } catch (error) {
      fault = error instanceof Error ? error : new Error(String(error));
      throw fault;
    }
  }
  return { body: read(), failed: () => fault };
}
