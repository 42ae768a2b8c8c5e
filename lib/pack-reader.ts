// Texts and files out of a ZIP that somebody hands in: counted, bounded; the sizes that the archive declares are not believed.
import { openAsBlob } from "node:fs";
import { BlobReader, configure, type FileEntry, ZipReader } from "@zip.js/zip.js";

configure({ useWebWorkers: false });

/** Why a file is no pack. */
export class PackRefused extends Error {
  override readonly name = "PackRefused";
  constructor(readonly code: "damaged" | "tooMuch") {
    super(code);
  }
}

export type OpenPack = {
  /** Texts of the entries whose path ends with `.json`, by path. @throws PackRefused */
  texts(): Promise<Map<string, string>>;
  /** The bytes of another entry as they are unpacked, or null when there is none; the reader bounds them. @throws PackRefused while read */
  file(path: string): Promise<AsyncIterable<Uint8Array> | null>;
  close(): Promise<void>;
};

const mostEntries = 12_000;
/** Bytes of one text, and of all. */
const mostText = 2 * 2 ** 20;
const mostTexts = 64 * 2 ** 20;

/** @throws PackRefused when it is no ZIP, is encrypted, or names a path twice */
export async function openPack(path: string): Promise<OpenPack> {
  const zip = new ZipReader(new BlobReader(await openAsBlob(path)));
  const entries = new Map<string, FileEntry>();
  try {
    let count = 0;
    for await (const entry of zip.getEntriesGenerator()) {
      count += 1;
      if (count > mostEntries) throw new PackRefused("tooMuch");
      if (entry.directory) continue;
      if (entries.has(entry.filename) || entry.encrypted) throw new PackRefused("damaged");
      entries.set(entry.filename, entry);
    }
  } catch (error) {
    await zip.close();
    throw asRefused(error);
  }
  return {
    async texts() {
      const found = new Map<string, string>();
      let all = 0;
      for (const [name, entry] of entries) {
        if (!name.endsWith(".json")) continue;
        const chunks: Uint8Array[] = [];
        let bytes = 0;
        for await (const chunk of bytesOf(entry)) {
          bytes += chunk.length;
          all += chunk.length;
          if (bytes > mostText || all > mostTexts) throw new PackRefused("tooMuch");
          chunks.push(chunk);
        }
        found.set(name, textOf(Buffer.concat(chunks)));
      }
      return found;
    },
    async file(name) {
      const entry = entries.get(name);
      return entry ? bytesOf(entry) : null;
    },
    close: () => zip.close(),
  };
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch (error) {
    throw asRefused(error);
  }
}

async function* bytesOf(entry: FileEntry): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>({
    transform: (chunk, controller) => controller.enqueue(chunk.slice()),
  });
  const stopping = new AbortController();
  const written = entry.getData(writable, { checkSignature: true, signal: stopping.signal });
  // Heard below, where the bytes are read: until then it is nobody's fault.
  written.catch(() => undefined);
  try {
    yield* readable as unknown as AsyncIterable<Uint8Array>;
    await written;
  } catch (error) {
    throw asRefused(error);
  } finally {
    stopping.abort();
  }
}

const asRefused = (error: unknown): PackRefused => (error instanceof PackRefused ? error : new PackRefused("damaged"));
