// What lies in the folders of the file store, whoever knows of it: what is left over goes, what has no row is named and set aside.
import { mkdir, readdir, rename, rm, stat } from "node:fs/promises";
import path from "node:path";

export const hour = 3_600_000;
/** A body idle for two minutes is cut (server/front.ts): what nobody touched for so long is left over. */
export const leftOverMs = 30 * 60_000;
/** What is being received. */
export const incoming = "incoming";
/** Files of which no row is known. */
export const unclaimed = "unclaimed";

/** Clears what broken uploads left; see FileStore. */
export async function sweepFolders(root: string, now: Date, known: (ids: string[]) => Promise<string[]>) {
  const drafts = await removeOlder(path.join(root, incoming), now.getTime() - leftOverMs);
  const moved = await setAside(root, now, known);
  await removeOlder(path.join(root, unclaimed), now.getTime() - 30 * 24 * hour);
  return { drafts, unclaimed: moved };
}

/** Paths below `root` that nobody touched since `before`, folder by folder; see FileStore. */
export async function* storedNames(root: string, before: Date): AsyncGenerator<string[]> {
  for (const shelf of await namesIn(root)) {
    if (shelf === incoming || shelf === unclaimed) continue;
    if (!isShelf(shelf)) {
      yield [shelf];
      continue;
    }
    const still: string[] = [];
    for (const id of await namesIn(path.join(root, shelf))) {
      const at = await touchedAt(path.join(root, shelf, id));
      if (at !== null && at < before.getTime()) still.push(path.join(shelf, id));
    }
    yield still;
  }
}

/** Whether there is no such file. */
export function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}

/** A folder of ids by their first two characters. */
function isShelf(name: string): boolean {
  return /^[A-Za-z0-9_-]{2}$/.test(name);
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

/** Removes what nobody touched since an instant. @returns how many */
export async function removeOlder(folder: string, than: number): Promise<number> {
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
    if (!isShelf(shelf)) continue;
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
