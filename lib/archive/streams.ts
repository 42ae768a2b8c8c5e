// Files on their way into the store and out of it, in memory of a few chunks: AES-256-GCM chunk by chunk, none can be cut off, moved or left out.
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { Transform } from "node:stream";

// Prefix 7 | chunks of at most 64 KiB, each with its tag. Nonce: prefix 7 | number of the chunk 4 | last one 1.
const prefixBytes = 7;
const chunkBytes = 65_536;
const tagBytes = 16;

/** Encrypts what flows through. @param place authenticated with it: it opens nowhere else */
export function sealStream(key: Buffer, place: string): Transform {
  const prefix = randomBytes(prefixBytes);
  let number = 0;
  let waiting: Buffer = Buffer.alloc(0);
  const seal = (chunk: Buffer, last: boolean): Buffer => {
    const cipher = createCipheriv("aes-256-gcm", key, nonceOf(prefix, number, last));
    cipher.setAAD(Buffer.from(place, "utf8"));
    number += 1;
    return Buffer.concat([cipher.update(chunk), cipher.final(), cipher.getAuthTag()]);
  };
  return new Transform({
    construct(done) {
      this.push(prefix);
      done();
    },
    transform(bytes: Buffer, _encoding, done) {
      waiting = Buffer.concat([waiting, bytes]);
      let from = 0;
      // The last chunk is known to be the last only at the end: one stays behind.
      for (; waiting.length - from > chunkBytes; from += chunkBytes)
        this.push(seal(waiting.subarray(from, from + chunkBytes), false));
      waiting = waiting.subarray(from);
      done();
    },
    flush(done) {
      this.push(seal(waiting, true));
      done();
    },
  });
}

/** Decrypts what `sealStream` made; fails before a byte of a chunk that is not as it was passes, and at the end of one that was cut. */
export function openStream(key: Buffer, place: string): Transform {
  const sealedBytes = chunkBytes + tagBytes;
  let prefix: Buffer | null = null;
  let number = 0;
  let waiting: Buffer = Buffer.alloc(0);
  const open = (of: Buffer, chunk: Buffer, last: boolean): Buffer => {
    if (chunk.length < tagBytes) throw new Error("The sealed file is cut off");
    const decipher = createDecipheriv("aes-256-gcm", key, nonceOf(of, number, last));
    decipher.setAAD(Buffer.from(place, "utf8"));
    decipher.setAuthTag(chunk.subarray(chunk.length - tagBytes));
    number += 1;
    return Buffer.concat([decipher.update(chunk.subarray(0, chunk.length - tagBytes)), decipher.final()]);
  };
  return new Transform({
    transform(bytes: Buffer, _encoding, done) {
      try {
        waiting = Buffer.concat([waiting, bytes]);
        if (!prefix && waiting.length >= prefixBytes) {
          prefix = Buffer.from(waiting.subarray(0, prefixBytes));
          waiting = waiting.subarray(prefixBytes);
        }
        let from = 0;
        for (; prefix && waiting.length - from > sealedBytes; from += sealedBytes)
          this.push(open(prefix, waiting.subarray(from, from + sealedBytes), false));
        waiting = waiting.subarray(from);
        done();
      } catch (error) {
        done(error instanceof Error ? error : new Error("The sealed file does not open"));
      }
    },
    flush(done) {
      try {
        if (!prefix) throw new Error("The sealed file is cut off");
        this.push(open(prefix, waiting, true));
        done();
      } catch (error) {
        done(error instanceof Error ? error : new Error("The sealed file does not open"));
      }
    },
  });
}

function nonceOf(prefix: Buffer, number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  prefix.copy(nonce);
  nonce.writeUInt32BE(number, prefixBytes);
  nonce[11] = last ? 1 : 0;
  return nonce;
}
