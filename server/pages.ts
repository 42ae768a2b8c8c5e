// Hands a request to Next, with the policy, the client's address and the limits that Next does not know.
import type { IncomingMessage, ServerResponse } from "node:http";
import { watchingDatabase } from "@/lib/db/away";
import { errorFields, log } from "@/lib/log";
import { pathShape } from "@/lib/path-shape";
import { type Admission, type Admitted, admit, type Refusal } from "./admission";
import { closeUnread, isUpload, limitBody } from "./body-limit";
import { sieveForm } from "./form-sieve";
import { answerPage, pageOf } from "./plain-page";
import { contentSecurityPolicy, freshNonce, secure } from "./policy";

export type Pages = {
  admission: Admission;
  dev: boolean;
  /** Next's request handler. */
  handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** Webhooks of dealers. */
  handleHook: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** False while PostgreSQL cannot be reached. */
  databaseReachable: () => boolean;
};

/** Admits, limits and hands on; refusals are answered here. */
export async function answerPages(request: IncomingMessage, response: ServerResponse, pages: Pages): Promise<void> {
  const started = performance.now();
  const admitted = admit(request, pages.admission);
  if (!admitted.ok) {
    refuse(request, response, admitted);
    return;
  }
  const { path } = admitted;
  if (!path.startsWith("/_next/static/")) logWhenDone(request, response, admitted, started);
  try {
    if (path.startsWith("/hooks/")) await pages.handleHook(request, response);
    else await page(request, response, admitted, pages);
  } catch (error) {
    log("error", "request.failed", { request: admitted.requestId, ...errorFields(error) });
    answerPage(request, response, pageOf(500));
  }
}

async function page(
  request: IncomingMessage,
  response: ServerResponse,
  admitted: Admitted,
  pages: Pages,
): Promise<void> {
  const { path, requestId } = admitted;
  if (limitBody(request, response, path)) return;
  if (isUpload(path)) closeUnread(request, response);
  else sieveForm(request, response);
  const nonce = freshNonce();
  const https = pages.admission.origin.startsWith("https:");
  const policy = contentSecurityPolicy(nonce, { dev: pages.dev, https });
  request.headers["content-security-policy"] = policy;
  if (path.startsWith("/_next/static/")) {
    response.setHeader("X-Content-Type-Options", "nosniff");
  } else {
    if (!pages.databaseReachable()) {
      answerPage(request, response, pageOf(503));
      return;
    }
    secure(response, { policy, signedIn: request.headers.cookie !== undefined, requestId });
  }
  const watch = { away: false };
  triesAgain(response, watch);
  await watchingDatabase(watch, () => pages.handle(request, response));
}

/** What failed because the database did is to come again: 503 in place of Next's and our routes' 500. */
function triesAgain(response: ServerResponse, watch: { away: boolean }): void {
  const write = response.writeHead.bind(response) as (status: number, ...more: unknown[]) => ServerResponse;
  const writeHead = (status: number, ...more: unknown[]) => {
    if (status !== 500 || !watch.away) return write(status, ...more);
    response.setHeader("Retry-After", "5");
    // Next says 500 once more when it is done: the log is to hold what was sent.
    response.prependOnceListener("close", () => {
      response.statusCode = 503;
    });
    return write(503, ...more);
  };
  response.writeHead = writeHead as typeof response.writeHead;
}

function refuse(request: IncomingMessage, response: ServerResponse, refusal: Refusal): void {
  log("warn", "request.refused", {
    request: refusal.requestId,
    status: refusal.status,
    reason: refusal.reason,
    method: request.method,
    path: pathShape(refusal.path),
    address: refusal.address,
  });
  // What was refused unread must not be read as the next request of this connection.
  if (request.method !== "GET" && request.method !== "HEAD") response.setHeader("Connection", "close");
  answerPage(request, response, pageOf(refusal.status));
}

function logWhenDone(request: IncomingMessage, response: ServerResponse, admitted: Admitted, started: number): void {
  const method = request.method;
  response.once("close", () => {
    log(response.statusCode >= 500 ? "error" : "info", "request", {
      request: admitted.requestId,
      method,
      path: pathShape(admitted.path),
      status: response.statusCode,
      ms: Math.round(performance.now() - started),
      address: admitted.address,
      ...(response.writableFinished ? {} : { cut: true }),
    });
  });
}
