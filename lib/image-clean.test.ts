import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { cleanImage } from "./image-clean";
import { assertGif, assertJpeg, assertPng } from "./image-shape";

const place = "37.5665N126.9780E";

/** A PNG chunk; its sum is not looked at by anybody here. */
function chunk(type: string, data: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(data.length);
  head.write(type, 4, "latin1");
  return Buffer.concat([head, data, Buffer.alloc(4)]);
}
function pngWith(...chunks: Buffer[]): Buffer {
  const plain = PNG.sync.write(new PNG({ width: 60, height: 40 }));
  return Buffer.concat([plain.subarray(0, 33), ...chunks, plain.subarray(33)]);
}

const segment = (marker: number, data: Buffer) =>
  Buffer.concat([Buffer.from([0xff, marker, (data.length + 2) >> 8, (data.length + 2) & 255]), data]);
/** Exif in either byte order with the way up, and a place behind it. */
function exif(orientation: number, little: boolean): Buffer {
  const tiff = Buffer.alloc(26);
  const short = (value: number, at: number) => (little ? tiff.writeUInt16LE(value, at) : tiff.writeUInt16BE(value, at));
  const long = (value: number, at: number) => (little ? tiff.writeUInt32LE(value, at) : tiff.writeUInt32BE(value, at));
  tiff.write(little ? "II" : "MM", 0, "latin1");
  short(42, 2);
  long(8, 4);
  short(1, 8);
  short(0x0112, 10);
  short(3, 12);
  long(1, 14);
  short(orientation, 18);
  return segment(0xe1, Buffer.concat([Buffer.from("Exif\0\0"), tiff, Buffer.from(place)]));
}
const frame = segment(0xc0, Buffer.from([8, 0, 40, 0, 60, 1, 1, 0x11, 0]));
const scan = Buffer.concat([segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])), Buffer.from([1, 2, 0xff, 0, 3])]);
const jfif = segment(0xe0, Buffer.from("JFIF\0\x01\x01\0\0\x01\0\x01\0\0", "latin1"));
const colours = segment(0xe2, Buffer.from("ICC_PROFILE\0\x01\x01profile", "latin1"));
const jpegOf = (...parts: Buffer[]) =>
  Buffer.concat([Buffer.from([0xff, 0xd8]), ...parts, frame, scan, Buffer.from([0xff, 0xd9])]);

describe("a JPEG", () => {
  it.each([false, true])(
    "loses place, comments and what stands behind its end, and keeps its colours (little %s)",
    (little) => {
      const xmp = segment(0xe1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${place}`));
      const comment = segment(0xfe, Buffer.from(place));
      const dirty = Buffer.concat([jpegOf(jfif, exif(1, little), xmp, colours, comment), Buffer.from(place)]);
      const { bytes, removed, width, height } = cleanImage(dirty, "image/jpeg");
      expect(bytes).toEqual(jpegOf(jfif, colours));
      expect([removed, width, height]).toEqual([dirty.length - bytes.length, 60, 40]);
      expect(() => assertJpeg(bytes)).not.toThrow();
      expect(cleanImage(bytes, "image/jpeg")).toMatchObject({ removed: 0, bytes });
    },
  );
  it.each([
    [6, false],
    [8, true],
    [3, true],
  ])("stays the right way up: %i", (orientation, little) => {
    const { bytes, width, height } = cleanImage(jpegOf(exif(orientation, little)), "image/jpeg");
    expect(bytes.includes(place)).toBe(false);
    expect([width, height]).toEqual(orientation > 4 ? [40, 60] : [60, 40]);
    expect(() => assertJpeg(bytes)).not.toThrow();
    // What it says of itself now is the same, and cleaning it again changes nothing.
    expect(cleanImage(bytes, "image/jpeg")).toMatchObject({ width, height, bytes });
  });
});

describe("a PNG", () => {
  it("loses texts, times and Exif, and keeps every pixel", () => {
    const dirty = pngWith(
      chunk("tEXt", Buffer.from(`Comment\0${place}`)),
      chunk("eXIf", Buffer.from(place)),
      chunk("tIME", Buffer.alloc(7)),
      chunk("pHYs", Buffer.alloc(9)),
    );
    const { bytes, removed, width, height } = cleanImage(dirty, "image/png");
    expect(bytes).toEqual(pngWith(chunk("pHYs", Buffer.alloc(9))));
    expect(removed).toBeGreaterThan(60);
    expect([width, height]).toEqual([60, 40]);
    expect(() => assertPng(bytes)).not.toThrow();
  });
});

it("a GIF loses comments and goes on playing as it did", () => {
  const head = Buffer.from("GIF89a\x3c\0\x28\0\x80\0\0\0\0\0\xff\xff\xff", "latin1");
  const loops = Buffer.from("\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0", "latin1");
  const comment = Buffer.concat([Buffer.from([0x21, 0xfe, place.length]), Buffer.from(place), Buffer.from([0])]);
  const xmp = Buffer.concat([
    Buffer.from("\x21\xff\x0bXMP DataXMP", "latin1"),
    Buffer.from([place.length]),
    Buffer.from(place),
    Buffer.from([0]),
  ]);
  const time = Buffer.from([0x21, 0xf9, 4, 0, 10, 0, 0, 0]);
  const picture = Buffer.from([0x2c, 0, 0, 0, 0, 0x3c, 0, 0x28, 0, 0, 2, 2, 0x4c, 1, 0]);
  const end = Buffer.from([0x3b]);
  const { bytes, width, height } = cleanImage(
    Buffer.concat([head, loops, comment, xmp, time, picture, end]),
    "image/gif",
  );
  expect(bytes).toEqual(Buffer.concat([head, loops, time, picture, end]));
  expect([width, height]).toEqual([60, 40]);
  expect(() => assertGif(bytes)).not.toThrow();
});
