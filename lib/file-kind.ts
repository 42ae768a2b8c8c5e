// What a file is, by its bytes. Its name and declared type may only agree; nothing here decodes a picture or unpacks an archive to disk.
import { isUtf8 } from "node:buffer";
import { fileTypeFromBuffer } from "file-type";
import { exactly, type FileBytes, type FileSource, windows, withBytes } from "./file-bytes";
import { FileRefused } from "./file-refusal";
import { assertGif, assertJpeg, assertPng } from "./image-shape";
import { assertIsoBoxes } from "./media-shape";
import { assertZip } from "./zip-shape";

export const fileFamilies = [
  "image",
  "pdf",
  "document",
  "sheet",
  "text",
  "slides",
  "archive",
  "video",
  "audio",
] as const;
export type FileFamily = (typeof fileFamilies)[number];
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
  pptx: { family: "slides", mime: `${office}.presentationml.presentation` },
  zip: { family: "archive", mime: "application/zip" },
  mp4: { family: "video", mime: "video/mp4" },
  m4v: { family: "video", mime: "video/x-m4v" },
  mov: { family: "video", mime: "video/quicktime" },
  mp3: { family: "audio", mime: "audio/mpeg" },
  m4a: { family: "audio", mime: "audio/mp4" },
  wav: { family: "audio", mime: "audio/wav" },
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

/** Pictures are walked through in memory: larger ones are scans for a paper. */
const mostPicture = 20 * 2 ** 20;

/**
 * The kind of a whole file. Of one on disk, a window at a time is held.
 * @param name as cleaned by `safeFileName`
 * @param declared the sender's Content-Type; "" where it said none
 * @throws FileRefused
 */
export async function fileKind(source: FileSource, name: string, declared: string): Promise<FileKind> {
  return withBytes(source, async (bytes) => {
    if (bytes.length === 0) throw new FileRefused("empty");
    const extension = /\.([A-Za-z0-9]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
    if (!isExtension(extension)) throw new FileRefused("extension");
    if (runnable.test(name)) throw new FileRefused("double-extension");
    const { family, mime } = kinds[extension];
    if (!declaredFits(declared, mime, family)) throw new FileRefused("declared-type");
    if (extension !== "csv" && extension !== "txt") await assertContent(bytes, extension);
    else if ((await assertText(bytes)) === "euc-kr")
      return { extension, family, mime: mime.replace("utf-8", "euc-kr") };
    return { extension, family, mime };
  });
}

async function assertContent(bytes: FileBytes, extension: Exclude<Extension, "csv" | "txt">): Promise<void> {
  switch (extension) {
    case "png":
    case "jpg":
    case "jpeg":
    case "gif":
      await assertPicture(bytes, extension === "jpeg" ? "jpg" : extension);
      return assertInactive(bytes);
    case "pdf":
      await assertPdf(bytes);
      return assertInactive(bytes);
    case "docx":
      return assertZip(bytes, ["[Content_Types].xml", "word/document.xml"]);
    case "xlsx":
      return assertZip(bytes, ["[Content_Types].xml", "xl/workbook.xml"]);
    case "hwpx":
      return assertZip(bytes, ["mimetype", "Contents/content.hpf"]);
    case "hwp":
      return assertHwp(bytes);
    case "pptx":
      return assertZip(bytes, ["[Content_Types].xml", "ppt/presentation.xml"]);
    case "zip":
      return assertZip(bytes, []);
    case "mp4":
    case "m4v":
    case "mov":
    case "m4a":
      return assertBoxes(bytes, extension);
    case "mp3":
    case "wav":
      return assertSound(bytes, extension);
  }
}

async function assertPicture(bytes: FileBytes, expected: "png" | "jpg" | "gif"): Promise<void> {
  const seen = (await fileTypeFromBuffer(await bytes.read(0, 4_100)))?.ext;
  if (seen !== expected && !(expected === "png" && seen === "apng")) throw new FileRefused("mismatch");
  if (bytes.length > mostPicture) throw new FileRefused("picture-size");
  const picture = await exactly(bytes, 0, bytes.length);
  if (expected === "png") assertPng(picture);
  else if (expected === "gif") assertGif(picture);
  else assertJpeg(picture);
}

/** What file-type calls the brands of one container: telephones name an mp4 any of them. */
const brands: Readonly<Record<"mp4" | "m4v" | "mov" | "m4a", readonly string[]>> = {
  mp4: ["mp4", "m4v", "mov", "3gp", "3g2"],
  m4v: ["m4v", "mp4"],
  mov: ["mov", "mp4"],
  m4a: ["m4a", "mp4"],
};

async function assertBoxes(bytes: FileBytes, extension: keyof typeof brands): Promise<void> {
  const seen = (await fileTypeFromBuffer(await bytes.read(0, 4_100)))?.ext ?? "";
  if (!brands[extension].includes(seen)) throw new FileRefused("mismatch");
  await assertIsoBoxes(bytes);
}

async function assertSound(bytes: FileBytes, extension: "mp3" | "wav"): Promise<void> {
  const seen = (await fileTypeFromBuffer(await bytes.read(0, 4_100)))?.ext;
  if (seen !== extension) throw new FileRefused("mismatch");
  if (extension === "wav" && (await exactly(bytes, 4, 4)).readUInt32LE(0) + 8 > bytes.length)
    throw new FileRefused("damaged");
}

/** HWP 5 is a compound file that names itself in its header stream. */
async function assertHwp(bytes: FileBytes): Promise<void> {
  const mark = "HWP Document File";
  if (!(await bytes.read(0, 8)).equals(compound)) throw new FileRefused("mismatch");
  for await (const window of windows(bytes, mark.length)) if (window.includes(mark)) return;
  throw new FileRefused("mismatch");
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
      return type === "application/pdf" ? family === "pdf" : !["image", "pdf", "video", "audio"].includes(family);
    case "video":
    case "audio":
      return family === "video" || family === "audio";
    default:
      return false;
  }
}

/** Starts with the header and ends with the end: what stands before or after belongs to another format. */
async function assertPdf(bytes: FileBytes): Promise<void> {
  if (!/^%PDF-[12]\.\d/.test((await bytes.read(0, 8)).toString("latin1"))) throw new FileRefused("mismatch");
  const last = await bytes.read(Math.max(0, bytes.length - 2_048), 2_048);
  const tail = last.toString("latin1").replace(/[\s\0]+$/, "");
  if (!tail.endsWith("%%EOF") || !tail.includes("startxref")) throw new FileRefused("damaged");
}

const markup = ["<script", "<html", "<svg", "<?php", "<!doctype html", "<iframe"];

/** Pictures and papers carry no page or program (a polyglot does). */
async function assertInactive(bytes: FileBytes): Promise<void> {
  const longest = Math.max(...markup.map((mark) => mark.length));
  for await (const window of windows(bytes, longest)) {
    for (let at = 0; at < window.length; at += 1) {
      if (window[at] !== 0x3c) continue;
      const text = window.toString("latin1", at, at + longest).toLowerCase();
      if (markup.some((mark) => text.startsWith(mark))) throw new FileRefused("active-content");
    }
  }
}

/** Markup, scripts and other formats that are text, and formats that only begin as text. */
const otherFormats = ["<", "#!", "{\\rtf", "%!ps", "%pdf", "gif8", "pk\u0003\u0004"];

/** The encoding of a text. @throws FileRefused */
async function assertText(bytes: FileBytes): Promise<"utf-8" | "euc-kr"> {
  const encoding = await encodingOf(bytes);
  const start = (await bytes.read(0, 64))
    .toString("latin1")
    .replace(/^\xef\xbb\xbf/, "")
    .trimStart()
    .toLowerCase();
  if (otherFormats.some((format) => start.startsWith(format))) throw new FileRefused("active-content");
  await assertInactive(bytes);
  return encoding;
}

async function encodingOf(bytes: FileBytes): Promise<"utf-8" | "euc-kr"> {
  let utf8 = true;
  let begun: Buffer = Buffer.alloc(0);
  for await (const window of windows(bytes)) {
    // A text holds no control characters but tab, line feed, form feed, return.
    for (const byte of window)
      if (byte < 32 && byte !== 9 && byte !== 10 && byte !== 12 && byte !== 13) throw new FileRefused("mismatch");
    if (!utf8) continue;
    const whole = Buffer.concat([begun, window]);
    const end = whole.length - unfinished(whole);
    utf8 = isUtf8(whole.subarray(0, end));
    begun = whole.subarray(end);
  }
  if (utf8 && begun.length === 0) return "utf-8";
  if (await isEucKr(bytes)) return "euc-kr";
  throw new FileRefused("mismatch");
}

/** Bytes at the end that begin a UTF-8 character and do not finish it. */
function unfinished(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back] ?? 0;
    if (byte >> 6 === 2) continue;
    const needed = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
    return needed > back ? back : 0;
  }
  return 0;
}

async function isEucKr(bytes: FileBytes): Promise<boolean> {
  const decoder = new TextDecoder("euc-kr", { fatal: true });
  try {
    for await (const window of windows(bytes, 0, 65_536)) decoder.decode(window, { stream: true });
    decoder.decode();
    return true;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}
