// Archives by their central directory (docx, xlsx, hwpx): counted, bounded and measured without being unpacked anywhere.
import { Readable } from "node:stream";
import { createInflateRaw } from "node:zlib";
import { exactly, type FileBytes } from "./file-bytes";
import { FileRefused } from "./file-refusal";

const mostEntries = 1_000;
/** What all entries may unpack to, unless the archive itself is larger than half of it: photographs do not pack. */
const mostBytes = 200 * 2 ** 20;
/** Above 20 MB of content: XML packs 20 to 50 fold, a bomb a thousand fold. */
const mostRatio = 200;

type Entry = { name: string; packed: number; size: number; stored: boolean; offset: number };

/**
 * An archive that holds `needed` and nothing hostile: no more than 1,000 entries and 200 MB (or twice its own size), true sizes, no paths
 * out, no archive or program inside, no macros, nothing before, between or after.
 * @throws FileRefused
 */
export async function assertZip(bytes: FileBytes, needed: readonly string[]): Promise<void> {
  const start = await bytes.read(0, 8);
  if (start.equals(Buffer.from("d0cf11e0a1b11ae1", "hex"))) throw new FileRefused("encrypted");
  if (bytes.length < 22 || start.readUInt32LE(0) !== 0x04034b50) throw new FileRefused("mismatch");
  const entries = await directory(bytes);
  const names = new Set(entries.map((entry) => entry.name));
  if (names.size !== entries.length) throw new FileRefused("archive-names");
  if (!needed.every((name) => names.has(name))) throw new FileRefused("mismatch");
  for (const entry of entries) assertEntry(entry);
  const total = entries.reduce((sum, entry) => sum + entry.size, 0);
  if (total > Math.max(mostBytes, 2 * bytes.length) || (total > 20 * 2 ** 20 && total > mostRatio * bytes.length))
    throw new FileRefused("archive-size");
  for (const [entry, at] of await assertPlaces(bytes, entries)) await assertTrue(bytes, at, entry);
}

/** The end record is the last 22 bytes, and the directory ends where it begins. */
async function directory(bytes: FileBytes): Promise<Entry[]> {
  const end = bytes.length - 22;
  const record = await exactly(bytes, end, 22);
  if (record.readUInt32LE(0) !== 0x06054b50) throw new FileRefused("damaged");
  const count = record.readUInt16LE(10);
  if (count > mostEntries) throw new FileRefused("archive-entries");
  const start = record.readUInt32LE(16);
  if (count === 0 || start + record.readUInt32LE(12) !== end || record.readUInt16LE(8) !== count)
    throw new FileRefused("damaged");
  const entries: Entry[] = [];
  let at = start;
  for (let index = 0; index < count; index += 1) {
    if (at + 46 > end) throw new FileRefused("damaged");
    const head = await exactly(bytes, at, 46);
    if (head.readUInt32LE(0) !== 0x02014b50) throw new FileRefused("damaged");
    if (head.readUInt16LE(8) & 0x2041) throw new FileRefused("encrypted");
    const method = head.readUInt16LE(10);
    if (method !== 0 && method !== 8) throw new FileRefused("damaged");
    const length = head.readUInt16LE(28);
    entries.push({
      name: (await bytes.read(at + 46, length)).toString("utf8"),
      packed: head.readUInt32LE(20),
      size: head.readUInt32LE(24),
      stored: method === 0,
      offset: head.readUInt32LE(42),
    });
    at += 46 + length + head.readUInt16LE(30) + head.readUInt16LE(32);
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
async function assertPlaces(bytes: FileBytes, entries: readonly Entry[]): Promise<[Entry, number][]> {
  const ordered = [...entries].sort((a, b) => a.offset - b.offset);
  const places: [Entry, number][] = [];
  let free = 0;
  for (const entry of ordered) {
    if (entry.offset < free || (places.length === 0 && entry.offset !== 0)) throw new FileRefused("damaged");
    const head = await exactly(bytes, entry.offset, 30);
    if (head.readUInt32LE(0) !== 0x04034b50) throw new FileRefused("damaged");
    const length = head.readUInt16LE(26);
    const start = entry.offset + 30 + length + head.readUInt16LE(28);
    const name = (await bytes.read(entry.offset + 30, length)).toString("utf8");
    free = start + entry.packed;
    if (name !== entry.name || free > bytes.length - 22) throw new FileRefused("damaged");
    places.push([entry, start]);
  }
  return places;
}

/** zip, 7z, rar, gzip, bzip2, xz, and programs of Windows. */
const nested = ["504b0304", "377abcaf", "52617221", "1f8b08", "425a68", "fd377a58", "4d5a90"].map((hex) =>
  Buffer.from(hex, "hex"),
);

/** The declared size is the true one, and no archive or program stands under another name. */
async function assertTrue(bytes: FileBytes, at: number, entry: Entry): Promise<void> {
  const { head, size } = entry.stored
    ? { head: await bytes.read(at, Math.min(8, entry.packed)), size: entry.packed }
    : await measured(bytes, at, entry);
  if (size !== entry.size) throw new FileRefused("archive-size");
  if (nested.some((magic) => head.subarray(0, magic.length).equals(magic))) throw new FileRefused("archive-nested");
}

/** Inflates to nowhere and stops one byte after the declared size. */
async function measured(bytes: FileBytes, at: number, entry: Entry): Promise<{ head: Buffer; size: number }> {
  const packed = Readable.from(slices(bytes, at, entry.packed));
  const inflate = createInflateRaw({ chunkSize: 65_536 });
  packed.once("error", (error) => inflate.destroy(error));
  let head: Buffer = Buffer.alloc(0);
  let size = 0;
  try {
    for await (const chunk of packed.pipe(inflate) as AsyncIterable<Buffer>) {
      if (head.length < 8) head = Buffer.concat([head, chunk.subarray(0, 8 - head.length)]);
      size += chunk.length;
      if (size > entry.size) break;
    }
  } catch (error) {
    if (error instanceof Error && "code" in error && String(error.code).startsWith("Z_"))
      throw new FileRefused("damaged");
    throw error;
  } finally {
    packed.destroy();
  }
  return { head, size };
}

async function* slices(bytes: FileBytes, start: number, count: number): AsyncGenerator<Buffer> {
  const most = 65_536;
  for (let at = start; at < start + count; at += most)
    yield await exactly(bytes, at, Math.min(most, start + count - at));
}
