// QR codes as SVG and as a 1-bit PNG of our own over the matrix of `qrcode` (its own PNG writer is thirty times slower, performance.md E).
import { crc32, deflateSync } from "node:zlib";
import { create } from "qrcode";

/** Error correction: L restores 7 %, M 15 %, Q 25 %, H 30 % of the codewords (ISO/IEC 18004). */
export type QrLevel = "L" | "M" | "Q" | "H";
/** Modules without any mark around the code (ISO/IEC 18004: four). */
export const quietZone = 4;

export type QrMatrix = { size: number; isDark: (x: number, y: number) => boolean; version: number };

/** @param text at most some 1,600 bytes at Q */
export function qrMatrix(text: string, level: QrLevel = "Q"): QrMatrix {
  const { modules, version } = create(text, { errorCorrectionLevel: level });
  return { size: modules.size, version, isDark: (x, y) => modules.get(y, x) === 1 };
}

/** A scalable drawing: one path, a unit per module, quiet zone included, white behind it in dark themes as well. */
export function qrSvg(matrix: QrMatrix, title: string): string {
  const side = matrix.size + 2 * quietZone;
  let path = "";
  for (let y = 0; y < matrix.size; y += 1) {
    for (let x = 0; x < matrix.size; x += 1) {
      if (!matrix.isDark(x, y)) continue;
      let width = 1;
      while (x + width < matrix.size && matrix.isDark(x + width, y)) width += 1;
      path += `M${x + quietZone} ${y + quietZone}h${width}v1h-${width}z`;
      x += width;
    }
  }
  const label = title.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges" role="img" aria-label="${label}"><rect width="${side}" height="${side}" fill="#fff"/><path d="${path}" fill="#000"/></svg>`;
}

/** A square picture of exactly `px` pixels a side: whole pixels per module, the rest goes to the quiet zone. @throws RangeError when too small */
export function qrPng(matrix: QrMatrix, px: number): Buffer<ArrayBuffer> {
  const scale = Math.floor(px / (matrix.size + 2 * quietZone));
  if (scale < 1) throw new RangeError(`A QR code of ${matrix.size} modules does not fit into ${px} pixels`);
  const offset = Math.floor((px - matrix.size * scale) / 2);
  const stride = 1 + Math.ceil(px / 8);
  const white = Buffer.alloc(stride, 0xff).fill(0, 0, 1);
  const rows: Buffer[] = Array.from({ length: px }, () => white);
  for (let y = 0; y < matrix.size; y += 1) {
    const row = Buffer.from(white);
    for (let x = 0; x < matrix.size; x += 1) if (matrix.isDark(x, y)) darken(row, offset + x * scale, scale);
    rows.fill(row, offset + y * scale, offset + (y + 1) * scale);
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(px, 0);
  head.writeUInt32BE(px, 4);
  // One bit per pixel, greyscale: 0 is black.
  head.set([1, 0, 0, 0, 0], 8);
  return Buffer.concat([
    pngSignature,
    pngChunk("IHDR", head),
    pngChunk("IDAT", deflateSync(Buffer.concat(rows), { level: 6 })),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

export const pngSignature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

function darken(row: Buffer, from: number, count: number): void {
  for (let at = from; at < from + count; at += 1) {
    const byte = 1 + (at >> 3);
    row[byte] = (row[byte] ?? 0xff) & ~(0x80 >> (at & 7));
  }
}

/** A chunk of a PNG with its length and checksum. */
export function pngChunk(type: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  body.copy(framed, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
