// What is being received: written whole and synced on this machine before it is kept anywhere.
import { createHash, randomUUID } from "node:crypto";
import { type FileHandle, mkdir, open, rm, statfs } from "node:fs/promises";
import path from "node:path";

/** More bytes came than the place takes. */
export class FileTooLarge extends Error {
  override readonly name = "FileTooLarge";
}

/** The disk has no room left (507). */
export class StorageFull extends Error {
  override readonly name = "StorageFull";
}

/** Received and synced, not yet kept. Exactly one of `keep` and `discard` ends it. */
export type Draft = {
  /** Where its bytes can be read until then. */
  path: string;
  bytes: number;
  /** Hex. */
  sha256: string;
  keep(id: string): Promise<void>;
  discard(): Promise<void>;
};

/** Where a kept file lies below DAMSO_FILES. */
export function storedPath(id: string): string {
  if (!/^[A-Za-z0-9_-]{22,64}$/.test(id)) throw new Error("not a file id");
  return path.join(id.slice(0, 2), id);
}

/** Room that stays free for the database and the system. */
const reserve = 64 * 2 ** 20;
/** Bytes after which a large file is synced and the room looked at anew: presses and the database write to the same disk. */
const stretch = 16 * 2 ** 20;

type Written = Pick<Draft, "path" | "bytes" | "sha256">;

/**
 * Takes a stream of at most `most` bytes into `folder`, `expected` where its size is known; `keep` brings it to where it stays.
 * @throws FileTooLarge, StorageFull; nothing is left then
 */
export async function receiveDraft(
  folder: string,
  source: AsyncIterable<Uint8Array>,
  most: number,
  expected: number,
  keep: (id: string, draft: Written) => Promise<void>,
): Promise<Draft> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await assertRoom(folder, expected);
  const place = path.join(folder, `${randomUUID()}.part`);
  const file = await open(place, "wx", 0o600);
  const discard = () => rm(place, { force: true });
  try {
    const sum = await write(file, source, most, () => assertRoom(folder));
    await file.sync();
    await file.close();
    const draft = { path: place, ...sum };
    return {
      ...{ ...draft, discard },
      keep: async (id) => {
        await keep(id, draft);
        await discard();
      },
    };
  } catch (error) {
    await file.close();
    await discard();
    throw isFull(error) ? new StorageFull() : error;
  }
}

/** Keeps a draft at once; nothing of it stays where that fails. */
export async function putDraft(id: string, draft: Draft): Promise<{ bytes: number; sha256: string }> {
  try {
    await draft.keep(id);
  } finally {
    await draft.discard();
  }
  return { bytes: draft.bytes, sha256: draft.sha256 };
}

async function write(
  file: FileHandle,
  source: AsyncIterable<Uint8Array>,
  most: number,
  assertRoomLeft: () => Promise<void>,
) {
  const hash = createHash("sha256");
  let bytes = 0;
  let synced = 0;
  for await (const chunk of source) {
    bytes += chunk.length;
    if (bytes > most) throw new FileTooLarge();
    hash.update(chunk);
    for (let at = 0; at < chunk.length; ) at += (await file.write(chunk, at)).bytesWritten;
    if (bytes - synced < stretch) continue;
    synced = bytes;
    await file.datasync();
    await assertRoomLeft();
  }
  return { bytes, sha256: hash.digest("hex") };
}

async function assertRoom(folder: string, wanted = 0): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize - wanted < reserve) throw new StorageFull();
}

function isFull(error: unknown): boolean {
  return error instanceof Error && "code" in error && (error.code === "ENOSPC" || error.code === "EDQUOT");
}
