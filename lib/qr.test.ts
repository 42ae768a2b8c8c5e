import jsQR from "jsqr";
import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { qrMatrix, qrPng, qrSvg, quietZone } from "./qr";

const addresses = [
  "http://127.0.0.1:3000/q/pl_qr_abcdefghjk",
  "https://go.hangyeol.example/q/pl_store_gangnam_pos_01",
  `https://damso.hangyeol.example/q/${"x".repeat(50)}`,
];

/** Pixels of our own SVG: its one path of horizontal bars, a pixel grid of `scale` per module. */
function rasterize(svg: string, scale: number): { data: Uint8ClampedArray; side: number } {
  const side = Number(/viewBox="0 0 (\d+) /.exec(svg)?.[1]) * scale;
  const data = new Uint8ClampedArray(side * side * 4).fill(255);
  for (const [, x, y, width] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g)) {
    for (let row = Number(y) * scale; row < (Number(y) + 1) * scale; row += 1) {
      for (let column = Number(x) * scale; column < (Number(x) + Number(width)) * scale; column += 1) {
        data.fill(0, (row * side + column) * 4, (row * side + column) * 4 + 3);
      }
    }
  }
  return { data, side };
}

describe.each(addresses)("the QR of %s", (address) => {
  const matrix = qrMatrix(address);
  it("reads back from the PNG at every size", () => {
    for (const px of [64, 100, 256, 511, 1024, 2048]) {
      const png = PNG.sync.read(qrPng(matrix, px));
      expect([png.width, png.height]).toEqual([px, px]);
      const read = jsQR(Uint8ClampedArray.from(png.data), px, px);
      expect(read?.data).toBe(address);
    }
  });
  it("reads back from the SVG", () => {
    const { data, side } = rasterize(qrSvg(matrix, "QR"), 6);
    expect(jsQR(data, side, side)?.data).toBe(address);
  });
  it("keeps four modules of quiet around it", () => {
    const px = (matrix.size + 2 * quietZone) * 3;
    const png = PNG.sync.read(qrPng(matrix, px));
    const dark = (x: number, y: number) => (png.data[(y * px + x) * 4] ?? 255) < 128;
    for (let at = 0; at < px; at += 1) {
      for (let margin = 0; margin < quietZone * 3; margin += 1) {
        expect(dark(at, margin) || dark(margin, at) || dark(at, px - 1 - margin) || dark(px - 1 - margin, at)).toBe(
          false,
        );
      }
    }
    expect(dark(quietZone * 3, quietZone * 3)).toBe(true);
  });
  it("is the same every time", () => {
    expect(qrSvg(qrMatrix(address), "QR")).toBe(qrSvg(matrix, "QR"));
  });
});

it("refuses a picture too small to hold it", () => {
  expect(() => qrPng(qrMatrix(addresses[2] ?? ""), 20)).toThrow(RangeError);
});
