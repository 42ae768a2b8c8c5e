// Drawings of the demonstration: flat shapes in a few colours, as PNG. They show nobody's product and nobody's artwork.
import { crc32, deflateSync } from "node:zlib";

export type Color = readonly [red: number, green: number, blue: number];
/** A filled box or ellipse, in parts of the picture's width and height. */
export type Shape = {
  kind: "box" | "round";
  at: readonly [x: number, y: number, wide: number, high: number];
  color: Color;
};

/** A picture of shapes, the later above the earlier, as PNG of eight bits. */
export function drawing(wide: number, high: number, ground: Color, shapes: readonly Shape[]): Buffer {
  const rows = Buffer.alloc(high * (1 + wide * 3));
  for (let y = 0; y < high; y += 1) {
    for (let x = 0; x < wide; x += 1) {
      const [u, v] = [(x + 0.5) / wide, (y + 0.5) / high];
      const color = shapes.findLast((shape) => covers(shape, u, v))?.color ?? ground;
      rows.set(color, y * (1 + wide * 3) + 1 + x * 3);
    }
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(wide, 0);
  header.writeUInt32BE(high, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    ...[part("IHDR", header), part("IDAT", deflateSync(rows)), part("IEND", Buffer.alloc(0))],
  ]);
}

function covers({ kind, at: [left, top, wide, high] }: Shape, u: number, v: number): boolean {
  const [x, y] = [(u - left) / wide, (v - top) / high];
  if (x < 0 || x >= 1 || y < 0 || y >= 1) return false;
  return kind === "box" || (x - 0.5) ** 2 + (y - 0.5) ** 2 < 0.25;
}

function part(name: string, data: Buffer): Buffer {
  const whole = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(whole), 4);
  return Buffer.concat([ends.subarray(0, 4), whole, ends.subarray(4)]);
}

/** A tone that fades, as WAV: one channel of eight bits, eight thousand times a second. */
export function tone(seconds: number, hertz: number): Buffer {
  const rate = 8_000;
  const data = Buffer.alloc(seconds * rate);
  for (let at = 0; at < data.length; at += 1) {
    const fade = 1 - at / data.length;
    data[at] = 128 + Math.round(60 * fade * Math.sin((2 * Math.PI * hertz * at) / rate));
  }
  const head = Buffer.alloc(44);
  head.write("RIFF", 0, "latin1");
  head.writeUInt32LE(36 + data.length, 4);
  head.write("WAVEfmt ", 8, "latin1");
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(rate, 24);
  head.writeUInt32LE(rate, 28);
  head.writeUInt16LE(1, 32);
  head.writeUInt16LE(8, 34);
  head.write("data", 36, "latin1");
  head.writeUInt32LE(data.length, 40);
  return Buffer.concat([head, data]);
}
