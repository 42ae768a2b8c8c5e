// A file of events, line by line: bytes in, one line at a time out, however long the file or one of its lines is. Pure.

/** A line may hold this many bytes; a longer one is passed over without being kept. */
export const longestLine = 1_048_576;

export type ImportLine = {
  /** From 1, empty lines counted. */
  row: number;
  /** Bytes of the file behind it. */
  end: number;
  /** Without its line end; null: longer than a line may be. */
  bytes: Uint8Array | null;
};

const lineFeed = 0x0a;
const carriageReturn = 0x0d;
const bom = [0xef, 0xbb, 0xbf];

/** Every line that is not empty. @param from bytes and rows that were passed before `source` begins */
export async function* importLines(
  source: AsyncIterable<Uint8Array>,
  from: { offset: number; row: number },
): AsyncGenerator<ImportLine> {
  let { offset: end, row } = from;
  let parts: Uint8Array[] = [];
  let length = 0;
  const take = (part: Uint8Array) => {
    length += part.length;
    if (length <= longestLine + bom.length) parts.push(part);
    else parts = [];
  };
  const finish = (): ImportLine | null => {
    row += 1;
    const whole = parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
    const bytes = trim(row === 1 ? withoutBom(whole) : whole);
    const tooLong = length > longestLine + bom.length || bytes.length > longestLine;
    parts = [];
    length = 0;
    if (tooLong) return { row, end, bytes: null };
    return bytes.length === 0 ? null : { row, end, bytes };
  };
  for await (const chunk of source) {
    let start = 0;
    for (let at = chunk.indexOf(lineFeed); at !== -1; at = chunk.indexOf(lineFeed, start)) {
      take(chunk.subarray(start, at));
      end += at + 1 - start;
      start = at + 1;
      const line = finish();
      if (line) yield line;
    }
    if (start < chunk.length) {
      take(chunk.subarray(start));
      end += chunk.length - start;
    }
  }
  if (length === 0) return;
  const line = finish();
  if (line) yield line;
}

/** Spaces, tabs and a carriage return around a line say nothing. */
function trim(bytes: Uint8Array): Uint8Array {
  const says = (byte: number | undefined) => byte !== carriageReturn && byte !== 0x20 && byte !== 0x09;
  let [first, last] = [0, bytes.length];
  while (first < last && !says(bytes[first])) first += 1;
  while (last > first && !says(bytes[last - 1])) last -= 1;
  return bytes.subarray(first, last);
}

function withoutBom(bytes: Uint8Array): Uint8Array {
  return bom.every((byte, at) => bytes[at] === byte) ? bytes.subarray(bom.length) : bytes;
}
