// Reads QR codes back out of the bytes of a file, by another program's eyes (jsQR): what does not read is not handed out.
import { inflateSync } from "node:zlib";
import readPixels from "jsqr";
import { PNG } from "pngjs";

type Square = { x: number; y: number; width: number; height: number };

/** What a PNG says, or null. */
export function readPng(bytes: Buffer): string | null {
  const { data, width, height } = PNG.sync.read(bytes);
  return textIn(data, width, height);
}

/** What an SVG of ours says, or null: its path and its logo are painted from the file's own words. */
export function readSvg(bytes: Buffer): string | null {
  const text = bytes.toString("utf8");
  const side = Number(/viewBox="0 0 (\d+) \1"/.exec(text)?.[1] ?? 0);
  const path = /<path d="([^"]*)" fill="(#[0-9a-f]{6})"/.exec(text);
  const light = /<rect [^>]*fill="(#[0-9a-f]{6})"/.exec(text)?.[1];
  if (side === 0 || !path || !light) return null;
  const squares = [...(path[1] ?? "").matchAll(/M(\d+) (\d+)h(\d+)v1h-(\d+)z/g)].map(([, x, y, width]) => ({
    ...{ x: Number(x), y: Number(y), width: Number(width), height: 1 },
  }));
  const canvas = new Canvas(side, light);
  canvas.fill(squares, path[2] ?? "#000000");
  const logo = /<rect x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"[^>]*\/><image/.exec(text);
  if (logo)
    canvas.fill([{ x: Number(logo[1]), y: Number(logo[2]), width: Number(logo[3]), height: Number(logo[4]) }], light);
  return canvas.read();
}

/** What the codes of a PDF of ours say, page by page in the order in which they were drawn; null for one that does not read. */
export function readPdf(bytes: Buffer): (string | null)[] {
  return [...streamsOf(bytes)].flatMap((content) =>
    [
      ...content.matchAll(
        /q\n[-\d.]+ 0 0 [-\d.]+ [-\d.]+ [-\d.]+ cm\n([\d. ]+) rg\n0 -(\d+) \d+ \d+ re f\n([\d. ]+) rg\n([-\d re\n]+)f\nQ/g,
      ),
    ].map(([, light = "", side = "0", dark = "", runs = ""]) => {
      const squares = [...runs.matchAll(/(\d+) -(\d+) (\d+) 1 re/g)].map(([, x, y, width]) => ({
        ...{ x: Number(x), y: Number(y) - 1, width: Number(width), height: 1 },
      }));
      const canvas = new Canvas(Number(side), hexOf(light));
      canvas.fill(squares, hexOf(dark));
      return canvas.read();
    }),
  );
}

function* streamsOf(bytes: Buffer): Generator<string> {
  for (let at = bytes.indexOf("stream\n"); at !== -1; at = bytes.indexOf("stream\n", at + 1)) {
    const end = bytes.indexOf("endstream", at);
    if (end === -1) return;
    if (bytes.subarray(at - 3, at).toString("latin1") === "end") continue;
    const packed = bytes.subarray(at + 7, end);
    // Streams of content begin like zlib; fonts and pictures are read alike and hold no code.
    if (packed[0] === 0x78) yield inflated(packed);
    at = end;
  }
}

function inflated(packed: Buffer): string {
  try {
    return inflateSync(packed).toString("latin1");
  } catch {
    return "";
  }
}

function hexOf(numbers: string): string {
  const bands = numbers.split(" ").map((part) => Math.round(Number(part) * 255));
  return `#${bands.map((band) => band.toString(16).padStart(2, "0")).join("")}`;
}

/** Pixels of one module: enough for the reader, few enough for a thousand codes. */
const scale = 4;

class Canvas {
  private readonly pixels: Uint8ClampedArray;
  private readonly width: number;
  constructor(side: number, light: string) {
    this.width = side * scale;
    this.pixels = new Uint8ClampedArray(this.width * this.width * 4);
    this.fill([{ x: 0, y: 0, width: side, height: side }], light);
  }

  fill(squares: readonly Square[], color: string): void {
    const [red = 0, green = 0, blue = 0] = Buffer.from(color.slice(1), "hex");
    for (const { x, y, width, height } of squares)
      for (let row = y * scale; row < (y + height) * scale; row += 1)
        for (let column = x * scale; column < (x + width) * scale; column += 1)
          this.pixels.set([red, green, blue, 255], (row * this.width + column) * 4);
  }

  read(): string | null {
    return textIn(this.pixels, this.width, this.width);
  }
}

function textIn(pixels: Uint8Array | Uint8ClampedArray, width: number, height: number): string | null {
  return readPixels(Uint8ClampedArray.from(pixels), width, height, { inversionAttempts: "dontInvert" })?.data ?? null;
}
