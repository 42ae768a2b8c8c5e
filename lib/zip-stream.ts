// ZIP archives, streamed: neither a file nor the archive is ever whole in memory. One file encrypted (AES-256, WinZip AE-2), or many in clear.

import { configure, ZipWriter, type ZipWriterConstructorOptions } from "@zip.js/zip.js";
import { only } from "./streams";

// In this process: a worker would need a script from an address, and the work is short pieces between reads.
configure({ useWebWorkers: false });

/**
 * The bytes of an archive with one file, as they come about. What `source` throws breaks the archive off.
 * @param at last-modified time of the file within
 */
export async function* encryptedZip(
  name: string,
  password: string,
  source: AsyncIterable<Uint8Array>,
  at: Date,
): AsyncGenerator<Uint8Array> {
  yield* zipped(only({ path: name, source }), { password, encryptionStrength: 3, zip64: true, lastModDate: at });
}

export type ZipEntry = { path: string; source: AsyncIterable<Uint8Array> };

/** The bytes of an archive with many files, in clear. What an entry throws breaks the archive off. @param at last-modified time of all */
export function plainZip(entries: AsyncIterable<ZipEntry>, at: Date): AsyncGenerator<Uint8Array> {
  return zipped(entries, { lastModDate: at });
}

async function* zipped(
  entries: AsyncIterable<ZipEntry>,
  options: ZipWriterConstructorOptions,
): AsyncGenerator<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const zip = new ZipWriter(writable, { level: 6, ...options });
  let from: AsyncIterator<Uint8Array> | undefined;
  const written = (async () => {
    for await (const { path, source } of entries) {
      const bytes = source[Symbol.asyncIterator]();
      from = bytes;
      await zip.add(path, streamOf(bytes));
    }
    await zip.close();
  })();
  // Kept from being an unhandled rejection while the reader below is still told of it.
  const failed = written.then(
    () => null,
    async (error: unknown) => {
      await writable.abort(error).catch(() => undefined);
      return { error };
    },
  );
  const reader = readable.getReader();
  try {
    for (;;) {
      const { value, done } = await reader.read().catch(async (error: unknown) => {
        throw (await failed)?.error ?? error;
      });
      if (done) break;
      yield value;
    }
    const failure = await failed;
    if (failure) throw failure.error;
  } finally {
    await reader.cancel().catch(() => undefined);
    await from?.return?.();
  }
}

function streamOf(from: AsyncIterator<Uint8Array>): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value, done } = await from.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
    },
    { highWaterMark: 0 },
  );
}
