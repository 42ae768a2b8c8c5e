// What a file is, judged from its beginning, before any of it is taken. Pure.
import iconv from "iconv-lite";

/** Bytes of the beginning that are looked at. */
export const sampleBytes = 1_048_576;

/** Why a whole file is not taken: its encoding by name, or that it is one JSON list instead of a line per event. */
export type FileFault = "CP949" | "UTF-16" | "list";

const utf8 = new TextDecoder("utf-8", { fatal: true });

/**
 * A file in another encoding is told from a UTF-8 file with a few bad lines: most lines with letters beyond ASCII are no UTF-8, and
 * read as CP949 they are Hangul.
 */
export function fileFault(sample: Uint8Array): FileFault | null {
  if ((sample[0] === 0xff && sample[1] === 0xfe) || (sample[0] === 0xfe && sample[1] === 0xff)) return "UTF-16";
  const first = sample.find((byte) => byte > 0x20 && byte !== 0xef && byte !== 0xbb && byte !== 0xbf);
  if (first === 0x5b) return "list";
  // "{\0" or "\0{": UTF-16 without its mark.
  if ((sample[0] === 0x7b && sample[1] === 0) || (sample[0] === 0 && sample[1] === 0x7b)) return "UTF-16";
  let [beyond, broken, hangul] = [0, 0, 0];
  for (const line of linesOf(sample)) {
    if (line.every((byte) => byte < 0x80)) continue;
    beyond += 1;
    if (isUtf8(line)) continue;
    broken += 1;
    const text = iconv.decode(Buffer.from(line), "cp949");
    if (!text.includes("\ufffd") && /[가-힣]/.test(text)) hangul += 1;
  }
  return broken * 2 > beyond && hangul * 2 > broken ? "CP949" : null;
}

function* linesOf(sample: Uint8Array): Generator<Uint8Array> {
  for (let start = 0; start < sample.length; ) {
    const end = sample.indexOf(0x0a, start);
    // A line that the sample cuts off may be cut inside a letter.
    if (end === -1 && start > 0) return;
    yield sample.subarray(start, end === -1 ? sample.length : end);
    start = end === -1 ? sample.length : end + 1;
  }
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    utf8.decode(bytes);
    return true;
  } catch {
    return false;
  }
}
