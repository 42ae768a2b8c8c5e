// The one way out: whatever the portal reads on the Internet is asked for here (trust.md P-45). Nothing is sent but the address.
import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { env } from "@/lib/env";
import { turnsOf } from "@/lib/turns";
import { type Allowed, allowedFrom } from "./outbound/addresses";
import type { OutboundFailure } from "./outbound/failure";
import { fileBody } from "./outbound/file-body";
import { follow } from "./outbound/follow";
import { bodyOf, textOf } from "./outbound/page-text";
import { type Resolve, resolveName } from "./outbound/target";

type PageRead = {
  status: number;
  /** Media type in small letters without its parameters; "" where the site said none. */
  type: string;
  text: string;
  /** Of the unpacked body, as is its digest (hex). */
  bytes: number;
  sha256: string;
};

/** `address`: where the answer came from, after redirects. */
export type Fetched =
  | ({ ok: true; address: string; tookMs: number } & PageRead)
  | { ok: false; failure: OutboundFailure; address: string; tookMs: number };

/** In all: name, connection, redirects and the last byte. */
const mostMs = 5_000;
const mostRedirects = 3;
/** At once in this process; the others wait, so that slow sites hurt nobody else (F-21). */
const atOnce = 8;
const agentName = "Mozilla/5.0 (compatible; Damso/1.0; page check)";
const pageHeaders = {
  accept: "text/html,application/xhtml+xml,text/plain;q=0.8",
  "accept-encoding": "gzip, deflate, br",
  "accept-language": "ko,en;q=0.5",
  "user-agent": agentName,
};

/**
 * Reads one public page: https on port 443, other places only where DAMSO_OUTBOUND_ALLOW lists them; at most three redirects, each
 * vetted like the first address; at most 5 s and 1 MB; no cookies, no credentials. Never throws for what a site does.
 * @param resolve where a name leads; the name servers unless a test says otherwise
 */
export async function fetchPage(address: string, resolve: Resolve = resolveName): Promise<Fetched> {
  const allowed = allowedFrom(env().DAMSO_OUTBOUND_ALLOW);
  return turnsOf("outbound", atOnce, Number.POSITIVE_INFINITY).run(async () => {
    const begun = performance.now();
    const outcome = await within(mostMs, (signal) =>
      follow(address, { allowed, resolve, signal, mostRedirects, headers: pageHeaders, take: readPage }),
    );
    const tookMs = Math.round(performance.now() - begun);
    return outcome.ok ? { ok: true, ...outcome.value, address: outcome.address, tookMs } : { ...outcome, tookMs };
  });
}

async function readPage(answer: IncomingMessage): Promise<PageRead> {
  const body = await bodyOf(answer);
  const sha256 = createHash("sha256").update(body).digest("hex");
  const text = textOf(body, answer.headers["content-type"]);
  const type = (answer.headers["content-type"] ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  return { status: answer.statusCode ?? 0, type, text, bytes: body.length, sha256 };
}

/** Why a file did not come. `gone`: the site says that it has it no longer, or not for us (4xx). */
export type FileFailure = OutboundFailure | "gone";
export type FetchedFile<T> = { ok: true; value: T } | { ok: false; failure: FileFailure };

/** A file may take this long, and one second more for each of these bytes that it may have. */
const fileMs = 20_000;
const bytesPerSecond = 512 * 1_024;
const filesAtOnce = 4;
const fileHeaders = { accept: "*/*", "accept-encoding": "identity", "user-agent": agentName };

/**
 * Reads one file as a stream: places vetted and pinned as for a page, at most one redirect, at most `most` bytes as they come.
 * An address of plain HTTP is asked over TLS unless the operator lists it. Never throws for what a site does.
 * @param sink takes the whole body once; what it throws is thrown on, unless the body itself failed
 */
export async function fetchFile<T>(
  address: string,
  { most }: { most: number },
  sink: (body: AsyncIterable<Uint8Array>) => Promise<T>,
  resolve: Resolve = resolveName,
): Promise<FetchedFile<T>> {
  const allowed = allowedFrom(env().DAMSO_OUTBOUND_ALLOW);
  return turnsOf("outbound files", filesAtOnce, Number.POSITIVE_INFINITY).run(async () => {
    let thrown: { error: unknown } | undefined;
    const take = async (answer: IncomingMessage): Promise<FetchedFile<T>> => {
      const status = answer.statusCode ?? 0;
      if (status !== 200) return { ok: false, failure: isGone(status) ? "gone" : "unreachable" };
      const { body, failed } = fileBody(answer, most);
      try {
        return { ok: true, value: await sink(body) };
      } catch (error) {
        const fault = failed();
        if (fault) throw fault;
        thrown = { error };
        throw error;
      }
    };
    const outcome = await within(fileMs + (most / bytesPerSecond) * 1_000, (signal) =>
      follow(secured(address, allowed), { allowed, resolve, signal, mostRedirects: 1, headers: fileHeaders, take }),
    );
    if (thrown) throw thrown.error;
    return outcome.ok ? outcome.value : outcome;
  });
}

/** Answers that another try will not change; 408 and 429 ask for one. */
const isGone = (status: number) => status >= 400 && status < 500 && status !== 408 && status !== 429;

function secured(address: string, allowed: Allowed): string {
  if (!URL.canParse(address)) return address;
  const url = new URL(address);
  if (url.protocol !== "http:" || url.port !== "" || allowed.host(url.hostname, 80)) return address;
  url.protocol = "https:";
  return url.href;
}

async function within<T>(ms: number, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stopping = new AbortController();
  const limit = setTimeout(() => stopping.abort(), ms);
  try {
    return await work(stopping.signal);
  } finally {
    clearTimeout(limit);
    stopping.abort();
  }
}
