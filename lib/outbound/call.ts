// Calls of a service that an administrator connected: its one address, nothing followed, nothing repeated here.

import { env } from "@/lib/env";
import { turnsOf } from "@/lib/turns";
import { type Allowed, allowedFrom } from "./addresses";
import type { OutboundFailure } from "./failure";
import { sendTo } from "./follow";
import { type Resolve, readAddress, resolveName, settle } from "./target";

export type ServiceCall = {
  method: "GET" | "POST" | "PUT" | "DELETE";
  headers: Readonly<Record<string, string>>;
  /** Bytes of the body where they are known. */
  body?: { source: AsyncIterable<Uint8Array>; length?: number } | undefined;
  /** Milliseconds in all, until the last byte of the answer. */
  mostMs: number;
  /** One queue for each: a slow service holds up nobody else. */
  queue: string;
};

/** `sent`: whether the request may have arrived, though no answer came. */
export type ServiceAnswer =
  | { ok: true; status: number; headers: Readonly<Record<string, string>>; text: string }
  | { ok: false; failure: OutboundFailure; sent: boolean };

/** Bytes of an answer. */
const mostAnswer = 2 ** 20;
/** At once to one service; the others wait, a thousand at most. */
const [atOnce, mayWait] = [8, 1_000];

/**
 * One request to a vetted address: https on port 443, other places only where DAMSO_OUTBOUND_ALLOW (or `allowed`) lists them. A redirect is an
 * answer like any other. Never throws for what the service does. @throws Refused when too many wait
 */
export function callService(
  address: string,
  { method, headers, body, mostMs, queue }: ServiceCall,
  {
    allowed = allowedFrom(env().DAMSO_OUTBOUND_ALLOW),
    resolve = resolveName,
  }: { allowed?: Allowed; resolve?: Resolve } = {},
): Promise<ServiceAnswer> {
  return turnsOf(`service ${queue}`, atOnce, mayWait).run(async () => {
    const signal = AbortSignal.timeout(mostMs);
    let sent = false;
    const failed = (failure: OutboundFailure): ServiceAnswer => ({ ok: false, failure, sent });
    const place = readAddress(address, allowed);
    if (typeof place === "string") return failed(place);
    try {
      const target = await settle(place, allowed, resolve, signal);
      if (typeof target === "string") return failed(signal.aborted ? "timeout" : target);
      const length: Record<string, string> =
        body?.length === undefined ? {} : { "content-length": String(body.length) };
      const { answer, close } = await sendTo(target, {
        ...{ signal, method, headers: { ...headers, ...length } },
        ...(body ? { body: body.source } : {}),
        onConnected: () => {
          sent = true;
        },
      });
      try {
        const chunks: Buffer[] = [];
        let bytes = 0;
        for await (const chunk of answer as AsyncIterable<Buffer>) {
          bytes += chunk.length;
          if (bytes > mostAnswer) return failed("too-large");
          chunks.push(chunk);
        }
        return {
          ...{ ok: true, status: answer.statusCode ?? 0 },
          headers: Object.fromEntries(Object.entries(answer.headers).map(([name, value]) => [name, String(value)])),
          text: Buffer.concat(chunks).toString("utf8"),
        };
      } finally {
        close();
      }
    } catch (error) {
      // A call that cannot be written at all is a fault of ours, not of the service.
      if (error instanceof TypeError) throw error;
      return failed(signal.aborted ? "timeout" : "unreachable");
    }
  });
}
