// A connection's credentials: what they look like, and how long the old one outlives a rotation.
import { createHash, randomBytes } from "node:crypto";
import type { Format } from "../schema/connection";

/** Time to tell the dealer the new address or secret. */
export const overlapMs = 24 * 3_600_000;

/** 256 random bits, base64url: the hook address's credential. */
export function newToken(): string {
  return randomBytes(32).toString("base64url");
}

/** `whsec_` and base64 of 256 random bits, as Standard Webhooks writes secrets. */
export function newSecret(): string {
  return `whsec_${randomBytes(32).toString("base64")}`;
}

export const tokenPattern = /^[A-Za-z0-9_-]{43}$/;

export function tokenHash(token: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(createHash("sha256").update(token).digest());
}

/** The address a dealer is told. @param origin DAMSO_URL */
export function hookAddress(origin: string, token: string): string {
  return `${origin}/hooks/${token}`;
}

/** What a dealer posts to, below the hook address. */
export function eventPaths(format: Format): readonly string[] {
  if (format === "canonical") return ["/events"];
  if (format === "happytalk") return ["/reference", "/message", "/expired_session"];
  return ["reference", "message", "expired_session", "seen_info", "result", "personal_info", "cert_result"].map(
    (name) => `/cstalk/${name}`,
  );
}

export type TokenState = { createdAt: Date; expiresAt: Date | null };

/** Until when the newest replaced address still works, or null when none does. */
export function overlapUntil(tokens: readonly TokenState[], now: Date): Date | null {
  const ends = tokens.flatMap(({ expiresAt }) => (expiresAt && expiresAt > now ? [expiresAt.getTime()] : []));
  return ends.length > 0 ? new Date(Math.max(...ends)) : null;
}
