// One file and a few fields as multipart/form-data (RFC 7578), streamed.
import { randomBytes } from "node:crypto";

export type UploadFile = { name: string; mime: string; bytes: number; source: AsyncIterable<Uint8Array> };

/** @returns the body with its length, and the header that names its boundary */
export function multipart(
  fields: Readonly<Record<string, string>>,
  { name, mime, bytes, source }: UploadFile,
): { type: string; length: number; source: AsyncIterable<Uint8Array> } {
  const boundary = `damso-${randomBytes(16).toString("hex")}`;
  const heads = Object.entries(fields).map(
    ([field, value]) => `--${boundary}\r\nContent-Disposition: form-data; name="${field}"\r\n\r\n${value}\r\n`,
  );
  const quoted = name.replace(/["\r\n]/g, (one) => encodeURIComponent(one));
  const head = Buffer.from(
    `${heads.join("")}--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${quoted}"\r\nContent-Type: ${mime}\r\n\r\n`,
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  return {
    type: `multipart/form-data; boundary=${boundary}`,
    length: head.length + bytes + tail.length,
    source: (async function* () {
      yield head;
      yield* source;
      yield tail;
    })(),
  };
}
