// One QR code as SVG, PNG or PDF, as its settings say. The same settings give the same bytes.
import { deflateSync } from "node:zlib";
import PDFDocument from "pdfkit";
import { PNG } from "pngjs";
import { pngChunk, pngSignature, type QrMatrix } from "./qr";

export type QrInk = { dark: string; light: string; quiet: number };
/** A picture in the middle: PNG bytes, and how much of the code's side it takes (0 to 1), its white edge included. */
export type QrLogo = { png: Buffer; share: number };

/** Modules a side, quiet zone included. */
export function sideOf(matrix: QrMatrix, ink: QrInk): number {
  return matrix.size + 2 * ink.quiet;
}

/** Dark runs of one row each: x, y, width in modules, the quiet zone not counted. */
export function* darkRuns(matrix: QrMatrix): Generator<[x: number, y: number, width: number]> {
  for (let y = 0; y < matrix.size; y += 1) {
    for (let x = 0; x < matrix.size; x += 1) {
      if (!matrix.isDark(x, y)) continue;
      let width = 1;
      while (x + width < matrix.size && matrix.isDark(x + width, y)) width += 1;
      yield [x, y, width];
      x += width;
    }
  }
}

/** Where a logo lies, in modules from the edge of the picture: whole modules, in the middle. */
export function logoPlace(matrix: QrMatrix, ink: QrInk, share: number): { at: number; side: number } {
  const wanted = Math.max(3, Math.floor(matrix.size * share));
  const side = wanted % 2 === matrix.size % 2 ? wanted : wanted - 1;
  return { at: ink.quiet + (matrix.size - side) / 2, side };
}

/** @param sideMm side of the whole picture in millimetres */
export function drawSvg(matrix: QrMatrix, ink: QrInk, sideMm: number, title: string, logo: QrLogo | null): Buffer {
  const side = sideOf(matrix, ink);
  let path = "";
  for (const [x, y, width] of darkRuns(matrix)) path += `M${x + ink.quiet} ${y + ink.quiet}h${width}v1h-${width}z`;
  const label = title.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
  const middle = logo ? svgLogo(matrix, ink, logo) : "";
  return Buffer.from(
    `<svg xmlns="http://www.w3.org/2000/svg" width="${sideMm}mm" height="${sideMm}mm" viewBox="0 0 ${side} ${side}" shape-rendering="crispEdges" role="img" aria-label="${label}"><rect width="${side}" height="${side}" fill="${ink.light}"/><path d="${path}" fill="${ink.dark}"/>${middle}</svg>`,
  );
}

function svgLogo(matrix: QrMatrix, ink: QrInk, logo: QrLogo): string {
  const { at, side } = logoPlace(matrix, ink, logo.share);
  const box = `x="${at}" y="${at}" width="${side}" height="${side}"`;
  return `<rect ${box} fill="${ink.light}"/><image ${box} preserveAspectRatio="xMidYMid meet" href="data:image/png;base64,${logo.png.toString("base64")}"/>`;
}

/**
 * A PNG of whole pixels a module: the picture is as large as fits into `px` a side, and says its resolution so that it prints in `sideMm`.
 * Two colours are one bit a pixel; a logo makes it true colour. @throws RangeError when a module would have less than two pixels
 */
export function drawPng(matrix: QrMatrix, ink: QrInk, px: number, sideMm: number, logo: QrLogo | null): Buffer {
  const side = sideOf(matrix, ink);
  const scale = Math.floor(px / side);
  if (scale < 2) throw new RangeError(`A QR code of ${side} modules does not fit into ${px} pixels`);
  const width = side * scale;
  const perMeter = Math.round((width / sideMm) * 1_000);
  if (!logo) return twoColors(matrix, ink, scale, width, perMeter);
  const picture = PNG.sync.read(twoColors(matrix, ink, scale, width, perMeter));
  paste(picture, matrix, ink, scale, logo);
  return withResolution(PNG.sync.write(picture, { colorType: 2, deflateLevel: 9 }), perMeter);
}

function twoColors(matrix: QrMatrix, ink: QrInk, scale: number, width: number, perMeter: number): Buffer {
  const stride = 1 + Math.ceil(width / 8);
  // Palette 0 is light, 1 dark.
  const empty = Buffer.alloc(stride);
  const rows: Buffer[] = Array.from({ length: width }, () => empty);
  for (let y = 0; y < matrix.size; y += 1) {
    const row = Buffer.alloc(stride);
    for (let x = 0; x < matrix.size; x += 1) {
      if (!matrix.isDark(x, y)) continue;
      const from = (x + ink.quiet) * scale;
      for (let at = from; at < from + scale; at += 1)
        row[1 + (at >> 3)] = (row[1 + (at >> 3)] ?? 0) | (0x80 >> (at & 7));
    }
    rows.fill(row, (y + ink.quiet) * scale, (y + ink.quiet + 1) * scale);
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(width, 4);
  head.set([1, 3, 0, 0, 0], 8);
  return Buffer.concat([
    pngSignature,
    pngChunk("IHDR", head),
    resolution(perMeter),
    pngChunk("PLTE", Buffer.from(ink.light.slice(1) + ink.dark.slice(1), "hex")),
    pngChunk("IDAT", deflateSync(Buffer.concat(rows), { level: 6 })),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

function resolution(perMeter: number): Buffer {
  const data = Buffer.alloc(9);
  data.writeUInt32BE(perMeter, 0);
  data.writeUInt32BE(perMeter, 4);
  data[8] = 1;
  return pngChunk("pHYs", data);
}

/** pHYs goes before the pixels. */
function withResolution(png: Buffer, perMeter: number): Buffer {
  const afterHead = 8 + 12 + 13;
  return Buffer.concat([png.subarray(0, afterHead), resolution(perMeter), png.subarray(afterHead)]);
}

function paste(picture: PNG, matrix: QrMatrix, ink: QrInk, scale: number, logo: QrLogo): void {
  const { at, side } = logoPlace(matrix, ink, logo.share);
  const [from, length] = [at * scale, side * scale];
  const image = PNG.sync.read(logo.png);
  const ratio = length / Math.max(image.width, image.height);
  const [wide, high] = [image.width * ratio, image.height * ratio];
  const light = Buffer.from(ink.light.slice(1), "hex");
  for (let y = 0; y < length; y += 1) {
    for (let x = 0; x < length; x += 1) {
      const sx = Math.floor((x - (length - wide) / 2) / ratio);
      const sy = Math.floor((y - (length - high) / 2) / ratio);
      const inside = sx >= 0 && sy >= 0 && sx < image.width && sy < image.height;
      const source = (sy * image.width + sx) * 4;
      const alpha = inside ? (image.data[source + 3] ?? 0) / 255 : 0;
      const target = ((from + y) * picture.width + from + x) * 4;
      for (let band = 0; band < 3; band += 1) {
        const above = inside ? (image.data[source + band] ?? 0) : 0;
        picture.data[target + band] = Math.round(above * alpha + (light[band] ?? 255) * (1 - alpha));
      }
      picture.data[target + 3] = 255;
    }
  }
}

const pointsPerMm = 72 / 25.4;

/** What draws one code on a PDF page, as one piece of content. @param x @param y upper left corner in points from the page's upper left */
export function pdfCode(matrix: QrMatrix, ink: QrInk, place: { x: number; y: number; side: number }): string {
  const module = place.side / sideOf(matrix, ink);
  const number = (value: number) => String(Math.round(value * 10_000) / 10_000);
  const color = (hex: string) =>
    [1, 3, 5].map((at) => number(Number.parseInt(hex.slice(at, at + 2), 16) / 255)).join(" ");
  let runs = "";
  for (const [x, y, width] of darkRuns(matrix)) runs += `${x + ink.quiet} ${-(y + ink.quiet + 1)} ${width} 1 re\n`;
  const side = sideOf(matrix, ink);
  // The page is turned over by pdfkit (y downwards); the piece turns it back, so that one unit is one module.
  return `q\n${number(module)} 0 0 ${number(-module)} ${number(place.x)} ${number(place.y)} cm\n${color(ink.light)} rg\n0 ${-side} ${side} ${side} re f\n${color(ink.dark)} rg\n${runs}f\nQ`;
}

/** A page of exactly the picture's size. @param at the settings' own instant: the same settings give the same bytes */
export function drawPdf(
  matrix: QrMatrix,
  ink: QrInk,
  sideMm: number,
  title: string,
  at: Date,
  logo: QrLogo | null,
): Promise<Buffer> {
  const side = sideMm * pointsPerMm;
  const doc = new PDFDocument({
    size: [side, side],
    margin: 0,
    font: "",
    pdfVersion: "1.7",
    info: { Title: title, Creator: "Damso", Producer: "Damso", CreationDate: at, ModDate: at },
  });
  const parts: Buffer[] = [];
  const whole = new Promise<Buffer>((resolve, reject) => {
    doc.on("data", (part: Buffer) => parts.push(part));
    doc.on("end", () => resolve(Buffer.concat(parts)));
    doc.on("error", reject);
  });
  addRaw(doc, pdfCode(matrix, ink, { x: 0, y: 0, side }));
  if (logo) {
    const module = side / sideOf(matrix, ink);
    const { at: from, side: wide } = logoPlace(matrix, ink, logo.share);
    doc.rect(from * module, from * module, wide * module, wide * module).fill(ink.light);
    doc.image(logo.png, from * module, from * module, {
      fit: [wide * module, wide * module],
      align: "center",
      valign: "center",
    });
  }
  doc.end();
  return whole;
}

/** pdfkit's own way of adding content, which its types leave out. */
export function addRaw(doc: PDFKit.PDFDocument, content: string): void {
  (doc as unknown as { addContent: (data: string) => void }).addContent(content);
}
