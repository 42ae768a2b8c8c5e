// Archives by their central directory (docx, xlsx, hwpx): counted, bounded and measured without being unpacked anywhere.
import { createInflateRaw } from "node:zlib";
import { FileRefused } from "./file-refusal";

const mostEntries = 1_000;
const mostBytes = 200 * 2 ** 20;
/** Above 20 MB of content: XML packs 20 to 50 fold, a bomb a thousand fold. */
const mostRatio = 200;

type Entry = { name: string; packed: number; size: number; stored: boolean; offset: number };

/**
 * An archive that holds `needed` and nothing hostile: no more than 1,000 entries and 200 MB, true sizes, no paths out,
 * no archive or program inside, no macros, nothing before, between or after.
 * @throws FileRefused
 */
export async function assertZip(bytes: Buffer, needed: readonly string[]): Promise<void> {
  if (bytes.subarray(0, 8).equals(Buffer.from("d0cf11e0a1b11ae1", "hex"))) throw new FileRefused("encrypted");
  if (bytes.length < 22 || bytes.readUInt32LE(0) !== 0x04034b50) throw new FileRefused("mismatch");
  const entries = directory(bytes);
  const names = new Set(entries.map((entry) => entry.name));
  if (names.size !== entries.length) throw new FileRefused("archive-names");
  if (!needed.every((name) => names.has(name))) throw new FileRefused("mismatch");
  for (const entry of entries) assertEntry(entry);
  const total = entries.reduce((sum, entry) => sum + entry.size, 0);
  if (total > mostBytes || (total > 20 * 2 ** 20 && total > mostRatio * bytes.length))
    throw new FileRefused("archive-size");
  const places = assertPlaces(bytes, entries);
  for (const [entry, start] of places) await assertTrue(bytes.subarray(start, start + entry.packed), entry);
}

/** The end record is the last 22 bytes, and the directory ends where it begins. */
function directory(bytes: Buffer): Entry[] {
  const end = bytes.length - 22;
  if (bytes.readUInt32LE(end) !== 0x06054b50) throw new FileRefused("damaged");
  const count = bytes.readUInt16LE(end + 10);
  if (count > mostEntries) throw new FileRefused("archive-entries");
  const start = bytes.readUInt32LE(end + 16);
  if (count === 0 || start + bytes.readUInt32LE(end + 12) !== end || bytes.readUInt16LE(end + 8) !== count)
    throw new FileRefused("damaged");
  const entries: Entry[] = [];
  let at = start;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > end || bytes.readUInt32LE(at) !== 0x02014b50) throw new FileRefused("damaged");
    if (bytes.readUInt16LE(at + 8) & 0x2041) throw new FileRefused("encrypted");
    const method = bytes.readUInt16LE(at + 10);
    if (method !== 0 && method !== 8) throw new FileRefused("damaged");
    const length = bytes.readUInt16LE(at + 28);
    entries.push({
      name: bytes.toString("utf8", at + 46, at + 46 + length),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      stored: method === 0,
      offset: bytes.readUInt32LE(at + 42),
    });
    at += 46 + length + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  if (at !== end) throw new FileRefused("damaged");
  return entries;
}

const archive = /\.(zip|7z|rar|gz|tgz|bz2|xz|tar|jar|cab|iso|docx|docm|xlsx|xlsm|pptx|pptm|hwpx|odt|ods|apk)$/i;
const program = /\.(exe|dll|scr|bat|cmd|msi|vbs|ps1|lnk|hta|com|cpl)$/i;

function assertEntry({ name, packed, size, stored }: Entry): void {
  const steps = name.split("/");
  if (
    name.length === 0 ||
    name.length > 255 ||
    /[\\:\p{Cc}]/u.test(name) ||
    name.startsWith("/") ||
    steps.includes("..")
  ) {
    throw new FileRefused("archive-names");
  }
  if (/(^|\/)vba(project|data)/i.test(name)) throw new FileRefused("macro");
  if (archive.test(name) || program.test(name)) throw new FileRefused("archive-nested");
  if (stored && packed !== size) throw new FileRefused("damaged");
}

/** Where each entry's bytes begin; they follow one another from byte 0 and share nothing. */
function assertPlaces(bytes: Buffer, entries: readonly Entry[]): [Entry, number][] {
  const ordered = [...entries].sort((a, b) => a.offset - b.offset);
  let free = 0;
  return ordered.map((entry, index) => {
    if (entry.offset < free || (index === 0 && entry.offset !== 0)) throw new FileRefused("damaged");
    if (entry.offset + 30 > bytes.length || bytes.readUInt32LE(entry.offset) !== 0x04034b50)
      throw new FileRefused("damaged");
    const length = bytes.readUInt16LE(entry.offset + 26);
    const start = entry.offset + 30 + length + bytes.readUInt16LE(entry.offset + 28);
    const name = bytes.toString("utf8", entry.offset + 30, entry.offset + 30 + length);
    free = start + entry.packed;
    if (name !== entry.name || free > bytes.length - 22) throw new FileRefused("damaged");
    return [entry, start];
  });
}

/** zip, 7z, rar, gzip, bzip2, xz, and programs of Windows. */
const nested = ["504b0304", "377abcaf", "52617221", "1f8b08", "425a68", "fd377a58", "4d5a90"].map((hex) =>
  Buffer.from(hex, "hex"),
);

/** The declared size is the true one, and no archive or program stands under another name. */
async function assertTrue(packed: Buffer, entry: Entry): Promise<void> {
  const { head, size } = entry.stored
    ? { head: packed.subarray(0, 8), size: packed.length }
    : await measured(packed, entry.size);
  if (size !== entry.size) throw new FileRefused("archive-size");
  if (nested.some((magic) => head.subarray(0, magic.length).equals(magic))) throw new FileRefused("archive-nested");
}

/** Inflates to nowhere and stops one byte after `most`. */
async function measured(packed: Buffer, most: number): Promise<{ head: Buffer; size: number }> {
  const inflate = createInflateRaw();
  let head = Buffer.alloc(0);
  let size = 0;
  inflate.end(packed);
  try {
    for await (const chunk of inflate as AsyncIterable<Buffer>) {
      if (head.length < 8) head = Buffer.concat([head, chunk.subarray(0, 8 - head.length)]);
      size += chunk.length;
      if (size > most) break;
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && String(error.code).startsWith("Z_"))
      throw new FileRefused("damaged");
    throw error;
  }
  return { head, size };
}
