// Files of 300 MB, and what stands across the edge of a window.
import { execFileSync } from "node:child_process";
import { closeSync, ftruncateSync, mkdtempSync, openSync, rmSync, writeFileSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exactly, windows, withBytes } from "./file-bytes";
import { fileKind } from "./file-kind";
import { FileRefused } from "./file-refusal";

const edge = 2 ** 20;
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "damso-bytes-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** What a file of these bytes is taken for, from disk: its type or its refusal. */
async function verdict(bytes: Buffer, name: string): Promise<string> {
  const file = path.join(folder, "file");
  writeFileSync(file, bytes);
  try {
    return (await fileKind({ path: file, bytes: bytes.length }, name, "")).mime;
  } catch (error) {
    if (error instanceof FileRefused) return error.code;
    throw error;
  }
}

const end = "\nstartxref\n0\n%%EOF\n";
const pdf = (mark: string, at: number) =>
  Buffer.concat([Buffer.from("%PDF-1.7\n".padEnd(at, " ")), Buffer.from(mark), Buffer.from(end)]);

describe("across the edge of a window", () => {
  it.each([-14, -13, -8, -6, -1, 0, 1])("a mark that begins %i bytes from it is found", async (offset) => {
    for (const mark of ["<SCRIPT", "<!DocType HTML", "<?php"])
      expect(await verdict(pdf(mark, edge + offset), "a.pdf")).toBe("active-content");
    expect(await verdict(pdf("<scrip", edge + offset), "a.pdf")).toBe("application/pdf");
    const start = Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(edge + offset - 8)]);
    const hwp = Buffer.concat([start, Buffer.from("HWP Document File"), Buffer.alloc(600)]);
    expect(await verdict(hwp, "a.hwp")).toBe("application/x-hwp");
    expect(await verdict(Buffer.concat([start, Buffer.alloc(600)]), "a.hwp")).toBe("mismatch");
  });
  it.each([0, 1, 2, 3, 4])("a character that is cut there after %i bytes is whole", async (cut) => {
    const before = Buffer.alloc(edge - cut, "a");
    for (const letter of ["가", "😀", "é"])
      expect(await verdict(Buffer.concat([before, Buffer.from(letter.repeat(5))]), "a.txt")).toMatch(/utf-8/);
    const korean = Buffer.from("b0a1b3aab4d9", "hex");
    expect(await verdict(Buffer.concat([before, korean]), "a.csv")).toMatch(/euc-kr/);
    expect(await verdict(Buffer.concat([before, korean.subarray(0, 5)]), "a.csv")).toBe("mismatch");
    expect(await verdict(Buffer.concat([before, Buffer.from("😀").subarray(0, 3)]), "a.txt")).toBe("mismatch");
    expect(await verdict(Buffer.concat([before, Buffer.from("fffe", "hex")]), "a.txt")).toBe("mismatch");
  });
  it("every byte is shown once, and the overlap again", async () => {
    const bytes = Buffer.from(Array.from({ length: 1_000 }, (_none, at) => at % 251));
    const file = path.join(folder, "counted");
    writeFileSync(file, bytes);
    const seen: Buffer[] = [];
    await withBytes({ path: file, bytes: bytes.length }, async (source) => {
      for await (const window of windows(source, 3, 64)) seen.push(Buffer.from(window));
      await expect(exactly(source, 990, 11)).rejects.toThrow("damaged");
      expect(await exactly(source, 990, 10)).toEqual(bytes.subarray(990));
    });
    expect(Buffer.concat(seen.map((window) => window.subarray(0, 64)))).toEqual(bytes);
    expect(seen[0]).toEqual(bytes.subarray(0, 67));
  });
});

const large = 300 * 2 ** 20;

/** Writes pieces at their places; what lies between is a hole of zeros. */
function sparse(name: string, length: number, pieces: readonly (readonly [number, Buffer])[]): string {
  const file = path.join(folder, name);
  const handle = openSync(file, "w");
  ftruncateSync(handle, length);
  for (const [at, bytes] of pieces) writeSync(handle, bytes, 0, bytes.length, at);
  closeSync(handle);
  return file;
}

/** A document of 300 MB whose photograph is stored as it is. */
function largeDocument(): string {
  const parts = [
    { name: "[Content_Types].xml", bytes: Buffer.from("<Types/>") },
    { name: "word/document.xml", bytes: Buffer.from("<w:document/>") },
    { name: "word/media/image1.jpeg", bytes: null },
  ];
  const central = parts.reduce((sum, { name }) => sum + 46 + name.length, 0);
  const heads = parts.reduce((sum, { name, bytes }) => sum + 30 + name.length + (bytes?.length ?? 0), 0);
  const photograph = large - heads - central - 22;
  const pieces: [number, Buffer][] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, bytes } of parts) {
    const size = bytes?.length ?? photograph;
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt32LE(size, 18);
    head.writeUInt32LE(size, 22);
    head.writeUInt16LE(name.length, 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    head.copy(entry, 6, 4, 30);
    entry.writeUInt32LE(at, 42);
    pieces.push([at, Buffer.concat([head, Buffer.from(name), bytes ?? Buffer.from("ffd8ffe0", "hex")])]);
    directory.push(entry, Buffer.from(name));
    at += 30 + name.length + size;
  }
  const last = Buffer.alloc(22);
  last.writeUInt32LE(0x06054b50, 0);
  last.writeUInt16LE(parts.length, 8);
  last.writeUInt16LE(parts.length, 10);
  last.writeUInt32LE(central, 12);
  last.writeUInt32LE(at, 16);
  pieces.push([at, Buffer.concat([...directory, last])]);
  return sparse("large.docx", large, pieces);
}

/** Judges a file in a process of its own. @returns its type or refusal, and by how many bytes the process grew */
function measured(file: string): { verdict: string; grown: number } {
  const work = `
    const { fileKind } = await import("./lib/file-kind.ts");
    const before = process.memoryUsage().rss;
    const verdict = await fileKind({ path: ${JSON.stringify(file)}, bytes: ${large} }, ${JSON.stringify(path.basename(file))}, "")
      .then(({ mime }) => mime, (error) => error.code);
    console.log(JSON.stringify({ verdict, grown: process.resourceUsage().maxRSS * 1024 - before }));`;
  const printed = execFileSync(process.execPath, ["--import", "tsx", "--input-type=module", "-e", work], {
    encoding: "utf8",
    timeout: 60_000,
  });
  return JSON.parse(printed) as { verdict: string; grown: number };
}

describe("300 MB are judged within 256 MB of memory", () => {
  it.each([
    [
      "a paper",
      () =>
        sparse("large.pdf", large, [
          [0, Buffer.from("%PDF-1.7\n")],
          [large - end.length, Buffer.from(end)],
        ]),
      "application/pdf",
    ],
    [
      "a paper with a page inside",
      () =>
        sparse("page.pdf", large, [
          [0, Buffer.from("%PDF-1.7\n")],
          [290 * edge, Buffer.from("<html>")],
          [large - end.length, Buffer.from(end)],
        ]),
      "active-content",
    ],
    ["a document", largeDocument, "application/vnd.openxmlformats-officedocument.wordprocessingml.document"],
    [
      "zeros that say they are a picture",
      () => sparse("large.png", large, [[0, Buffer.from("89504e470d0a1a0a0000000d49484452", "hex")]]),
      "picture-size",
    ],
  ])(
    "%s",
    (_what, make, expected) => {
      const { verdict: seen, grown } = measured(make());
      expect(seen).toBe(expected);
      expect(grown).toBeLessThan(128 * 2 ** 20);
    },
    60_000,
  );
});
