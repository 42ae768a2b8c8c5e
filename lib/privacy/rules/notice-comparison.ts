// Whether what stands in a real chat room is what was approved, character by character. Pure.
import { sentText } from "@/lib/templates/rules/counting";

export type TextComparison =
  | { same: true }
  | {
      same: false;
      /** 1-based line and character of the first difference, in characters as a reader sees them. */
      line: number;
      column: number;
      /** Some characters from there on, of each; empty where a text ends. */
      approved: string;
      seen: string;
    };

/** Compares after NFC and line ends: a chat room changes neither. Spaces at the very end do not show and do not count. */
export function compareTexts(approved: string, seen: string): TextComparison {
  const one = charactersOf(approved);
  const other = charactersOf(seen);
  const at = one.findIndex((char, index) => char !== other[index]);
  const first = at === -1 ? one.length : at;
  if (at === -1 && one.length === other.length) return { same: true };
  const before = one.slice(0, first);
  return {
    same: false,
    line: before.filter((char) => char === "\n").length + 1,
    column: first - before.lastIndexOf("\n"),
    approved: one.slice(first, first + 12).join(""),
    seen: other.slice(first, first + 12).join(""),
  };
}

const segmenter = new Intl.Segmenter("ko", { granularity: "grapheme" });

function charactersOf(text: string): string[] {
  return [...segmenter.segment(sentText(text).trimEnd())].map(({ segment }) => segment);
}
