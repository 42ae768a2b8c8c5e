// Pictures by their structure: size, frames, completeness. Headers and block lengths are read, nothing is decoded.
import { FileRefused } from "./file-refusal";

/** 40 megapixels: what a viewer needs 160 MB of memory for. */
const mostPixels = 40_000_000;
const mostFrames = 500;
/** Pixels of all frames together: what a viewer works through when it plays the picture. */
const mostPlayed = 1_000_000_000;

function assertArea(width: number, height: number): number {
  if (width === 0 || height === 0) throw new FileRefused("damaged");
  if (width * height > mostPixels) throw new FileRefused("too-many-pixels");
  return width * height;
}

function assertFrames(frames: number, area: number): void {
  if (frames > mostFrames || frames * area > mostPlayed) throw new FileRefused("too-many-frames");
}

/** Chunks from the signature to IEND, which is the end of the file. @throws FileRefused */
export function assertPng(bytes: Buffer): void {
  if (bytes.length < 45 || bytes.toString("latin1", 12, 16) !== "IHDR") throw new FileRefused("damaged");
  const area = assertArea(bytes.readUInt32BE(16), bytes.readUInt32BE(20));
  let frames = 0;
  let pictures = 0;
  for (let at = 8; ; ) {
    if (at + 12 > bytes.length) throw new FileRefused("damaged");
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString("latin1", at + 4, at + 8);
    at += 12 + length;
    if (at > bytes.length) throw new FileRefused("damaged");
    if (type === "IDAT") pictures += 1;
    if (type === "fcTL") assertFrames(++frames, area);
    if (type === "IEND") {
      if (pictures === 0 || at !== bytes.length) throw new FileRefused("damaged");
      return;
    }
  }
}

/** Punctuation that would make "GIF89a" the first word of a program; no real width looks like it. */
const program = /^[=/;(.,+*%&|^<>?[`:-][\x20-\x7e]$/;

/** Blocks from the header to the trailer, which is the end of the file. @throws FileRefused */
export function assertGif(bytes: Buffer): void {
  if (bytes.length < 14) throw new FileRefused("damaged");
  if (program.test(bytes.toString("latin1", 6, 8))) throw new FileRefused("active-content");
  const area = assertArea(bytes.readUInt16LE(6), bytes.readUInt16LE(8));
  let frames = 0;
  let at = 13 + colors(bytes[10] ?? 0);
  for (;;) {
    const block = bytes[at];
    if (block === 0x3b) {
      if (frames === 0 || at + 1 !== bytes.length) throw new FileRefused("damaged");
      return;
    }
    if (block === 0x21) at = afterData(bytes, at + 2);
    else if (block === 0x2c && at + 10 < bytes.length) {
      assertArea(bytes.readUInt16LE(at + 5), bytes.readUInt16LE(at + 7));
      assertFrames(++frames, area);
      at = afterData(bytes, at + 11 + colors(bytes[at + 9] ?? 0));
    } else throw new FileRefused("damaged");
  }
}

function colors(flags: number): number {
  return flags & 0x80 ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

function afterData(bytes: Buffer, start: number): number {
  let at = start;
  for (;;) {
    const length = bytes[at];
    if (length === undefined) throw new FileRefused("damaged");
    at += 1 + length;
    if (length === 0) return at;
  }
}

/**
 * Segments from SOI to EOI. Telephones append data after EOI (motion pictures, maker's notes): allowed, unless an archive,
 * a program or a paper begins there.
 * @throws FileRefused
 */
export function assertJpeg(bytes: Buffer): void {
  let sized = false;
  let scanned = false;
  for (let at = 2; ; ) {
    if (bytes[at] !== 0xff) throw new FileRefused("damaged");
    while (bytes[at] === 0xff) at += 1;
    const marker = bytes[at];
    at += 1;
    if (marker === undefined) throw new FileRefused("damaged");
    if (marker === 0xd9) {
      if (!sized || !scanned) throw new FileRefused("damaged");
      assertHarmlessTail(bytes.subarray(at));
      return;
    }
    if (marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7)) continue;
    if (at + 2 > bytes.length) throw new FileRefused("damaged");
    const length = bytes.readUInt16BE(at);
    if (length < 2 || at + length > bytes.length) throw new FileRefused("damaged");
    if (isFrameHeader(marker)) {
      if (length < 8) throw new FileRefused("damaged");
      assertArea(bytes.readUInt16BE(at + 5), bytes.readUInt16BE(at + 3));
      sized = true;
    }
    at += length;
    if (marker === 0xda) {
      scanned = true;
      at = afterScan(bytes, at);
    }
  }
}

function isFrameHeader(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** The next marker after picture data: 0xFF not stuffed and not a restart. */
function afterScan(bytes: Buffer, start: number): number {
  for (let at = bytes.indexOf(0xff, start); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined) break;
    if (next !== 0x00 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  throw new FileRefused("damaged");
}

const foreign = [
  Buffer.from("PK\x03\x04"),
  Buffer.from("PK\x05\x06"),
  Buffer.from("%PDF-"),
  Buffer.from("MZ\x90\0"),
  Buffer.from("Rar!"),
];

function assertHarmlessTail(tail: Buffer): void {
  if (foreign.some((magic) => tail.includes(magic))) throw new FileRefused("active-content");
}

/** Sides in pixels of a PNG that assertPng has let pass, and whether it moves. */
export function pngShape(bytes: Buffer): { width: number; height: number; animated: boolean } {
  let animated = false;
  for (let at = 8; at + 12 <= bytes.length; at += 12 + bytes.readUInt32BE(at))
    if (bytes.toString("latin1", at + 4, at + 8) === "acTL") animated = true;
  return { width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20), animated };
}
