// What a hook says back. Refusals say no more than their status: 404 is the same for every reason.
import type { IncomingMessage, ServerResponse } from "node:http";

export type HookAnswer = { status: number; body: string; headers: Readonly<Record<string, string>> };

export type RefusalStatus = 400 | 401 | 404 | 405 | 408 | 413 | 415 | 503;

const words: Readonly<Record<RefusalStatus, string>> = {
  400: "malformed",
  401: "signature",
  404: "not_found",
  405: "method_not_allowed",
  408: "too_slow",
  413: "too_large",
  415: "encoding_not_supported",
  503: "try_again",
};
const more: Readonly<Partial<Record<RefusalStatus, Readonly<Record<string, string>>>>> = {
  405: { Allow: "POST" },
  503: { "Retry-After": "5" },
};
const lingerMs = 2_000;
const lingerBytes = 16_777_216;

export function refuse(status: RefusalStatus): HookAnswer {
  return { status, body: `{"error":"${words[status]}"}`, headers: more[status] ?? {} };
}

export function say(value: object, status = 200): HookAnswer {
  return { status, body: JSON.stringify(value), headers: {} };
}

/** Writes the answer. Where the body was not read, the connection ends: but late enough for the sender to hear the answer. */
export function answer(
  request: IncomingMessage,
  response: ServerResponse,
  { status, body, headers }: HookAnswer,
): void {
  if (response.headersSent || response.destroyed) return;
  const unread = !request.complete;
  response.writeHead(status, {
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(body),
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    ...headers,
    ...(unread ? { Connection: "close" } : {}),
  });
  if (!unread) {
    response.end(body);
    return;
  }
  response.write(body);
  linger(request, () => response.end(() => request.destroy()));
}

/** Lets the sender finish, but neither long nor much: closing at once would reset the connection and lose our answer. */
function linger(request: IncomingMessage, done: () => void): void {
  let seen = 0;
  const end = () => {
    clearTimeout(timer);
    request.off("data", skip).off("end", end).off("close", end);
    done();
  };
  const skip = (chunk: Buffer) => {
    seen += chunk.length;
    if (seen > lingerBytes) end();
  };
  const timer = setTimeout(end, lingerMs);
  request.on("data", skip).on("end", end).on("close", end).resume();
}
