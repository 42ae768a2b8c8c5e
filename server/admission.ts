// Who gets in: hosts, origins, methods, sizes; and what a client may not say to Next (trust.md P-03, P-05, P-06, P-07).
import { randomBytes, randomUUID, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import { clientAddress, type Proxies, peerAddress } from "./addresses";
import { judgeTarget } from "./paths";

export type Admission = {
  /** Public origin, e.g. https://damso.example. */
  origin: string;
  port: number;
  /** Host and port at which it listens, where that is one address: stand-ins of rehearsals post there. */
  own?: string;
  proxies: Proxies;
};

export type Admitted = { ok: true; path: string; address: string; requestId: string };
export type Refusal = { ok: false; status: number; reason: string; address: string; requestId: string; path: string };

const methods = new Set(["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]);
const safe = new Set(["GET", "HEAD", "OPTIONS"]);
/** Headers with which proxies, Next itself or we speak to Next: never taken from outside. Its request ids name a debug stream in development only. */
const inner =
  /^(forwarded|x-forwarded-.*|x-real-ip|x-client-ip|true-client-ip|cf-connecting-ip|x-original-url|x-rewrite-url|x-http-method-override|x-host|x-middleware-.*|x-nextjs-(?!(html-)?request-id$).*|x-next-.*|next-resume|x-matched-path|x-now-.*|x-vercel-.*|x-action-.*|x-invoke-.*|x-damso-.*|x-nonce|content-security-policy.*)$/;

/** Known to this process alone: with it Next's own requests to itself keep the client's address. */
const within = randomBytes(24).toString("base64url");

/** Judges a request and rewrites its headers in place for what comes after. */
export function admit(request: IncomingMessage, { origin, port, own, proxies }: Admission): Admitted | Refusal {
  const { headers } = request;
  const peer = peerAddress(request);
  const trusted = proxies.includes(peer);
  const ourselves = isOurselves(headers["x-damso-within"]);
  const address =
    ourselves && typeof headers["x-damso-address"] === "string"
      ? headers["x-damso-address"]
      : clientAddress(peer, joined(headers["x-forwarded-for"]), proxies);
  const host = hostOf(headers, trusted);
  const requestId = randomUUID();
  for (const name of Object.keys(headers))
    if (inner.test(name) && !(ourselves && name.startsWith("x-action-"))) delete headers[name];

  const target = judgeTarget(request.url ?? "");
  const path = target.status === 0 ? target.path : "";
  const refuse = (status: number, reason: string): Refusal => ({ ok: false, status, reason, address, requestId, path });
  if (!methods.has(request.method ?? "")) return refuse(405, "method");
  if (target.status !== 0) return refuse(target.status, "path");
  if (!fits(request.method ?? "", path)) return refuse(405, "method");
  if (!ourselves && !(host === own && path.startsWith("/hooks/")) && !isOurHost(host, origin, port))
    return refuse(400, "host");
  const foreign = foreignOrigin(request, host, origin);
  if (foreign && !isMachinePath(request, path)) return refuse(403, foreign);

  headers.host = host;
  headers["x-damso-address"] = address;
  headers["x-damso-request"] = requestId;
  // The way back after sign-in; a page cannot know its own address otherwise.
  headers["x-damso-path"] = request.url;
  headers["x-damso-within"] = within;
  // What Next builds absolute addresses from; it would otherwise guess http behind a TLS proxy.
  headers["x-forwarded-proto"] = host === new URL(origin).host ? new URL(origin).protocol.slice(0, -1) : "http";
  headers["x-forwarded-host"] = host;
  return { ok: true, path, address, requestId };
}

/** Files are read, pages and forms are read and posted to; more methods are an interface's for machines. */
function fits(method: string, path: string): boolean {
  if (path.startsWith("/api/")) return true;
  if (method === "GET" || method === "HEAD") return true;
  return method === "POST" && (path.startsWith("/hooks/") || !/\.[a-z\d]+$/.test(path));
}

/** The client's address for the paths answered before admission (presses). */
export function addressOf(request: IncomingMessage, proxies: Proxies): string {
  return clientAddress(peerAddress(request), joined(request.headers["x-forwarded-for"]), proxies);
}

function hostOf(headers: IncomingHttpHeaders, trusted: boolean): string {
  const forwarded = trusted ? joined(headers["x-forwarded-host"])?.split(",").at(-1)?.trim() : undefined;
  return (forwarded || headers.host || "").toLowerCase();
}

/** The public host, or this machine by its loopback names. */
function isOurHost(host: string, origin: string, port: number): boolean {
  return host === new URL(origin).host || loopbackHosts(port).includes(host);
}

function loopbackHosts(port: number): string[] {
  return ["127.0.0.1", "localhost", "[::1]"].flatMap((name) =>
    port === 80 ? [name, `${name}:80`] : [`${name}:${port}`],
  );
}

/**
 * Why an unsafe request is not ours, or null. A browser always sends Origin or Sec-Fetch-Site with an unsafe method; a client that sends
 * neither is no browser and carries nobody's cookies by accident, so it is let through.
 */
function foreignOrigin(request: IncomingMessage, host: string, origin: string): string | null {
  if (safe.has(request.method ?? "")) return null;
  const { origin: given, "sec-fetch-site": site, referer } = request.headers;
  if (site !== undefined && site !== "same-origin" && site !== "none") return "sec-fetch-site";
  if (given !== undefined) return isOurOrigin(given, host, origin) ? null : "origin";
  if (
    site === undefined &&
    referer !== undefined &&
    !(URL.canParse(referer) && isOurOrigin(new URL(referer).origin, host, origin))
  )
    return "referer";
  return null;
}

function isOurOrigin(given: string, host: string, origin: string): boolean {
  return host === new URL(origin).host ? given === origin : given === `http://${host}`;
}

/** Machines come with a credential of their own and no cookie: dealers' hooks, and keys of the API. */
function isMachinePath(request: IncomingMessage, path: string): boolean {
  const machine =
    path.startsWith("/hooks/") ||
    (path.startsWith("/api/v1/") && request.headers.authorization?.startsWith("Bearer ") === true);
  if (machine) delete request.headers.cookie;
  return machine;
}

function isOurselves(given: string | string[] | undefined): boolean {
  if (typeof given !== "string" || given.length !== within.length) return false;
  return timingSafeEqual(Buffer.from(given), Buffer.from(within));
}

function joined(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value.join(",") : value;
}
