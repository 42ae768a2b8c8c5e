// One file in an encrypted ZIP (AES-256, WinZip AE-2), streamed: neither the file nor the archive is ever whole in memory.
import { configure, ZipWriter } from "@zip.js/zip.js";

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
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const zip = new ZipWriter(writable, { password, encryptionStrength: 3, level: 6, zip64: true, lastModDate: at });
  const from = source[Symbol.asyncIterator]();
  const content = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value, done } = await from.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
    },
    { highWaterMark: 0 },
  );
  const written = (async () => {
    await zip.add(name, content);
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
    await from.return?.();
  }
}
