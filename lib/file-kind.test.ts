import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { deflateRawSync, deflateSync } from "node:zlib";
import { afterAll, describe, expect, it } from "vitest";
import { type FileKind, fileKind } from "./file-kind";
import { type FileRefusal, FileRefused } from "./file-refusal";

const png = (width = 2, height = 2, chunks: readonly Buffer[] = []): Buffer =>
  Buffer.concat([
    Buffer.from("89504e470d0a1a0a", "hex"),
    chunk("IHDR", Buffer.concat([u32(width), u32(height), Buffer.from([8, 2, 0, 0, 0])])),
    ...chunks,
    chunk("IDAT", deflateSync(Buffer.alloc(14))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
function chunk(type: string, data: Buffer): Buffer {
  return Buffer.concat([u32(data.length), Buffer.from(type), data, u32(0)]);
}
function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** A grey picture by structure: quantization, frame header, one scan, end. */
const jpeg = (width = 16, height = 16, scan: Buffer = Buffer.from("0102ff0003", "hex")): Buffer =>
  Buffer.concat([
    Buffer.from("ffd8ffe000104a46494600010100000100010000", "hex"),
    Buffer.from("ffdb0043", "hex"),
    Buffer.alloc(65),
    Buffer.from("ffc0000b08", "hex"),
    Buffer.from([height >> 8, height & 255, width >> 8, width & 255]),
    Buffer.from("01011100", "hex"),
    Buffer.from("ffda0008010100003f00", "hex"),
    scan,
    Buffer.from("ffd9", "hex"),
  ]);

const gif = (frames = 1, size = "02000200") =>
  Buffer.concat([
    Buffer.from(`474946383961${size}800000000000ffffff`, "hex"),
    ...Array.from({ length: frames }, () => Buffer.from("2c0000000002000200000202440100", "hex")),
    Buffer.from("3b", "hex"),
  ]);

const pdf = (middle = "") => Buffer.from(`%PDF-1.7\n1 0 obj\n${middle}\nendobj\nstartxref\n0\n%%EOF\n`);

type Part = { name: string; data: Buffer; declared?: number; stored?: boolean };
function zip(parts: Part[]): Buffer {
  const local: Buffer[] = [];
  const central: Buffer[] = [];
  let offset = 0;
  for (const part of parts) {
    const packed = part.stored ? part.data : deflateRawSync(part.data);
    const head = Buffer.alloc(30);
    head.writeUInt32LE(0x04034b50, 0);
    head.writeUInt16LE(part.stored ? 0 : 8, 8);
    head.writeUInt32LE(packed.length, 18);
    head.writeUInt32LE(part.declared ?? part.data.length, 22);
    head.writeUInt16LE(Buffer.byteLength(part.name), 26);
    const entry = Buffer.alloc(46);
    entry.writeUInt32LE(0x02014b50, 0);
    head.copy(entry, 6, 4, 30);
    entry.writeUInt32LE(offset, 42);
    local.push(head, Buffer.from(part.name), packed);
    central.push(entry, Buffer.from(part.name));
    offset += 30 + Buffer.byteLength(part.name) + packed.length;
  }
  const size = central.reduce((sum, bytes) => sum + bytes.length, 0);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(parts.length, 8);
  end.writeUInt16LE(parts.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...local, ...central, end]);
}
const docx = (more: Part[] = []) =>
  zip([
    { name: "[Content_Types].xml", data: Buffer.from("<Types/>") },
    { name: "word/document.xml", data: Buffer.from("<w:document/>") },
    ...more,
  ]);

const folder = mkdtempSync(path.join(tmpdir(), "damso-kinds-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Judged from memory and from disk, which must agree. */
async function judged(bytes: Buffer, name: string, declared: string): Promise<FileKind | FileRefusal> {
  const file = path.join(folder, "file");
  writeFileSync(file, bytes);
  const [memory, disk] = await Promise.all(
    [bytes, { path: file, bytes: bytes.length }].map((source) =>
      fileKind(source, name, declared).catch((error: unknown) => {
        if (error instanceof FileRefused) return error.code;
        throw error;
      }),
    ),
  );
  expect(disk).toEqual(memory);
  return memory ?? "empty";
}

async function refusal(bytes: Buffer, name: string, declared = ""): Promise<FileRefusal | null> {
  const verdict = await judged(bytes, name, declared);
  return typeof verdict === "string" ? verdict : null;
}

describe("what is taken", () => {
  const hwp = Buffer.concat([
    Buffer.from("d0cf11e0a1b11ae1", "hex"),
    Buffer.alloc(504),
    Buffer.from("HWP Document File"),
  ]);
  it.each<[string, Buffer, string, string]>([
    ["화면.png", png(), "image/png", "image/png"],
    ["화면.PNG", png(), "", "image/png"],
    ["계약서.jpg", jpeg(), "image/jpg", "image/jpeg"],
    ["계약서.jpeg", jpeg(), "application/octet-stream", "image/jpeg"],
    ["움직임.gif", gif(3), "image/gif", "image/gif"],
    ["계약서 v1.2.pdf", pdf(), "application/pdf", "application/pdf"],
    ["naver.com.png", png(), "image/png", "image/png"],
    [
      "합의.docx",
      docx(),
      "application/haansoftdocx",
      "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ],
    ["합의.hwp", hwp, "application/haansofthwp", "application/x-hwp"],
    ["메모.txt", Buffer.from("x"), "text/plain", "text/plain; charset=utf-8"],
    ["차단.csv", Buffer.from("\ufeff이용자,날짜\r\n"), "application/vnd.ms-excel", "text/csv; charset=utf-8"],
    ["차단.csv", Buffer.from("c2f7b4dc2c310d0a", "hex"), "text/csv", "text/csv; charset=euc-kr"],
  ])("%s", async (name, bytes, declared, mime) => {
    expect(await judged(bytes, name, declared)).toMatchObject({ mime });
  });
  it("a telephone's picture with the maker's data behind its end", async () => {
    expect(await refusal(Buffer.concat([jpeg(), Buffer.from("SEFHe\0\0\0SEFT")]), "a.jpg")).toBe(null);
  });
});

describe("what is refused", () => {
  const html = Buffer.from("<!doctype html><script>alert(1)</script>");
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>');
  const gifProgram = Buffer.from("GIF89a/*\0\0\0\0*/=1;alert(1)//;");
  it.each<[string, Buffer, string, FileRefusal]>([
    ["빈.png", Buffer.alloc(0), "", "empty"],
    ["a.svg", svg, "image/svg+xml", "extension"],
    ["a.html", html, "text/html", "extension"],
    ["a.xhtml", html, "application/xhtml+xml", "extension"],
    ["a.hta", html, "application/hta", "extension"],
    ["a.js", Buffer.from("alert(1)"), "text/javascript", "extension"],
    ["a.doc", Buffer.from("d0cf11e0a1b11ae1", "hex"), "", "extension"],
    ["이름만", png(), "", "extension"],
    ["a.pdf.exe", pdf(), "application/pdf", "extension"],
    ["a.exe.pdf", pdf(), "application/pdf", "double-extension"],
    ["a.html.png", png(), "image/png", "double-extension"],
    ["a.svg.png", png(), "image/png", "double-extension"],
    ["a.jpg", pdf(), "image/jpeg", "mismatch"],
    ["a.png", html, "image/png", "mismatch"],
    ["a.png", svg, "image/png", "mismatch"],
    ["a.pdf", html, "application/pdf", "mismatch"],
    ["a.pdf", Buffer.concat([Buffer.from("\n"), pdf()]), "application/pdf", "mismatch"],
    ["a.docx", docx().subarray(4), "", "mismatch"],
    ["a.xlsx", docx(), "", "mismatch"],
    ["a.hwp", Buffer.from("d0cf11e0a1b11ae1", "hex"), "", "mismatch"],
    ["a.txt", png(), "text/plain", "mismatch"],
    ["a.txt", html, "text/plain", "active-content"],
    ["a.csv", Buffer.from("a,b\n<script>alert(1)</script>"), "text/csv", "active-content"],
    ["a.txt", Buffer.from("GIF89a=1;alert(1)"), "text/plain", "active-content"],
    ["a.png", png(), "text/html", "declared-type"],
    ["a.png", png(), "image/gif", "declared-type"],
    ["a.png", png(), "video/mp4", "declared-type"],
    ["a.pdf", pdf(), "image/png", "declared-type"],
    ["a.gif", gifProgram, "image/gif", "active-content"],
    ["a.gif", Buffer.concat([gif(), Buffer.from("alert(1)")]), "image/gif", "damaged"],
    ["a.png", Buffer.concat([png(), Buffer.from("<?php")]), "image/png", "damaged"],
    ["a.png", png(2, 2, [chunk("tEXt", Buffer.from("a\0<script>alert(1)</script>"))]), "image/png", "active-content"],
    ["a.jpg", Buffer.concat([jpeg(), docx()]), "image/jpeg", "active-content"],
    ["a.jpg", Buffer.concat([jpeg(), html]), "image/jpeg", "active-content"],
    ["a.pdf", Buffer.concat([pdf(), docx()]), "application/pdf", "damaged"],
    ["a.pdf", pdf("<script>alert(1)</script>"), "application/pdf", "active-content"],
    ["a.jpg", jpeg().subarray(0, -2), "image/jpeg", "damaged"],
    ["a.jpg", jpeg().subarray(0, 30), "image/jpeg", "damaged"],
    ["a.png", png().subarray(0, -5), "image/png", "damaged"],
    ["a.png", png(30_000, 30_000), "image/png", "too-many-pixels"],
    ["a.jpg", jpeg(30_000, 30_000), "image/jpeg", "too-many-pixels"],
    ["a.gif", gif(1, "60ea60ea"), "image/gif", "too-many-pixels"],
    ["a.gif", gif(10_000), "image/gif", "too-many-frames"],
    ["a.png", png(2, 2, Array<Buffer>(501).fill(chunk("fcTL", Buffer.alloc(26)))), "image/png", "too-many-frames"],
  ])("%s as %#", async (name, bytes, declared, code) => {
    expect(await refusal(bytes, name, declared)).toBe(code);
  });
});

describe("archives", () => {
  const part = (name: string, data: Buffer = Buffer.from("x")): Part => ({ name, data });
  it.each<[string, Buffer, FileRefusal]>([
    ["1,001 entries", docx(Array.from({ length: 999 }, (_, index) => part(`word/${index}.xml`))), "archive-entries"],
    ["a path out", docx([part("../../etc/passwd")]), "archive-names"],
    ["a path from the top", docx([part("/etc/passwd")]), "archive-names"],
    ["a Windows path", docx([part("word\\..\\..\\x")]), "archive-names"],
    ["the same name twice", docx([part("word/document.xml")]), "archive-names"],
    ["an archive", docx([part("word/embeddings/inner.zip")]), "archive-nested"],
    ["an archive under another name", docx([part("word/media/image1.png", docx())]), "archive-nested"],
    ["a program", docx([part("word/setup.exe")]), "archive-nested"],
    ["macros", docx([part("word/vbaProject.bin")]), "macro"],
    ["more than it says", docx([{ ...part("word/a.xml", Buffer.alloc(5_000_000)), declared: 100 }]), "archive-size"],
    ["less than it says", docx([{ ...part("word/a.xml"), declared: 100 }]), "archive-size"],
    ["something before it", Buffer.concat([Buffer.from("MZ"), docx()]), "mismatch"],
    ["something behind it", Buffer.concat([docx(), Buffer.from("x")]), "damaged"],
    ["a password", Buffer.concat([Buffer.from("d0cf11e0a1b11ae1", "hex"), Buffer.alloc(600)]), "encrypted"],
  ])("%s", async (_what, bytes, code) => {
    expect(await refusal(bytes, "a.docx")).toBe(code);
  });

  it("a bomb: 1 GB out of 1 MB, and 190 MB out of 190 KB, within bounds of time and memory", async () => {
    const zeros = deflateRawSync(Buffer.alloc(190 * 2 ** 20));
    const bomb = docx([{ name: "word/a.xml", data: zeros, stored: true }]);
    // The stored part is turned into a deflated one that says what it unpacks to.
    const declare = (declared: number) => {
      const bytes: Buffer = Buffer.from(bomb);
      for (const [signature, method, size] of [
        [0x04034b50, 8, 22],
        [0x02014b50, 10, 24],
      ] as const) {
        const at = bytes.lastIndexOf("word/a.xml", signature === 0x04034b50 ? bytes.length - 90 : bytes.length);
        const start = at - (signature === 0x04034b50 ? 30 : 46);
        bytes.writeUInt16LE(8, start + method);
        bytes.writeUInt32LE(declared, start + size);
      }
      return bytes;
    };
    const before = process.memoryUsage().rss;
    const begun = performance.now();
    expect(await refusal(declare(2 ** 30), "a.docx")).toBe("archive-size");
    expect(await refusal(declare(190 * 2 ** 20), "a.docx")).toBe("archive-size");
    expect(await refusal(declare(1_000), "a.docx")).toBe("archive-size");
    expect(performance.now() - begun).toBeLessThan(5_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 2 ** 20);
  });
});
