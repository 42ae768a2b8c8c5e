// Which spellings of an address are answered at all: one per page, so that no lock can be walked around (trust.md P-03).

/** 400 malformed, 404 an odd spelling of something, 414 too long, or the path itself. */
export type PathVerdict = { status: 400 | 404 | 414 } | { status: 0; path: string };

const longest = 8_192;
/** Percent-encoded letters, digits, "-._~", slash, backslash, NUL and percent: nobody writes a path of ours like that. */
const oddlyEncoded = /%(?:[01][\da-f]|2[5def]|3\d|4[1-9a-f]|5[\dacf]|6[1-9a-f]|7[\daef])/i;

/** Judges the target of a request line. */
export function judgeTarget(target: string): PathVerdict {
  if (target.length > longest) return { status: 414 };
  if (!target.startsWith("/")) return { status: 400 };
  const end = target.search(/[?#]/);
  const path = end === -1 ? target : target.slice(0, end);
  const query = end === -1 ? "" : target.slice(end + 1);
  if (!decodes(path) || !/^[!-[\]-~]+$/.test(path)) return { status: 400 };
  if (path.startsWith("/_next/")) return staticPath(path);
  if (/\/\/|;/.test(path) || /\/\.{1,2}(\/|$)/.test(path) || oddlyEncoded.test(path)) return { status: 404 };
  if (/\.(rsc|segments|prefetch)($|\/)/.test(path) || path.endsWith(".segment.rsc")) return { status: 404 };
  if (path.length > 1 && path.endsWith("/")) return { status: 404 };
  // Next's own route parameters are never a visitor's to give.
  if (/(^|&)nxt[PI]/.test(query)) return { status: 400 };
  return { status: 0, path };
}

/** What the build put there; the image optimizer is off (trust.md P-02). */
function staticPath(path: string): PathVerdict {
  if (/^\/_next\/(image|data)(\/|$)/.test(path) || /\/\.{1,2}(\/|$)|%2e|%2f|%5c/i.test(path)) return { status: 404 };
  return { status: 0, path };
}

function decodes(text: string): boolean {
  try {
    return !decodeURIComponent(text).includes("\0");
  } catch {
    return false;
  }
}
