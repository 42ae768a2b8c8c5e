// Values of `extra` from a dealer's report, read back into the code book. Pure.
import type { Decoded } from "../schema/code-book";

/** Values and their counts: one a line, "code", "code,count" or "code<TAB>count"; quotes and thousands' commas are taken off. Repeated values add up. */
export function reportedCodes(text: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const line of text.split("\n")) {
    const [first = "", ...rest] = line.includes("\t") ? line.split("\t") : line.split(/,(.*)/s);
    const value = unquoted(first);
    if (value === "") continue;
    const number = unquoted(rest.find((cell) => /\d/.test(cell)) ?? "").replaceAll(",", "");
    const count = /^\d{1,9}$/.test(number) ? Number(number) : 1;
    counts.set(value, (counts.get(value) ?? 0) + count);
  }
  return counts;
}

function unquoted(cell: string): string {
  return cell
    .trim()
    .replace(/^["']|["']$/g, "")
    .trim();
}

/** What each value means, what needs a look first. @param book places by code; the values' own in any case of letters */
export function decoded(
  counts: ReadonlyMap<string, number>,
  book: ReadonlyMap<string, NonNullable<Decoded["place"]>>,
): Decoded[] {
  const folded = new Map([...book].map(([code, place]) => [code.toLowerCase(), place]));
  return [...counts]
    .map(([value, count]): Decoded => {
      const place = book.get(value);
      if (place) return { value, count, place, fault: null };
      const near = folded.get(value.toLowerCase());
      if (near) return { value, count, place: near, fault: "case" };
      const shape = /^[A-Za-z0-9_]{1,50}$/.test(value);
      return { value, count, place: null, fault: shape ? "unknown" : "shape" };
    })
    .sort((one, other) => Number(one.fault === null) - Number(other.fault === null) || other.count - one.count);
}
