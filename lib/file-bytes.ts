// Bytes of a file by position, from disk or from memory: never more of them at once than asked for.
import { type FileHandle, open } from "node:fs/promises";
import { setImmediate as breathe } from "node:timers/promises";
import { FileRefused } from "./file-refusal";

/** A file on disk, or its bytes. */
export type FileSource = { path: string; bytes: number } | Buffer;

export type FileBytes = {
  length: number;
  /** Bytes from `at`, into `place` where one is given; fewer than `count` where the file ends. */
  read(at: number, count: number, place?: Buffer): Promise<Buffer>;
};

/** Opens a source for `work` and closes it afterwards, whatever came of it. */
export async function withBytes<T>(source: FileSource, work: (bytes: FileBytes) => Promise<T>): Promise<T> {
  if (Buffer.isBuffer(source))
    return work({ length: source.length, read: async (at, count) => source.subarray(at, at + count) });
  const file = await open(source.path, "r");
  try {
    return await work({
      length: source.bytes,
      read: (at, count, place) => readAt(file, at, Math.min(count, source.bytes - at), place),
    });
  } finally {
    await file.close();
  }
}

async function readAt(file: FileHandle, at: number, count: number, place?: Buffer): Promise<Buffer> {
  if (count <= 0) return Buffer.alloc(0);
  const bytes = place ?? Buffer.allocUnsafe(count);
  let filled = 0;
  while (filled < count) {
    const { bytesRead } = await file.read(bytes, filled, count - filled, at + filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return bytes.subarray(0, filled);
}

/** Exactly `count` bytes from `at`. @throws FileRefused where the file ends before */
export async function exactly(bytes: FileBytes, at: number, count: number): Promise<Buffer> {
  const read = await bytes.read(at, count);
  if (read.length < count) throw new FileRefused("damaged");
  return read;
}

/**
 * A file from start to end, a window at a time; each also shows `overlap` bytes of the next. A window holds until the next is asked for.
 * Presses are answered between two windows.
 */
export async function* windows(bytes: FileBytes, overlap = 0, size = 2 ** 20): AsyncGenerator<Buffer> {
  const place = Buffer.allocUnsafe(Math.min(size + overlap, bytes.length));
  for (let at = 0; at < bytes.length; at += size) {
    yield await bytes.read(at, size + overlap, place);
    await breathe();
  }
}
