// Work that comes one by one, done together: while one run is under way the rest waits, then goes as the next run.

/**
 * Joins calls into runs of at most `most`. Each caller gets its own result.
 * @param run answers one result per item, in order
 * @param splits whether a failed run may be one item's fault: then it is done again by halves, so that a bad one sinks no other
 */
export function coalesce<T, R>(
  run: (items: T[]) => Promise<R[]>,
  { most, splits = () => false }: { most: number; splits?: (error: unknown) => boolean },
): (item: T) => Promise<R> {
  type Waiting = { item: T; resolve: (result: R) => void; reject: (error: unknown) => void };
  let queue: Waiting[] = [];
  let busy = false;

  async function settle(batch: Waiting[]): Promise<void> {
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
    busy = true;
    while (queue.length > 0) {
      const batch = queue.slice(0, most);
      queue = queue.slice(most);
      await settle(batch);
    }
    busy = false;
  }

  return (item) =>
    new Promise<R>((resolve, reject) => {
      queue.push({ item, resolve, reject });
      // One turn of the event loop, so that what arrived together goes together.
      if (!busy) {
        busy = true;
        setImmediate(() => void drain());
      }
    });
}
