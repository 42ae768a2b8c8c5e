// Where uploaded files lie: bytes under an internal id, written whole and synced before anybody hears of them.
import { createHash, randomBytes } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, open, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { env } from "@/lib/env";
import { type Draft, putDraft, receiveDraft, storedPath } from "@/lib/store-drafts";
import { incoming, isMissing, storedNames, sweepFolders } from "@/lib/store-folders";

export { type Draft, FileTooLarge, StorageFull, storedPath } from "@/lib/store-drafts";

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

/** The file store of DAMSO_FILES. @throws SettingError */
export function fileStore(): FileStore {
  return storeAt(env().DAMSO_FILES);
}

/** A store by its setting: a directory, or a bucket of an S3-compatible service. @throws SettingError */
export function storeAt(setting: string): FileStore {
  return setting.startsWith("s3://") ? bucket(setting) : directoryStore(setting.replace(/^file:/, ""));
}

/** The service's client is large: loaded where a bucket is asked for, and nowhere else. */
function bucket(setting: string): FileStore {
  const opened = async () => (await import("@/lib/store-bucket")).bucketStore(setting);
  return {
    receive: async (...given) => (await opened()).receive(...given),
    putStream: async (...given) => (await opened()).putStream(...given),
    read: async (id) => (await opened()).read(id),
    remove: async (id) => (await opened()).remove(id),
    sweep: async (...given) => (await opened()).sweep(...given),
    async *names(before) {
      yield* (await opened()).names(before);
    },
  };
}

function directoryStore(root: string): FileStore {
  const place = (id: string) => path.join(root, storedPath(id));
  const store: FileStore = {
    receive: (source, most, expected = 0) =>
      receiveDraft(path.join(root, incoming), source, most, expected, async (id, draft) => {
        await mkdir(path.dirname(place(id)), { recursive: true, mode: 0o700 });
        await rename(draft.path, place(id));
        await syncFolder(path.dirname(place(id)));
        await syncFolder(root);
      }),
    async putStream(id, source, most) {
      return putDraft(id, await store.receive(source, most));
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
