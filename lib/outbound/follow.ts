// One address followed to its answer: each place vetted, each connection pinned to the addresses that were.
import { type IncomingMessage, request as overHttp } from "node:http";
import { request as overHttps } from "node:https";
import { isIP, type LookupFunction } from "node:net";
import { pipeline } from "node:stream/promises";
import type { Allowed } from "./addresses";
import type { OutboundFailure } from "./failure";
import { BodyRefused } from "./page-text";
import { type Resolve, readAddress, settle, type Target } from "./target";

export type Journey<T> = {
  allowed: Allowed;
  resolve: Resolve;
  signal: AbortSignal;
  mostRedirects: number;
  headers: Readonly<Record<string, string>>;
  /** Reads the answer that is no redirect. What BodyRefused says becomes the failure; what else it throws means unreachable. */
  take: (answer: IncomingMessage) => Promise<T>;
};

/** `address`: where the answer came from, or the place that failed. */
export type Arrived<T> =
  | { ok: true; value: T; address: string }
  | { ok: false; failure: OutboundFailure; address: string };

/** Follows an address and its redirects, each vetted like the first. Never throws for what a site does. */
export async function follow<T>(address: string, journey: Journey<T>): Promise<Arrived<T>> {
  const { allowed, resolve, signal } = journey;
  let at = address.slice(0, 2_000);
  let base: URL | undefined;
  let next = address;
  for (let hop = 0; hop <= journey.mostRedirects; hop += 1) {
    const place = readAddress(next, allowed, base);
    if (typeof place === "string") return { ok: false, failure: place, address: at };
    at = place.url.href;
    try {
      const target = await settle(place, allowed, resolve, signal);
      if (signal.aborted) return { ok: false, failure: "timeout", address: at };
      if (typeof target === "string") return { ok: false, failure: target, address: at };
      const seen = await ask(target, journey);
      if ("value" in seen) return { ok: true, value: seen.value, address: at };
      next = seen.location;
      base = place.url;
    } catch (error) {
      if (signal.aborted) return { ok: false, failure: "timeout", address: at };
      return { ok: false, failure: error instanceof BodyRefused ? error.failure : "unreachable", address: at };
    }
  }
  return { ok: false, failure: "too-many-redirects", address: at };
}

/** One request to one vetted place. @throws BodyRefused; what the connection throws */
async function ask<T>(target: Target, journey: Journey<T>): Promise<{ location: string } | { value: T }> {
  const { answer, close } = await sendTo(target, journey);
  try {
    const { location } = answer.headers;
    if ([301, 302, 303, 307, 308].includes(answer.statusCode ?? 0) && location !== undefined) return { location };
    return { value: await journey.take(answer) };
  } finally {
    close();
  }
}

export type Sending = Pick<Journey<unknown>, "signal" | "headers"> & {
  method?: string;
  /** Sent after the head; none where it is absent. */
  body?: AsyncIterable<Uint8Array>;
  /** Told once, when bytes of the request may have arrived. */
  onConnected?: () => void;
};

/** One request over a connection of its own, to the addresses that were vetted and none other. */
export function sendTo(
  { url, host, port, addresses }: Target,
  { signal, headers, method = "GET", body, onConnected }: Sending,
): Promise<{ answer: IncomingMessage; close: () => void }> {
  const secure = url.protocol === "https:";
  const request = secure ? overHttps : overHttp;
  return new Promise((resolve, reject) => {
    const asked = request({
      ...{ host, port, path: `${url.pathname}${url.search}`, method, signal },
      // A new connection each time, and only to the addresses that were vetted: no second look-up can lead elsewhere.
      ...{ agent: false, lookup: pinnedTo(addresses), headers },
    });
    asked.on("error", reject);
    if (onConnected) asked.on("socket", (socket) => socket.once(secure ? "secureConnect" : "connect", onConnected));
    asked.on("response", (answer) => {
      // What fails after its body is no longer wanted is nobody's news.
      answer.on("error", () => asked.destroy());
      resolve({ answer, close: () => asked.destroy() });
    });
    if (body) pipeline(body, asked).catch(reject);
    else asked.end();
  });
}

function pinnedTo(addresses: readonly string[]): LookupFunction {
  const found = addresses.map((address) => ({ address, family: isIP(address) }));
  return (_host, options, callback) => {
    if (options.all) callback(null, found);
    else callback(null, found[0]?.address ?? "", found[0]?.family);
  };
}
