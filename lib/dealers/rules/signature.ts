// Signatures of the canonical format, as Standard Webhooks has them: v1,base64(HMAC-SHA256(secret, id.timestamp.body)).
import { createHmac, timingSafeEqual } from "node:crypto";

const toleranceSeconds = 300;

export type SignatureHeaders = { id: string | undefined; timestamp: string | undefined; signature: string | undefined };

/** The signature header for a body. @param secret as shown: `whsec_` and base64 */
export function sign(secret: string, id: string, timestamp: string, body: Uint8Array): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  return `v1,${createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest("base64")}`;
}

/** True when one of the secrets in force signed exactly these bytes within five minutes of `now`. */
export function isSigned(secrets: readonly string[], headers: SignatureHeaders, body: Uint8Array, now: Date): boolean {
  const { id, timestamp, signature } = headers;
  if (!id || !timestamp || !signature || id.length > 256 || signature.length > 2_000) return false;
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  if (Math.abs(now.getTime() / 1_000 - Number(timestamp)) > toleranceSeconds) return false;
  const given = signature.split(" ").slice(0, 10);
  return secrets.some((secret) => {
    const right = Buffer.from(sign(secret, id, timestamp, body));
    return given.some((one) => {
      const bytes = Buffer.from(one);
      return bytes.length === right.length && timingSafeEqual(bytes, right);
    });
  });
}
