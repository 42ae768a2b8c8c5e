import { PNG } from "pngjs";
import { describe, expect, it } from "vitest";
import { qrMatrix } from "./qr";
import { drawPdf, drawPng, drawSvg, sideOf } from "./qr-draw";
import { readPdf, readPng, readSvg } from "./qr-read";

const text = "https://damso.hangyeol.example/q/pl_store_gangnam_pos_01";
const at = new Date("2026-11-24T00:00:00Z");
const picture = (red: number, green: number, blue: number) => {
  const png = new PNG({ width: 60, height: 40 });
  for (let n = 0; n < png.data.length; n += 4) png.data.set([red, green, blue, 255], n);
  return PNG.sync.write(png);
};

describe("a QR file", () => {
  it.each([
    ["black on white", { dark: "#000000", light: "#ffffff", quiet: 4 }, "Q", null],
    ["ink on cream", { dark: "#123c52", light: "#fff8e1", quiet: 6 }, "M", null],
    ["with a logo", { dark: "#000000", light: "#ffffff", quiet: 4 }, "H", 0.24],
    ["with a logo at Q", { dark: "#1a1a1a", light: "#ffffff", quiet: 4 }, "Q", 0.18],
  ] as const)("reads as its address in each format: %s", async (_name, ink, level, share) => {
    const matrix = qrMatrix(text, level);
    const logo = share === null ? null : { png: picture(200, 30, 30), share };
    expect(readSvg(drawSvg(matrix, ink, 40, "강남점 <계산대>", logo))).toBe(text);
    for (const px of [300, 1_200]) expect(readPng(drawPng(matrix, ink, px, 40, logo))).toBe(text);
    const pdf = await drawPdf(matrix, ink, 40, "강남점", at, logo);
    expect(readPdf(pdf)).toEqual([text]);
    expect(pdf.equals(await drawPdf(matrix, ink, 40, "강남점", at, logo))).toBe(true);
  });
  it("is true to the millimetre", async () => {
    const matrix = qrMatrix(text);
    const ink = { dark: "#000000", light: "#ffffff", quiet: 4 };
    expect(drawSvg(matrix, ink, 55, "x", null).toString()).toContain('width="55mm" height="55mm"');
    const pdf = (await drawPdf(matrix, ink, 55, "x", at, null)).toString("latin1");
    const [, width] = /\/MediaBox \[0 0 ([\d.]+) [\d.]+\]/.exec(pdf) ?? [];
    expect(Number(width)).toBeCloseTo((55 * 72) / 25.4, 3);
    const png = drawPng(matrix, ink, 1_000, 55, null);
    const perMeter = png.readUInt32BE(png.indexOf("pHYs") + 4);
    expect((png.readUInt32BE(16) / perMeter) * 1_000).toBeCloseTo(55, 1);
    expect(png.readUInt32BE(16) % sideOf(matrix, ink)).toBe(0);
  });
  it("is not called readable when it is damaged", async () => {
    const matrix = qrMatrix(text);
    const ink = { dark: "#000000", light: "#ffffff", quiet: 4 };
    const far = { png: picture(0, 0, 0), share: 0.9 };
    expect(readSvg(drawSvg(matrix, ink, 40, "x", far))).toBeNull();
    expect(readPng(drawPng(matrix, ink, 600, 40, far))).toBeNull();
    expect(readPng(drawPng(matrix, { ...ink, dark: "#ffffff" }, 600, 40, null))).toBeNull();
    const inverted = { dark: "#ffffff", light: "#000000", quiet: 4 };
    expect(readPdf(await drawPdf(matrix, inverted, 40, "x", at, null))).toEqual([null]);
    expect(() => drawPng(matrix, ink, 60, 40, null)).toThrow(RangeError);
  });
});
