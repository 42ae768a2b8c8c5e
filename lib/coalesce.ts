// Work that comes one by one, done together: while one run is under way the rest waits, then goes as the next run.

type Options<T> = {
  /** Largest sum of sizes in one run; a single item may be larger. */
  most: number;
  /** 1 unless told. */
  sizeOf?: (item: T) => number;
  /** Whether a failed run may be one item's fault: then it is done again by halves, so that a bad one sinks no other. */
  splits?: (error: unknown) => boolean;
};
type Waiting<T, R> = { item: T; resolve: (result: R) => void; reject: (error: unknown) => void };

/**
 * Joins calls into runs. Each caller gets its own result.
 * @param run answers one result per item, in order
 */
export function coalesce<T, R>(
  run: (items: T[]) => Promise<R[]>,
  { most, sizeOf = () => 1, splits = () => false }: Options<T>,
): (item: T) => Promise<R> {
  let queue: Waiting<T, R>[] = [];
  let busy = false;

  async function settle(batch: Waiting<T, R>[]): Promise<void> {
    try {
      const results = await run(batch.map(({ item }) => item));
      if (results.length !== batch.length) throw new Error(`${batch.length} items gave ${results.length} results`);
      batch.forEach(({ resolve }, at) => {
        resolve(results[at] as R);
      });
    } catch (error) {
      if (batch.length > 1 && splits(error)) {
        const middle = batch.length >> 1;
        await settle(batch.slice(0, middle));
        await settle(batch.slice(middle));
      } else {
        for (const { reject } of batch) reject(error);
      }
    }
  }

  async function drain(): Promise<void> {
    while (queue.length > 0) {
      const batch = take();
      await settle(batch);
    }
    busy = false;
  }

  function take(): Waiting<T, R>[] {
    let size = 0;
    const end = queue.findIndex(({ item }, at) => {
      size += sizeOf(item);
      return at > 0 && size > most;
    });
    const batch = end === -1 ? queue : queue.slice(0, end);
    queue = end === -1 ? [] : queue.slice(end);
    return batch;
  }

  return (item) =>
    new Promise<R>((resolve, reject) => {
      queue.push({ item, resolve, reject });
      if (busy) return;
      busy = true;
      // One turn of the event loop, so that what arrived together goes together.
      setImmediate(() => void drain());
    });
}
