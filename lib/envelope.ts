// Envelope encryption: content under a key of its own, that key wrapped by another. AES-256-GCM: nonce 12 | ciphertext | tag 16.
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const nonceBytes = 12;
const tagBytes = 16;

/** A fresh AES-256 key. */
export function newKey(): Buffer {
  return randomBytes(32);
}

/** Encrypts under `key`; `place` (where it will lie) is authenticated with it, so that it opens nowhere else. */
export function encrypt(key: Uint8Array, place: string, content: Uint8Array | string): Buffer {
  const nonce = randomBytes(nonceBytes);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(Buffer.from(place, "utf8"));
  const body = typeof content === "string" ? cipher.update(content, "utf8") : cipher.update(content);
  return Buffer.concat([nonce, body, cipher.final(), cipher.getAuthTag()]);
}

/** Opens what `encrypt` made. @throws Error when key, place or bytes are not the right ones */
export function decrypt(key: Uint8Array, place: string, sealed: Uint8Array): Buffer {
  if (sealed.length < nonceBytes + tagBytes) throw new Error("The sealed content is too short");
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, nonceBytes));
  decipher.setAAD(Buffer.from(place, "utf8"));
  decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes));
  return Buffer.concat([decipher.update(bytes.subarray(nonceBytes, bytes.length - tagBytes)), decipher.final()]);
}
