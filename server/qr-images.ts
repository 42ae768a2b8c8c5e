// GET /b/{code}/qr.svg and /b/{code}/qr.png?px=: the QR of /q/{code}, for codes that exist. No address encodes arbitrary text.
import type { IncomingMessage, ServerResponse } from "node:http";
import { env } from "@/lib/env";
import type { PressMap } from "@/lib/placements/press-map";
import { qrAddress } from "@/lib/placements/rules";
import { qrMatrix, qrPng, qrSvg } from "@/lib/qr";
import { answerPage, notFoundPage, pageOf } from "./plain-page";

const address = /^\/b\/([A-Za-z0-9_]{1,50})\/qr\.(svg|png)(?:\?(.*))?$/;
const usualPx = 512;

/** True when it answered. */
export function answerQr(request: IncomingMessage, response: ServerResponse, map: PressMap): boolean {
  const url = request.url ?? "";
  if (!url.startsWith("/b/")) return false;
  const [, code, kind, query] = address.exec(url) ?? [];
  if (request.method !== "GET" && request.method !== "HEAD") answerPage(request, response, pageOf(405));
  else if (!code || !map.get(code)) answerPage(request, response, map.known ? notFoundPage : pageOf(503));
  else {
    const matrix = qrMatrix(qrAddress(env().DAMSO_URL, code));
    if (kind === "svg")
      send(request, response, "image/svg+xml", Buffer.from(qrSvg(matrix, `QR ${code}`)), `${code}.svg`);
    else {
      const px = pixels(query);
      if (px === null) answerPage(request, response, pageOf(400));
      else send(request, response, "image/png", qrPng(matrix, px), `${code}.png`);
    }
  }
  return true;
}

/** Side in pixels, 64 to 2048; null for anything else. */
function pixels(query: string | undefined): number | null {
  const given = new URLSearchParams(query ?? "").get("px");
  if (given === null) return usualPx;
  const px = /^\d{2,4}$/.test(given) ? Number(given) : 0;
  return px >= 64 && px <= 2048 ? px : null;
}

function send(request: IncomingMessage, response: ServerResponse, type: string, body: Buffer, name: string): void {
  response.writeHead(200, {
    "Content-Type": type,
    "Content-Length": body.byteLength,
    "Content-Disposition": `inline; filename="${name}"`,
    "Cache-Control": "public, max-age=60",
    "X-Content-Type-Options": "nosniff",
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Cross-Origin-Resource-Policy": "cross-origin",
  });
  response.end(request.method === "HEAD" ? undefined : body);
}
