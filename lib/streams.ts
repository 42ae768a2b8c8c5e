// Bytes on their way, from what makes them to what reads them.

/** One thing as a row of one. */
export async function* only<T>(thing: T): AsyncGenerator<T> {
  yield thing;
}

/** Bytes as a body of an answer: nothing is opened before somebody reads, and whoever stops reading closes the source. */
export function streamOf(source: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = source[Symbol.asyncIterator]();
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { value, done } = await iterator.next();
        if (done) controller.close();
        else controller.enqueue(value);
      },
      async cancel() {
        await iterator.return?.();
      },
    },
    { highWaterMark: 0 },
  );
}
