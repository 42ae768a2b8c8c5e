// Time-based one-time codes (RFC 6238): 6 digits, 30 s, SHA-1, as every authenticator app reads them.
import { createHmac, randomBytes } from "node:crypto";
import { Secret, TOTP } from "otpauth";
import { derivedKey } from "./seal";

const period = 30;

function totp(secret: string, label = "Damso"): TOTP {
  return new TOTP({ issuer: "Damso", label, algorithm: "SHA1", digits: 6, period, secret: Secret.fromBase32(secret) });
}

/** Secret offered to one session before it is confirmed. The same at each look, so that showing it changes nothing. */
export function offeredSecret(signInId: string, generation: string): string {
  const bytes = createHmac("sha256", derivedKey("totp-offer")).update(`${signInId}\n${generation}`).digest();
  return new Secret({ buffer: Uint8Array.from(bytes.subarray(0, 20)).buffer }).base32;
}

/** What the QR code holds: otpauth://totp/Damso:address?… */
export function otpauthUri(secret: string, email: string): string {
  return totp(secret, email).toString();
}

/**
 * The 30 s step a code belongs to, one before and after included, or null when it is wrong or its step was used already.
 * @param lastStep the last step that was accepted
 */
export function codeStep(secret: string, code: string, lastStep: bigint | null, now: Date): bigint | null {
  if (!/^\d{6}$/.test(code)) return null;
  const delta = totp(secret).validate({ token: code, timestamp: now.getTime(), window: 1 });
  if (delta === null) return null;
  const step = BigInt(Math.floor(now.getTime() / 1000 / period) + delta);
  return lastStep !== null && step <= lastStep ? null : step;
}

/** The code of this moment: for tests and the demonstration. */
export function presentCode(secret: string, now: Date): string {
  return totp(secret).generate({ timestamp: now.getTime() });
}

const letters = "abcdefghjkmnpqrstuvwxyz23456789";

/** Ten recovery codes of 50 bits: "k3m9-x7pq-ab" and the like. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: 10 }, () => {
    const text = Array.from(
      randomBytes(40)
        .filter((byte) => byte < letters.length * 8)
        .subarray(0, 12),
      (byte) => letters[byte % letters.length],
    );
    return [text.slice(0, 4), text.slice(4, 8), text.slice(8, 12)].map((part) => part.join("")).join("-");
  });
}

/** What is kept of a recovery code: an HMAC that ignores case and dashes. */
export function recoveryCodeHash(code: string): Uint8Array<ArrayBuffer> {
  const plain = code.toLowerCase().replaceAll(/[^a-z0-9]/g, "");
  return Uint8Array.from(createHmac("sha256", derivedKey("recovery-code")).update(plain).digest());
}
