// What every answer carries, and the content security policy with its nonce (trust.md P-04, P-05).
import { randomBytes } from "node:crypto";
import type { OutgoingHttpHeader, ServerResponse } from "node:http";

/** A fresh nonce of 128 random bits, base64. */
export function freshNonce(): string {
  return randomBytes(16).toString("base64");
}

/** The policy of a page. Next reads the nonce out of the request header of the same name. */
export function contentSecurityPolicy(nonce: string, { dev, https }: { dev: boolean; https: boolean }): string {
  return [
    "default-src 'self'",
    // Development only: React's and Turbopack's hot reload evaluate code.
    `script-src 'nonce-${nonce}' 'strict-dynamic'${dev ? " 'unsafe-eval'" : ""}`,
    dev ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "media-src 'self' blob:",
    `connect-src 'self'${dev ? " ws: wss:" : ""}`,
    "frame-src 'none'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(https ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}

const always: Readonly<Record<string, string>> = {
  "X-Content-Type-Options": "nosniff",
  "Strict-Transport-Security": "max-age=63072000; includeSubDomains",
  "Referrer-Policy": "strict-origin-when-cross-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "X-Frame-Options": "DENY",
  "Permissions-Policy":
    "accelerometer=(), autoplay=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), microphone=(), midi=(), payment=(), usb=(), browsing-topics=()",
};

/**
 * Fills in, at the moment the head goes out, what the handler did not say itself: so that a download may bring its own stricter policy.
 * Pages of somebody signed in are never stored, whatever the handler said.
 */
export function secure(
  response: ServerResponse,
  { policy, signedIn, requestId }: { policy: string; signedIn: boolean; requestId: string },
): void {
  const writeHead = response.writeHead;
  const secured = (...parts: unknown[]): ServerResponse => {
    response.writeHead = writeHead;
    const given = parts.find((part): part is Record<string, OutgoingHttpHeader> => isHeaderRecord(part)) ?? {};
    const type = String(response.getHeader("content-type") ?? pick(given, "content-type") ?? "");
    const absent = (name: string) => !response.hasHeader(name) && pick(given, name) === undefined;
    for (const [name, value] of Object.entries(always)) if (absent(name)) response.setHeader(name, value);
    if (absent("Content-Security-Policy")) response.setHeader("Content-Security-Policy", policy);
    if (signedIn && (type === "" || /^text\/(html|x-component)/.test(type)))
      response.setHeader("Cache-Control", "private, no-store");
    else if (absent("Cache-Control")) response.setHeader("Cache-Control", "no-store");
    response.setHeader("X-Request-Id", requestId);
    response.removeHeader("X-Powered-By");
    return Reflect.apply(writeHead, response, parts) as ServerResponse;
  };
  response.writeHead = secured as typeof response.writeHead;
}

function isHeaderRecord(part: unknown): boolean {
  return typeof part === "object" && part !== null && !Array.isArray(part);
}

function pick(headers: Record<string, OutgoingHttpHeader>, name: string): OutgoingHttpHeader | undefined {
  const wanted = name.toLowerCase();
  return Object.entries(headers).find(([key]) => key.toLowerCase() === wanted)?.[1];
}
