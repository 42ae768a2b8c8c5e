// Small secrets at rest (TOTP, HMAC secrets): AES-256-GCM with a key derived from DAMSO_SECRET.
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";
import { env } from "@/lib/env";

/** A key of 32 bytes for one purpose, derived from DAMSO_SECRET by HKDF-SHA256. */
export function derivedKey(purpose: string): Buffer {
  return Buffer.from(hkdfSync("sha256", env().DAMSO_SECRET, "damso", purpose, 32));
}

/** Seals text: 12 byte nonce, ciphertext, 16 byte tag. `purpose` binds it to its place. */
export function seal(purpose: string, text: string): Uint8Array<ArrayBuffer> {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", derivedKey(purpose), nonce);
  return Uint8Array.from(Buffer.concat([nonce, cipher.update(text, "utf8"), cipher.final(), cipher.getAuthTag()]));
}

/** Opens what `seal` made. @throws Error when the key or the bytes are not the right ones. */
export function unseal(purpose: string, sealed: Uint8Array): string {
  const bytes = Buffer.from(sealed);
  const decipher = createDecipheriv("aes-256-gcm", derivedKey(purpose), bytes.subarray(0, 12));
  decipher.setAuthTag(bytes.subarray(bytes.length - 16));
  return Buffer.concat([decipher.update(bytes.subarray(12, bytes.length - 16)), decipher.final()]).toString("utf8");
}
