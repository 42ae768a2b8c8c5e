// GET /embed.js and /embed/{code}.json: made to be loaded by the company's own pages, so open to any origin and without cookies.
import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { env } from "@/lib/env";
import type { PressMap } from "@/lib/placements/press-map";
import { buttonAddress } from "@/lib/placements/rules";
import { loaderScript } from "./embed-loader";
import { answerPage, pageOf } from "./plain-page";

const description = /^\/embed\/([A-Za-z0-9_]{1,50})\.json(?:\?|$)/;
const label = "카카오톡 상담하기";

/** True when it answered. */
export function answerEmbed(request: IncomingMessage, response: ServerResponse, map: PressMap): boolean {
  const url = request.url ?? "";
  if (!url.startsWith("/embed")) return false;
  const isLoader = url === "/embed.js" || url.startsWith("/embed.js?");
  const code = description.exec(url)?.[1];
  if (!isLoader && code === undefined) return false;
  if (request.method === "OPTIONS") {
    response.writeHead(204, {
      ...open,
      "Access-Control-Allow-Methods": "GET, HEAD",
      "Access-Control-Max-Age": "86400",
    });
    response.end();
  } else if (request.method !== "GET" && request.method !== "HEAD") answerPage(request, response, pageOf(405));
  else if (isLoader) send(request, response, 200, "text/javascript; charset=utf-8", loaderScript, 300);
  else answerDescription(request, response, map, code ?? "");
  return true;
}

function answerDescription(request: IncomingMessage, response: ServerResponse, map: PressMap, code: string): void {
  const target = map.get(code);
  const live = target?.live === true && Date.now() < target.endsAt;
  const body = live
    ? {
        live,
        href: target.direct ? target.location : buttonAddress(env().DAMSO_URL, code),
        label,
        channel: target.channel,
      }
    : { live };
  const status = target ? 200 : map.known ? 404 : 503;
  send(request, response, status, "application/json; charset=utf-8", JSON.stringify(body), status === 200 ? 60 : 10);
}

const open = {
  "Access-Control-Allow-Origin": "*",
  "Cross-Origin-Resource-Policy": "cross-origin",
  "X-Content-Type-Options": "nosniff",
};

function send(
  request: IncomingMessage,
  response: ServerResponse,
  status: number,
  type: string,
  text: string,
  maxAge: number,
): void {
  const etag = `"${createHash("sha256").update(text).digest("base64url").slice(0, 22)}"`;
  const headers = { ...open, "Content-Type": type, ETag: etag, "Cache-Control": `public, max-age=${maxAge}` };
  if (status === 200 && request.headers["if-none-match"]?.split(/,\s*/).includes(etag)) {
    response.writeHead(304, headers);
    response.end();
    return;
  }
  response.writeHead(status, { ...headers, "Content-Length": Buffer.byteLength(text) });
  response.end(request.method === "HEAD" ? undefined : text);
}
