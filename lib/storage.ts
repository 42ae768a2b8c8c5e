// Where uploaded files lie: bytes under an internal id, written whole and synced before anybody hears of them.
import { createHash, randomBytes, randomUUID } from "node:crypto";
import { createReadStream } from "node:fs";
import { type FileHandle, mkdir, open, readdir, rename, rm, stat, statfs } from "node:fs/promises";
import path from "node:path";
import { env, SettingError } from "@/lib/env";

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
const hour = 3_600_000;
/** A body idle for two minutes is cut (server/front.ts): what nobody touched for so long is left over. */
const leftOverMs = 30 * 60_000;
const incoming = "incoming";
const unclaimed = "unclaimed";

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
    async sweep(now, known) {
      const drafts = await removeOlder(path.join(root, incoming), now.getTime() - leftOverMs);
      const moved = await setAside(root, now, known);
      await removeOlder(path.join(root, unclaimed), now.getTime() - 30 * 24 * hour);
      return { drafts, unclaimed: moved };
    },
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

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, "r");
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

/** When somebody last touched it: its bytes or its place. Null when it is gone by now. */
async function touchedAt(file: string): Promise<number | null> {
  try {
    const { mtimeMs, ctimeMs } = await stat(file);
    return Math.max(mtimeMs, ctimeMs);
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

async function removeOlder(folder: string, than: number): Promise<number> {
  let removed = 0;
  for (const name of await namesIn(folder)) {
    const at = await touchedAt(path.join(folder, name));
    if (at === null || at > than) continue;
    await rm(path.join(folder, name), { force: true });
    removed += 1;
  }
  return removed;
}

/**
 * A kept file without a row: its process died between the two. Looked for among the files of the last two days and set
 * aside for 30 days before it goes, since a database restored from an older day knows fewer rows than it should.
 */
async function setAside(root: string, now: Date, known: (ids: string[]) => Promise<string[]>): Promise<number> {
  let moved = 0;
  for (const shelf of await namesIn(root)) {
    if (shelf.length !== 2) continue;
    const recent: string[] = [];
    for (const id of await namesIn(path.join(root, shelf))) {
      const at = await touchedAt(path.join(root, shelf, id));
      if (at !== null && at < now.getTime() - leftOverMs && at > now.getTime() - 48 * hour) recent.push(id);
    }
    if (recent.length === 0) continue;
    const claimed = new Set(await known(recent));
    for (const id of recent.filter((one) => !claimed.has(one))) {
      await mkdir(path.join(root, unclaimed), { recursive: true, mode: 0o700 });
      await rename(path.join(root, shelf, id), path.join(root, unclaimed, id));
      moved += 1;
    }
  }
  return moved;
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
