// GET /embed.js, /embed/{code}.json and /embed/symbol/{sha256}.png: made to be loaded by the company's own pages, so open to any origin
// and without cookies.
import { createHash } from "node:crypto";
import type { IncomingMessage, ServerResponse } from "node:http";
import { gzipSync } from "node:zlib";
import { env } from "@/lib/env";
import { errorFields, log } from "@/lib/log";
import type { PressMap, PublicSymbol } from "@/lib/placements/press-map";
import { buttonAddress } from "@/lib/placements/rules";
import { consultLabels, symbolAddress } from "@/lib/placements/rules/button-kit";
import { fileStore, verified } from "@/lib/storage";
import { loaderScript } from "./embed-loader";
import { answerPage, notFoundPage, pageOf } from "./plain-page";

const description = /^\/embed\/([A-Za-z0-9_]{1,50})\.json(?:\?|$)/;
const picture = /^\/embed\/symbol\/([0-9a-f]{64})\.png$/;
/** Pages ask again each 30 s; with what a cache on the way keeps, an ended button is gone within a minute. */
const descriptionSeconds = 25;
const loaderSeconds = 300;
const symbolSeconds = 31_536_000;
/** Artwork in memory, 256 KB each at most. */
const mostSymbols = 64;

const loader = Buffer.from(loaderScript);
const packed = gzipSync(loader, { level: 9 });
const symbols = new Map<string, Buffer>();

/** True when it answered, or will. */
export function answerEmbed(request: IncomingMessage, response: ServerResponse, map: PressMap): boolean {
  const url = request.url ?? "";
  if (!url.startsWith("/embed")) return false;
  const isLoader = url === "/embed.js" || url.startsWith("/embed.js?");
  const code = description.exec(url)?.[1];
  const sha256 = picture.exec(url)?.[1];
  if (!isLoader && code === undefined && sha256 === undefined) return false;
  if (request.method === "OPTIONS") {
    response.writeHead(204, {
      ...open,
      "Access-Control-Allow-Methods": "GET, HEAD",
      "Access-Control-Max-Age": "86400",
    });
    response.end();
  } else if (request.method !== "GET" && request.method !== "HEAD") answerPage(request, response, pageOf(405));
  else if (isLoader) answerLoader(request, response);
  else if (sha256 !== undefined) answerSymbol(request, response, map, sha256);
  else answerDescription(request, response, map, code ?? "");
  return true;
}

function answerLoader(request: IncomingMessage, response: ServerResponse): void {
  const zipped = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(String(request.headers["accept-encoding"] ?? ""));
  send(request, response, zipped ? packed : loader, {
    "Content-Type": "text/javascript; charset=utf-8",
    "Cache-Control": `public, max-age=${loaderSeconds}`,
    Vary: "Accept-Encoding",
    ...(zipped ? { "Content-Encoding": "gzip" } : {}),
  });
}

function answerDescription(request: IncomingMessage, response: ServerResponse, map: PressMap, code: string): void {
  const target = map.get(code);
  const live = target?.live === true && Date.now() < target.endsAt;
  const symbol = live ? map.symbolOf(target.organizationId) : undefined;
  const body = live
    ? {
        live,
        href: target.direct ? target.location : buttonAddress(env().DAMSO_URL, code),
        label: consultLabels.ko,
        english: consultLabels.en,
        channel: target.channel,
        ...(symbol ? { symbol: symbolAddress(env().DAMSO_URL, symbol.sha256) } : {}),
      }
    : { live };
  const status = target ? 200 : map.known ? 404 : 503;
  const headers = {
    "Content-Type": "application/json; charset=utf-8",
    "Cache-Control": `public, max-age=${status === 200 ? descriptionSeconds : 10}`,
  };
  send(request, response, Buffer.from(JSON.stringify(body)), headers, status);
}

/** The address says the content: what answers once is the same for ever. */
function answerSymbol(request: IncomingMessage, response: ServerResponse, map: PressMap, sha256: string): void {
  const symbol = map.symbol(sha256);
  if (!symbol) {
    answerPage(request, response, map.known ? notFoundPage : pageOf(503));
    return;
  }
  bytesOf(symbol).then(
    (bytes) =>
      send(request, response, bytes, {
        "Content-Type": "image/png",
        "Cache-Control": `public, max-age=${symbolSeconds}, immutable`,
        "Content-Security-Policy": "default-src 'none'; sandbox",
        "Content-Disposition": `inline; filename="${sha256.slice(0, 12)}.png"`,
      }),
    (error: unknown) => {
      log("error", "symbol.unreadable", { sha256, ...errorFields(error) });
      answerPage(request, response, pageOf(500));
    },
  );
}

async function bytesOf({ fileId, sha256 }: PublicSymbol): Promise<Buffer> {
  const known = symbols.get(sha256);
  if (known) return known;
  const kept = await fileStore().read(fileId);
  if (!kept) throw new Error("The file of a symbol is gone");
  const parts: Uint8Array[] = [];
  for await (const part of verified(kept.stream, sha256)) parts.push(part);
  const bytes = Buffer.concat(parts);
  if (symbols.size >= mostSymbols) symbols.clear();
  symbols.set(sha256, bytes);
  return bytes;
}

const open = {
  "Access-Control-Allow-Origin": "*",
  "Cross-Origin-Resource-Policy": "cross-origin",
  "X-Content-Type-Options": "nosniff",
};

function send(
  request: IncomingMessage,
  response: ServerResponse,
  body: Buffer,
  given: Readonly<Record<string, string>>,
  status = 200,
): void {
  const etag = `"${createHash("sha256").update(body).digest("base64url").slice(0, 22)}"`;
  const headers = { ...open, ...given, ETag: etag };
  if (status === 200 && request.headers["if-none-match"]?.split(/,\s*/).includes(etag)) {
    response.writeHead(304, headers);
    response.end();
    return;
  }
  response.writeHead(status, { ...headers, "Content-Length": body.byteLength });
  response.end(request.method === "HEAD" ? undefined : body);
}
