// The one way out: every page that the portal reads on the Internet is asked for here (trust.md P-45). Nothing is sent but the address.
import { createHash } from "node:crypto";
import { type IncomingMessage, request as overHttp } from "node:http";
import { request as overHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { env } from "@/lib/env";
import { turnsOf } from "@/lib/turns";
import { type Allowed, allowedFrom } from "./outbound/addresses";
import type { OutboundFailure } from "./outbound/failure";
import { BodyRefused, bodyOf, textOf } from "./outbound/page-text";
import { type Resolve, readAddress, resolveName, settle, type Target } from "./outbound/target";

export type Fetched =
  | {
      ok: true;
      status: number;
      /** Where the answer came from, after redirects. */
      address: string;
      text: string;
      /** Of the unpacked body, as is its digest (hex). */
      bytes: number;
      sha256: string;
      tookMs: number;
    }
  | { ok: false; failure: OutboundFailure; address: string; tookMs: number };

/** In all: name, connection, redirects and the last byte. */
const mostMs = 5_000;
const mostRedirects = 3;
/** At once in this process; the others wait, so that slow sites hurt nobody else (F-21). */
const atOnce = 8;
const agentName = "Mozilla/5.0 (compatible; Damso/1.0; page check)";

/**
 * Reads one public page: https on port 443, other places only where DAMSO_OUTBOUND_ALLOW lists them; at most three redirects, each
 * vetted like the first address; at most 5 s and 1 MB; no cookies, no credentials. Never throws for what a site does.
 * @param resolve where a name leads; the name servers unless a test says otherwise
 */
export async function fetchPage(address: string, resolve: Resolve = resolveName): Promise<Fetched> {
  const allowed = allowedFrom(env().DAMSO_OUTBOUND_ALLOW);
  return turnsOf("outbound", atOnce, Number.POSITIVE_INFINITY).run(async () => {
    const begun = performance.now();
    const stopping = new AbortController();
    const limit = setTimeout(() => stopping.abort(), mostMs);
    try {
      const outcome = await follow(address, allowed, resolve, stopping.signal);
      return { ...outcome, tookMs: Math.round(performance.now() - begun) };
    } finally {
      clearTimeout(limit);
      stopping.abort();
    }
  });
}

type Outcome =
  | { ok: true; status: number; address: string; text: string; bytes: number; sha256: string }
  | { ok: false; failure: OutboundFailure; address: string };

async function follow(address: string, allowed: Allowed, resolve: Resolve, signal: AbortSignal): Promise<Outcome> {
  let at = address.slice(0, 2_000);
  let base: URL | undefined;
  let next = address;
  for (let hop = 0; hop <= mostRedirects; hop += 1) {
    const place = readAddress(next, allowed, base);
    if (typeof place === "string") return { ok: false, failure: place, address: at };
    at = place.url.href;
    try {
      const target = await settle(place, allowed, resolve, signal);
      if (signal.aborted) return { ok: false, failure: "timeout", address: at };
      if (typeof target === "string") return { ok: false, failure: target, address: at };
      const seen = await ask(target, signal);
      if ("page" in seen) return { ok: true, ...seen.page, address: at };
      next = seen.location;
      base = place.url;
    } catch (error) {
      if (signal.aborted) return { ok: false, failure: "timeout", address: at };
      return { ok: false, failure: error instanceof BodyRefused ? error.failure : "unreachable", address: at };
    }
  }
  return { ok: false, failure: "too-many-redirects", address: at };
}

type Seen = { location: string } | { page: { status: number; text: string; bytes: number; sha256: string } };

/** One request to one vetted place. @throws BodyRefused; what the connection throws */
async function ask(target: Target, signal: AbortSignal): Promise<Seen> {
  const { answer, close } = await send(target, signal);
  try {
    const status = answer.statusCode ?? 0;
    const { location } = answer.headers;
    if ([301, 302, 303, 307, 308].includes(status) && location !== undefined) return { location };
    const body = await bodyOf(answer);
    const sha256 = createHash("sha256").update(body).digest("hex");
    return { page: { status, text: textOf(body, answer.headers["content-type"]), bytes: body.length, sha256 } };
  } finally {
    close();
  }
}

function send(
  { url, host, port, addresses }: Target,
  signal: AbortSignal,
): Promise<{ answer: IncomingMessage; close: () => void }> {
  const request = url.protocol === "https:" ? overHttps : overHttp;
  return new Promise((resolve, reject) => {
    const asked = request({
      ...{ host, port, path: `${url.pathname}${url.search}`, method: "GET", signal },
      // A new connection each time, and only to the addresses that were vetted: no second look-up can lead elsewhere.
      ...{ agent: false, lookup: pinnedTo(addresses) },
      headers: {
        accept: "text/html,application/xhtml+xml,text/plain;q=0.8",
        "accept-encoding": "gzip, deflate, br",
        "accept-language": "ko,en;q=0.5",
        "user-agent": agentName,
      },
    });
    asked.on("error", reject);
    asked.on("response", (answer) => {
      // What fails after its body is no longer wanted is nobody's news.
      answer.on("error", () => asked.destroy());
      resolve({ answer, close: () => asked.destroy() });
    });
    asked.end();
  });
}

function pinnedTo(addresses: readonly string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, options, callback) => {
    if (options.all) callback(null, found);
    else callback(null, found[0]?.address ?? "", found[0]?.family);
  };
}
