// How much a request may send. Uploads and hooks count for themselves while they stream.
import type { IncomingMessage, ServerResponse } from "node:http";
import { answerPage, pageOf } from "./plain-page";

/** Forms and JSON of the console: the same as serverActions.bodySizeLimit in next.config.ts. */
const mostBytes = 262_144;
/** Route handlers that take files as streams and hold their own limits (trust.md P-32). */
const uploads = /^\/channels\/[^/]+\/(evidence|files|uploads?)(\/|$)|\/upload$/;

/** Whether a path takes files as streams. */
export function isUpload(path: string): boolean {
  return uploads.test(path);
}

/** Answers 413 at once for a declared length, or cuts a body that grows past the limit. True when it answered. */
export function limitBody(request: IncomingMessage, response: ServerResponse, path: string): boolean {
  if (request.method === "GET" || request.method === "HEAD" || isUpload(path)) return false;
  if (Number(request.headers["content-length"] ?? 0) > mostBytes) {
    tooLarge(request, response);
    return true;
  }
  if (request.headers["transfer-encoding"] !== undefined) cutBeyond(request, response);
  return false;
}

const lingerMs = 5_000;

/**
 * An upload may be refused half read. Whoever read it has let go of it then, and nothing would ever read on: the connection ends, but
 * late enough for the sender to hear the answer.
 */
export function closeUnread(request: IncomingMessage, response: ServerResponse): void {
  const { socket } = request;
  response.once("finish", () => {
    if (request.complete || !request.destroyed) return;
    socket.end();
    socket.resume();
    const late = setTimeout(() => socket.destroy(), lingerMs);
    socket.once("close", () => clearTimeout(late));
  });
}

function cutBeyond(request: IncomingMessage, response: ServerResponse): void {
  const push = request.push.bind(request);
  let seen = 0;
  let cut = false;
  request.push = (chunk: unknown, encoding?: BufferEncoding): boolean => {
    if (chunk instanceof Uint8Array) seen += chunk.byteLength;
    if (seen <= mostBytes) return push(chunk, encoding);
    if (!cut) tooLarge(request, response);
    cut = true;
    return false;
  };
}

function tooLarge(request: IncomingMessage, response: ServerResponse): void {
  if (response.headersSent) {
    request.destroy();
    return;
  }
  response.setHeader("Connection", "close");
  response.once("finish", () => request.destroy());
  answerPage(request, response, pageOf(413));
}
