// One signal for the whole process: it is about to end. Streams that never end by themselves listen to it.
const shared = globalThis as typeof globalThis & { damsoStopping?: AbortController };

/** Aborted when the server begins to stop: close event streams, take no new work. */
export function stopping(): AbortSignal {
  shared.damsoStopping ??= new AbortController();
  return shared.damsoStopping.signal;
}

/** Says so to everybody. Called by server.ts alone. */
export function beginStopping(): void {
  stopping();
  shared.damsoStopping?.abort();
}
