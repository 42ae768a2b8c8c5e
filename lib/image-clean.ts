// What a picture tells beside the picture: place, time, camera, author, comments. Cut out without touching a pixel; colour profile, resolution,
// animation and the way up stay. Only for pictures that image-shape has let pass.

export type CleanImage = {
  bytes: Buffer;
  /** Bytes that were cut out. */
  removed: number;
  /** As it is seen, the way up considered. */
  width: number;
  height: number;
};

/** @param mime image/jpeg, image/png or image/gif */
export function cleanImage(bytes: Buffer, mime: string): CleanImage {
  const { kept, width, height } = mime === "image/png" ? png(bytes) : mime === "image/gif" ? gif(bytes) : jpeg(bytes);
  const clean = Buffer.concat(kept);
  return { bytes: clean, removed: Math.max(0, bytes.length - clean.length), width, height };
}

type Parts = { kept: Buffer[]; width: number; height: number };

/** Application segments that say how to show the picture: JFIF, the colour profile, Adobe's transform. */
function showsColour(marker: number, segment: Buffer): boolean {
  if (marker === 0xe0) return segment.toString("latin1", 4, 9) === "JFIF\0";
  if (marker === 0xe2) return segment.toString("latin1", 4, 16) === "ICC_PROFILE\0";
  return marker === 0xee && segment.toString("latin1", 4, 9) === "Adobe";
}

function jpeg(bytes: Buffer): Parts {
  const kept: Buffer[] = [bytes.subarray(0, 2)];
  let turned = 1;
  let [width, height] = [0, 0];
  for (let at = 2; ; ) {
    while (bytes[at + 1] === 0xff) at += 1;
    const marker = bytes[at + 1] ?? 0xd9;
    // What stands behind the end is no part of the picture: telephones put films there.
    if (marker === 0xd9) break;
    const standing = marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);
    let end = standing ? at + 2 : at + 2 + bytes.readUInt16BE(at + 2);
    const segment = bytes.subarray(at, end);
    if (marker === 0xe1) turned = orientation(segment) ?? turned;
    if (marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc) {
      height = segment.readUInt16BE(5);
      width = segment.readUInt16BE(7);
    }
    if (marker === 0xda) end = afterScan(bytes, end);
    const told = (marker >= 0xe0 && marker <= 0xef) || marker === 0xfe;
    if (!told || showsColour(marker, segment)) kept.push(bytes.subarray(at, end));
    at = end;
  }
  kept.push(Buffer.from([0xff, 0xd9]));
  if (turned !== 1) kept.splice(1 + (bytes[3] === 0xe0 ? 1 : 0), 0, onlyOrientation(turned));
  return turned > 4 ? { kept, width: height, height: width } : { kept, width, height };
}

function afterScan(bytes: Buffer, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0xd9;
    if (next !== 0x00 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}

/** Tag 0x0112 of the first directory of an Exif segment; null where there is none. */
function orientation(segment: Buffer): number | null {
  if (segment.toString("latin1", 4, 10) !== "Exif\0\0" || segment.length < 18) return null;
  const tiff = segment.subarray(10);
  const little = tiff.toString("latin1", 0, 2) === "II";
  const short = (at: number) => (at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const long = (at: number) => (at + 4 > tiff.length ? 0 : little ? tiff.readUInt32LE(at) : tiff.readUInt32BE(at));
  const first = long(4);
  const entries = Math.min(short(first), 200);
  for (let entry = 0; entry < entries; entry += 1) {
    const at = first + 2 + entry * 12;
    if (short(at) !== 0x0112) continue;
    const value = short(at + 8);
    return value >= 1 && value <= 8 ? value : null;
  }
  return null;
}

/** An Exif segment with nothing in it but the way up. */
function onlyOrientation(value: number): Buffer {
  const tiff = Buffer.from("4d4d002a00000008000101120003000000010000000000000000", "hex");
  tiff.writeUInt16BE(value, 18);
  const head = Buffer.from([0xff, 0xe1, 0, 2 + 6 + tiff.length]);
  return Buffer.concat([head, Buffer.from("Exif\0\0", "latin1"), tiff]);
}

/** Chunks of PNG and its animation that a viewer needs; texts, times and Exif are not among them. */
const shown = new Set([
  ...[
    "IHDR",
    "PLTE",
    "IDAT",
    "IEND",
    "tRNS",
    "cHRM",
    "gAMA",
    "iCCP",
    "sBIT",
    "sRGB",
    "cICP",
    "mDCV",
    "cLLI",
    "bKGD",
    "hIST",
  ],
  ...["pHYs", "sPLT", "acTL", "fcTL", "fdAT"],
]);

function png(bytes: Buffer): Parts {
  const kept: Buffer[] = [bytes.subarray(0, 8)];
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + bytes.readUInt32BE(at);
    if (shown.has(bytes.toString("latin1", at + 4, at + 8))) kept.push(bytes.subarray(at, end));
    at = end;
  }
  return { kept, width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

/** Comments and what other programs wrote go; loops and the time of a frame stay. */
function gif(bytes: Buffer): Parts {
  const table = (flags: number) => (flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0);
  const afterData = (start: number) => {
    let at = start;
    while ((bytes[at] ?? 0) !== 0) at += 1 + (bytes[at] ?? 0);
    return at + 1;
  };
  let at = 13 + table(bytes[10] ?? 0);
  const kept: Buffer[] = [bytes.subarray(0, at)];
  while (at < bytes.length && bytes[at] !== 0x3b) {
    const picture = bytes[at] === 0x2c;
    const end = picture ? afterData(at + 11 + table(bytes[at + 9] ?? 0)) : afterData(at + 2);
    const label = bytes[at + 1];
    const loops = label === 0xff && /^(NETSCAPE2\.0|ANIMEXTS1\.0)$/.test(bytes.toString("latin1", at + 3, at + 14));
    if (picture || label === 0xf9 || label === 0x01 || loops) kept.push(bytes.subarray(at, end));
    at = end;
  }
  kept.push(Buffer.from([0x3b]));
  return { kept, width: bytes.readUInt16LE(6), height: bytes.readUInt16LE(8) };
}
