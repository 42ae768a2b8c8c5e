// Films and sounds by their containers: whether they are whole, and how long they play. Nothing is decoded.
import { parseFile } from "music-metadata";
import { type FileBytes, withBytes } from "./file-bytes";
import { FileRefused } from "./file-refusal";

/** More boxes at the top than any recorder writes. */
const mostBoxes = 10_000;

/** Boxes of an ISO container (mp4, mov, m4a) from start to end, with an index and data among them. @throws FileRefused when it is cut off */
export async function assertIsoBoxes(bytes: FileBytes): Promise<void> {
  const seen = new Set<string>();
  let at = 0;
  for (let count = 0; at < bytes.length; count += 1) {
    const head = await bytes.read(at, 16);
    if (head.length < 8 || count > mostBoxes) throw new FileRefused("damaged");
    const short = head.readUInt32BE(0);
    if (short === 1 && head.length < 16) throw new FileRefused("damaged");
    const size = short === 1 ? Number(head.readBigUInt64BE(8)) : short === 0 ? bytes.length - at : short;
    if (size < 8) throw new FileRefused("damaged");
    seen.add(head.toString("latin1", 4, 8));
    at += size;
  }
  if (at !== bytes.length || !seen.has("moov")) throw new FileRefused("damaged");
}

/** How long a film or sound plays, in seconds, to a tenth; null where its container does not say. Only for files that fileKind let pass. */
export async function playingTime(source: { path: string; bytes: number }): Promise<number | null> {
  const seconds = (await withBytes(source, movieTime)) ?? (await soundTime(source.path));
  return seconds !== null && Number.isFinite(seconds) && seconds >= 0 ? Math.round(seconds * 10) / 10 : null;
}

/** What the movie header says (ISO/IEC 14496-12, mvhd); null where there is none. */
async function movieTime(bytes: FileBytes): Promise<number | null> {
  const movie = await boxIn(bytes, "moov", 0, bytes.length);
  const header = movie && (await boxIn(bytes, "mvhd", movie.at, movie.end));
  if (!header) return null;
  const long = (await bytes.read(header.at, 1))[0] === 1;
  const told = await bytes.read(header.at + (long ? 20 : 12), long ? 12 : 8);
  if (told.length < (long ? 12 : 8)) return null;
  const perSecond = told.readUInt32BE(0);
  const duration = long ? Number(told.readBigUInt64BE(4)) : told.readUInt32BE(4);
  return perSecond === 0 || duration === (long ? 2 ** 64 : 2 ** 32 - 1) ? null : duration / perSecond;
}

async function boxIn(
  bytes: FileBytes,
  type: string,
  from: number,
  to: number,
): Promise<{ at: number; end: number } | null> {
  for (let at = from, count = 0; at + 8 <= to && count < mostBoxes; count += 1) {
    const head = await bytes.read(at, 16);
    if (head.length < 8) return null;
    const short = head.readUInt32BE(0);
    const size = short === 1 && head.length === 16 ? Number(head.readBigUInt64BE(8)) : short === 0 ? to - at : short;
    if (size < 8) return null;
    if (head.toString("latin1", 4, 8) === type) return { at: at + (short === 1 ? 16 : 8), end: at + size };
    at += size;
  }
  return null;
}

async function soundTime(path: string): Promise<number | null> {
  try {
    const { format } = await parseFile(path, { duration: true, skipCovers: true });
    return format.duration ?? null;
  } catch {
    // A container that the reader does not follow plays as long as it plays: its type was judged before.
    return null;
  }
}
