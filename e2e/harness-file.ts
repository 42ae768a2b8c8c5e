// Files for uploads, good and bad, made in memory.
import { PNG } from "pngjs";

/** A grey picture. */
export function png(width: number, height: number): Buffer {
  return PNG.sync.write(new PNG({ width, height }));
}
