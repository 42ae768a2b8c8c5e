// Files for uploads, good and bad, made in memory.
import { crc32, deflateRawSync } from "node:zlib";
import { PNG } from "pngjs";

/** A blank picture. */
export function png(width: number, height: number): Buffer {
  return PNG.sync.write(new PNG({ width, height }));
}

/** The head of a picture that claims a size, with nearly nothing behind it. */
export function pngThatClaims(width: number, height: number): Buffer {
  const bytes = Buffer.from(png(1, 1));
  bytes.writeUInt32BE(width, 16);
  bytes.writeUInt32BE(height, 20);
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29);
  return bytes;
}

/** One dot, shown again and again. */
export function gif(frames: number): Buffer {
  const head = Buffer.from("47494638396101000100800000000000ffffff", "hex");
  const frame = Buffer.from("21f904000a0000002c0000000001000100000202440100", "hex");
  return Buffer.concat([head, ...Array.from({ length: frames }, () => frame), Buffer.from([0x3b])]);
}

/** The first half of a photograph. */
export function cutJpeg(): Buffer {
  const head = Buffer.from("ffd8ffe000104a46494600010100000100010000ffc0000b080010001001011100", "hex");
  return Buffer.concat([head, Buffer.from("ffda0008010100003f00", "hex"), Buffer.alloc(200, 0x55)]);
}

export const pdf = Buffer.from(
  "%PDF-1.4\n1 0 obj\n<< /Type /Catalog >>\nendobj\nxref\n0 1\n0000000000 65535 f \ntrailer\n<< >>\nstartxref\n45\n%%EOF\n",
);

/** Lines of a list, exactly this many bytes. */
export function csv(bytes: number): Buffer {
  return Buffer.alloc(bytes, "a1,b2,c3\n");
}

type Entry = { name: string; content: Buffer /** What the archive says of its size. */; claims?: number };

/** An archive as its entries are given. */
export function zip(entries: readonly Entry[]): Buffer {
  const places: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, content, claims = content.length } of entries) {
    const packed = deflateRawSync(content);
    const title = Buffer.from(name);
    const facts = Buffer.alloc(26);
    facts.writeUInt16LE(20, 0);
    facts.writeUInt16LE(0x0800, 2);
    facts.writeUInt16LE(8, 4);
    facts.writeUInt32LE(crc32(content), 10);
    facts.writeUInt32LE(packed.length, 14);
    facts.writeUInt32LE(claims, 18);
    facts.writeUInt16LE(title.length, 22);
    const local = Buffer.concat([Buffer.from("PK\x03\x04", "latin1"), facts, title, packed]);
    const more = Buffer.alloc(14);
    more.writeUInt32LE(at, 10);
    directory.push(Buffer.concat([Buffer.from("PK\x01\x02\x14\x00", "latin1"), facts, more, title]));
    places.push(local);
    at += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write("PK\x05\x06", "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...places, listed, end]);
}

const types = Buffer.from('<?xml version="1.0"?><Types/>');

/** A document with these entries besides its own. */
export function docx(...more: Entry[]): Buffer {
  const own = [
    { name: "[Content_Types].xml", content: types },
    { name: "word/document.xml", content: types },
  ];
  return zip([...own, ...more]);
}
