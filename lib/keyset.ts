// Lists by keyset: a page begins behind a row, whatever was added meanwhile. Pure; each list writes its own comparison.

/** Rows on one page. Lists ask for one more, to know whether another page follows. */
export const pageLength = 50;

/** `previous` and `next` are cursors for `before` and `after`, null at the ends. */
export type Page<Row> = { items: Row[]; previous: string | null; next: string | null };

/** Where a page of a list ordered by instant and id begins. */
export function cursorOf(at: Date, id: string): string {
  return `${at.getTime()}.${id}`;
}

/** A cursor that is not ours means the first page. */
export function readCursor(text: string | null | undefined): { at: Date; id: string } | null {
  const match = /^(\d{1,14})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text ?? "");
  return match?.[1] && match[2] ? { at: new Date(Number(match[1])), id: match[2] } : null;
}

/** The same for a list ordered by anything else: names, days, ranks; the row's id comes last. */
export function placeCursor(place: readonly (string | number)[]): string {
  return Buffer.from(JSON.stringify(place)).toString("base64url");
}

/** What a schema of ours finds in such a cursor; anything else means the first page. */
export function readPlace<Place>(
  text: string | null | undefined,
  schema: { safeParse(given: unknown): { success: true; data: Place } | { success: false } },
): Place | null {
  if (!text || text.length > 1_000) return null;
  try {
    const given: unknown = JSON.parse(Buffer.from(text, "base64url").toString());
    // PostgreSQL takes no NUL in a text: no row of ours stands at such a place.
    if (Array.isArray(given) && given.some((part) => typeof part === "string" && part.includes("\0"))) return null;
    const parsed = schema.safeParse(given);
    return parsed.success ? parsed.data : null;
  } catch {
    return null;
  }
}

/**
 * A page of what was found behind a cursor, in the order in which it is shown.
 * @param found up to `pageLength` + 1 rows; with `back` in the opposite order
 * @param way `cursor`: whatever it began at, null on the first page
 */
export function cutPage<Row>(
  found: readonly Row[],
  way: { back: boolean; cursor: unknown },
  cursorOfRow: (row: Row) => string,
): Page<Row> {
  const more = found.length > pageLength;
  const items = found.slice(0, pageLength);
  if (way.back) items.reverse();
  const [first, last] = [items[0], items.at(-1)];
  return {
    items,
    previous: first !== undefined && (way.back ? more : way.cursor !== null) ? cursorOfRow(first) : null,
    next: last !== undefined && (way.back || more) ? cursorOfRow(last) : null,
  };
}
