// Opens an encrypted archive as the format says (WinZip AE-2), with nothing that the product has for it.
import { createCipheriv, createHmac, pbkdf2Sync, timingSafeEqual } from "node:crypto";
import { inflateRawSync } from "node:zlib";

/** The one file of an archive. @throws Error for another password, a changed byte, or an entry that is not AES-256 */
export function openEncryptedZip(bytes: Buffer, password: string): { name: string; content: Buffer } {
  const entry = bytes.subarray(bytes.lastIndexOf(Buffer.from("PK\x01\x02", "latin1")));
  const nameLength = entry.readUInt16LE(28);
  const extra = extrasOf(entry.subarray(46 + nameLength, 46 + nameLength + entry.readUInt16LE(30)));
  const aes = extra.get(0x9901);
  if (entry.readUInt16LE(10) !== 99 || aes?.[4] !== 3) throw new Error("Not AES-256");
  const { size, packedSize, at } = placeOf(entry, extra.get(1));
  const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
  const packed = open(bytes.subarray(start, start + packedSize), password);
  const content = aes.readUInt16LE(5) === 8 ? inflateRawSync(packed) : packed;
  if (content.length !== size) throw new Error("Another size than the archive says");
  return { name: entry.subarray(46, 46 + nameLength).toString("utf8"), content };
}

function extrasOf(bytes: Buffer): Map<number, Buffer> {
  const found = new Map<number, Buffer>();
  for (let at = 0; at + 4 <= bytes.length; at += 4 + bytes.readUInt16LE(at + 2))
    found.set(bytes.readUInt16LE(at), bytes.subarray(at + 4, at + 4 + bytes.readUInt16LE(at + 2)));
  return found;
}

/** Sizes and place; where 32 bits are all set, the number stands in the ZIP64 field. */
function placeOf(entry: Buffer, long: Buffer | undefined) {
  let next = 0;
  const number = (at: number) => {
    const short = entry.readUInt32LE(at);
    if (short !== 0xffffffff || !long) return short;
    next += 8;
    return Number(long.readBigUInt64LE(next - 8));
  };
  const [size, packedSize, at] = [number(24), number(20), number(42)];
  return { size, packedSize, at };
}

/** Salt, two bytes that tell a wrong password, what is encrypted, and the first ten bytes of its HMAC. */
function open(bytes: Buffer, password: string): Buffer {
  const key = pbkdf2Sync(password, bytes.subarray(0, 16), 1_000, 66, "sha1");
  if (!bytes.subarray(16, 18).equals(key.subarray(64))) throw new Error("Another password");
  const sealed = bytes.subarray(18, -10);
  const sum = createHmac("sha1", key.subarray(32, 64)).update(sealed).digest().subarray(0, 10);
  if (!timingSafeEqual(sum, bytes.subarray(-10))) throw new Error("The archive was changed");
  // The counter of the format goes the other way round than Node's.
  const counters = Buffer.alloc(Math.ceil(sealed.length / 16) * 16);
  for (let block = 0; block * 16 < counters.length; block += 1) counters.writeUInt32LE(block + 1, block * 16);
  const pad = createCipheriv("aes-256-ecb", key.subarray(0, 32), null).update(counters);
  return Buffer.from(sealed.map((byte, at) => byte ^ (pad[at] ?? 0)));
}
