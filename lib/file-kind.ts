// What a file is, by its bytes. Its name and declared type may only agree; nothing here decodes a picture or unpacks an archive to disk.
import { isUtf8 } from "node:buffer";
import { readFile } from "node:fs/promises";
import { setImmediate as breathe } from "node:timers/promises";
import { fileTypeFromBuffer } from "file-type";
import { FileRefused } from "./file-refusal";
import { assertGif, assertJpeg, assertPng } from "./image-shape";
import { assertZip } from "./zip-shape";

export const fileFamilies = ["image", "pdf", "document", "sheet", "text"] as const;
export type FileFamily = (typeof fileFamilies)[number];
/** A file on disk, or its bytes. */
export type FileSource = { path: string; bytes: number } | Buffer;
export type FileKind = { extension: Extension; family: FileFamily; mime: string };

const office = "application/vnd.openxmlformats-officedocument";
const kinds = {
  png: { family: "image", mime: "image/png" },
  jpg: { family: "image", mime: "image/jpeg" },
  jpeg: { family: "image", mime: "image/jpeg" },
  gif: { family: "image", mime: "image/gif" },
  pdf: { family: "pdf", mime: "application/pdf" },
  docx: { family: "document", mime: `${office}.wordprocessingml.document` },
  hwp: { family: "document", mime: "application/x-hwp" },
  hwpx: { family: "document", mime: "application/hwp+zip" },
  xlsx: { family: "sheet", mime: `${office}.spreadsheetml.sheet` },
  csv: { family: "sheet", mime: "text/csv; charset=utf-8" },
  txt: { family: "text", mime: "text/plain; charset=utf-8" },
} as const satisfies Record<string, { family: FileFamily; mime: string }>;
type Extension = keyof typeof kinds;

/** The endings of a family, for the `accept` of a file field. */
export function extensionsOf(families: readonly FileFamily[]): string[] {
  return Object.entries(kinds).flatMap(([extension, kind]) =>
    families.includes(kind.family) ? [`.${extension}`] : [],
  );
}

/** Inner endings that make a name a trap where endings are hidden. */
const runnable =
  /\.(exe|scr|pif|bat|cmd|msi|dll|lnk|cpl|jar|jse?|mjs|vb[es]|ws[fh]|ps1|sh|hta|x?html?|shtml|svgz?|php\d?|phtml|jsp|aspx?)(?=\.)/i;

/**
 * The kind of a whole file.
 * @param name as cleaned by `safeFileName`
 * @param declared the sender's Content-Type; "" where it said none
 * @throws FileRefused
 */
export async function fileKind(source: FileSource, name: string, declared: string): Promise<FileKind> {
  const bytes = Buffer.isBuffer(source) ? source : await readFile(source.path);
  if (bytes.length === 0) throw new FileRefused("empty");
  const extension = /\.([A-Za-z0-9]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
  if (!isExtension(extension)) throw new FileRefused("extension");
  if (runnable.test(name)) throw new FileRefused("double-extension");
  const kind = kinds[extension];
  if (!declaredFits(declared, kind.mime, kind.family)) throw new FileRefused("declared-type");
  await assertContent(bytes, extension);
  const mime = kind.mime.startsWith("text/") && !isUtf8(bytes) ? kind.mime.replace("utf-8", "euc-kr") : kind.mime;
  return { extension, family: kind.family, mime };
}

async function assertContent(bytes: Buffer, extension: Extension): Promise<void> {
  switch (extension) {
    case "png":
    case "jpg":
    case "jpeg":
    case "gif": {
      const expected = extension === "jpeg" ? "jpg" : extension;
      const seen = (await fileTypeFromBuffer(bytes.subarray(0, 4_100)))?.ext;
      if (seen !== expected && !(expected === "png" && seen === "apng")) throw new FileRefused("mismatch");
      if (expected === "png") assertPng(bytes);
      else if (expected === "gif") assertGif(bytes);
      else assertJpeg(bytes);
      return assertInactive(bytes);
    }
    case "pdf":
      assertPdf(bytes);
      return assertInactive(bytes);
    case "docx":
      return assertZip(bytes, ["[Content_Types].xml", "word/document.xml"]);
    case "xlsx":
      return assertZip(bytes, ["[Content_Types].xml", "xl/workbook.xml"]);
    case "hwpx":
      return assertZip(bytes, ["mimetype", "Contents/content.hpf"]);
    case "hwp":
      if (!bytes.subarray(0, 8).equals(compound)) throw new FileRefused("mismatch");
      if (!bytes.includes("HWP Document File")) throw new FileRefused("mismatch");
      return;
    case "csv":
    case "txt":
      return assertText(bytes);
  }
}

function isExtension(extension: string): extension is Extension {
  return Object.hasOwn(kinds, extension);
}

/** Compound File Binary, which HWP 5 is. */
const compound = Buffer.from("d0cf11e0a1b11ae1", "hex");

/** What old programs call our picture types. */
const imageAliases: Readonly<Record<string, string>> = {
  "image/jpg": "image/jpeg",
  "image/pjpeg": "image/jpeg",
  "image/x-png": "image/png",
};

/** Browsers often know no type, or a neighbour's; what they name clearly must agree. A part without a type counts as text/plain (RFC 7578). */
function declaredFits(declared: string, mime: string, family: FileFamily): boolean {
  const type = declared.split(";")[0]?.trim().toLowerCase() ?? "";
  if (type === "" || type === "text/plain" || type === "application/octet-stream") return true;
  if (/html|svg|javascript|ecmascript|xslt|hta|x-sh|php|msdownload/.test(type)) return false;
  switch (type.split("/")[0]) {
    case "image":
      return (imageAliases[type] ?? type) === mime;
    case "text":
      return family === "text" || mime.startsWith("text/");
    case "application":
      return type === "application/pdf" ? family === "pdf" : family !== "image" && family !== "pdf";
    default:
      return false;
  }
}

/** Starts with the header and ends with the end: what stands before or after belongs to another format. */
function assertPdf(bytes: Buffer): void {
  if (!/^%PDF-[12]\.\d/.test(bytes.toString("latin1", 0, 8))) throw new FileRefused("mismatch");
  const tail = bytes.toString("latin1", Math.max(0, bytes.length - 2_048)).replace(/[\s\0]+$/, "");
  if (!tail.endsWith("%%EOF") || !tail.includes("startxref")) throw new FileRefused("damaged");
}

const markup = ["<script", "<html", "<svg", "<?php", "<!doctype html", "<iframe"];

/** Pictures and papers carry no page or program (a polyglot does). Presses are answered between two windows. */
async function assertInactive(bytes: Buffer): Promise<void> {
  const window = 2 ** 20;
  for (let at = 0; at < bytes.length; at += window) {
    const text = bytes.toString("latin1", at, at + window + 16).toLowerCase();
    if (markup.some((mark) => text.includes(mark))) throw new FileRefused("active-content");
    await breathe();
  }
}

/** Markup, scripts and other formats that are text, and formats that only begin as text. */
const otherFormats = ["<", "#!", "{\\rtf", "%!ps", "%pdf", "gif8", "pk\u0003\u0004"];

async function assertText(bytes: Buffer): Promise<void> {
  // A text holds no control characters but tab, line feed, form feed, return.
  for (const byte of bytes) {
    if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13) throw new FileRefused("mismatch");
  }
  if (!isUtf8(bytes) && !decodes(bytes, "euc-kr")) throw new FileRefused("mismatch");
  const start = bytes
    .toString("latin1", 0, 64)
    .replace(/^\xef\xbb\xbf/, "")
    .trimStart()
    .toLowerCase();
  if (otherFormats.some((format) => start.startsWith(format))) throw new FileRefused("active-content");
  await assertInactive(bytes);
}

function decodes(bytes: Buffer, encoding: string): boolean {
  const decoder = new TextDecoder(encoding, { fatal: true });
  try {
    for (let at = 0; at < bytes.length; at += 65_536) {
      decoder.decode(bytes.subarray(at, at + 65_536), { stream: at + 65_536 < bytes.length });
    }
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
