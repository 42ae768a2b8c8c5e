// What bytes from outside are, by their beginning: for files that are kept as they came and never opened here.
import { isUtf8 } from "node:buffer";
import { fileTypeFromBuffer } from "file-type";

/** So many bytes from the beginning tell. */
export const tellingBytes = 4_100;

/** Kinds that a browser might run are only bytes to us. */
const passive = /^(image\/(?!svg)|video\/|audio\/|application\/(pdf|zip|x-7z-compressed|x-cfb|vnd\.[a-z0-9.-]+|rtf)$)/;

/** The type of a file by its first bytes; `text/plain` for text of any kind, `application/octet-stream` for what is not known. */
export async function mimeOf(start: Uint8Array): Promise<string> {
  const seen = (await fileTypeFromBuffer(start))?.mime;
  if (seen !== undefined && passive.test(seen)) return seen;
  return seen?.endsWith("xml") || isText(start) ? "text/plain; charset=utf-8" : "application/octet-stream";
}

function isText(start: Uint8Array): boolean {
  // A character cut in two at the end is still one.
  const whole = [0, 1, 2, 3].some((cut) => isUtf8(start.subarray(0, Math.max(0, start.length - cut))));
  return start.length > 0 && whole && !start.some((byte) => byte < 9 || (byte > 13 && byte < 32));
}
