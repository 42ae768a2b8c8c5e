// Where uploaded files lie: bytes under an internal id, written whole and synced before anybody hears of them.
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, mkdir, open, rename, rm, stat, statfs } from "node:fs/promises";
import path from "node:path";
import { env, SettingError } from "@/lib/env";
import { incoming, isMissing, storedNames, sweepFolders } from "@/lib/store-folders";

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

export type FileStore = {
  /** Takes a stream of at most `most` bytes, `expected` where its size is known. @throws FileTooLarge, StorageFull; nothing is left then */
  receive(source: AsyncIterable<Uint8Array>, most: number, expected?: number): Promise<Draft>;
  /** Takes a stream and keeps it under `id` at once. */
  putStream(id: string, source: AsyncIterable<Uint8Array>, most: number): Promise<{ bytes: number; sha256: string }>;
  /** The bytes of `id`, or null. */
  read(id: string): Promise<{ stream: AsyncIterable<Uint8Array>; bytes: number } | null>;
  remove(id: string): Promise<void>;
  /** Paths of kept files that nobody touched since `before`, folder by folder, and of whatever else lies there. */
  names(before: Date): AsyncIterable<string[]>;
  /** Clears what broken uploads left; `known` tells which ids have a row. @returns counts */
  sweep(now: Date, known: (ids: string[]) => Promise<string[]>): Promise<{ drafts: number; unclaimed: number }>;
};

/** An id that cannot be guessed: 128 random bits, base64url. */
export function newFileId(): string {
  return randomBytes(16).toString("base64url");
}

/** Where a kept file lies below DAMSO_FILES. */
export function storedPath(id: string): string {
  if (!/^[A-Za-z0-9_-]{22,64}$/.test(id)) throw new Error("not a file id");
  return path.join(id.slice(0, 2), id);
}

/** The file store of DAMSO_FILES. @throws SettingError for a kind that is not built yet */
export function fileStore(): FileStore {
  const setting = env().DAMSO_FILES;
  if (setting.startsWith("s3://")) {
    throw new SettingError(
      "DAMSO_FILES",
      "설정 DAMSO_FILES의 s3:// 저장소는 메시지 템플릿과 함께 나옵니다. 지금은 file:/디렉터리를 써 주십시오.",
      "The setting DAMSO_FILES: s3:// comes with message templates; use file:/directory for now.",
    );
  }
  return directoryStore(setting.replace(/^file:/, ""));
}

/** Room that stays free for the database and the system. */
const reserve = 64 * 2 ** 20;
/** Bytes after which a large file is synced and the room looked at anew: presses and the database write to the same disk. */
const stretch = 16 * 2 ** 20;
function directoryStore(root: string): FileStore {
  const place = (id: string) => path.join(root, storedPath(id));
  const store: FileStore = {
    async receive(source, most, expected = 0) {
      const folder = path.join(root, incoming);
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await assertRoom(folder, expected);
      const draft = path.join(folder, `${randomUUID()}.part`);
      const file = await open(draft, "wx", 0o600);
      try {
        const sum = await write(file, source, most, () => assertRoom(folder));
        await file.sync();
        await file.close();
        return {
          path: draft,
          ...sum,
          discard: () => rm(draft, { force: true }),
          keep: async (id) => {
            await mkdir(path.dirname(place(id)), { recursive: true, mode: 0o700 });
            await rename(draft, place(id));
            await syncFolder(path.dirname(place(id)));
            await syncFolder(root);
          },
        };
      } catch (error) {
        await file.close();
        await rm(draft, { force: true });
        throw isFull(error) ? new StorageFull() : error;
      }
    },
    async putStream(id, source, most) {
      const draft = await store.receive(source, most);
      await draft.keep(id);
      return { bytes: draft.bytes, sha256: draft.sha256 };
    },
    async read(id) {
      const bytes = await sizeIfThere(place(id));
      return bytes === null ? null : { bytes, stream: whenAsked(place(id)) };
    },
    remove: (id) => rm(place(id), { force: true }),
    names: (before) => storedNames(root, before),
    sweep: (now, known) => sweepFolders(root, now, known),
  };
  return store;
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

async function sizeIfThere(file: string): Promise<number | null> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

/** Opens the file at the first byte asked for: an answer nobody reads holds nothing open. */
async function* whenAsked(file: string): AsyncGenerator<Uint8Array> {
  yield* createReadStream(file);
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** The same bytes, the last of them only if all have the SHA-256 that was recorded: a damaged file never arrives whole. */
export async function* verified(source: AsyncIterable<Uint8Array>, sha256: string): AsyncGenerator<Uint8Array> {
  const hash = createHash("sha256");
  let held: Uint8Array | null = null;
  for await (const chunk of source) {
    if (held) yield held;
    hash.update(chunk);
    held = chunk;
  }
  if (hash.digest("hex") !== sha256) throw new Error("A kept file no longer has its recorded SHA-256");
  if (held) yield held;
}
