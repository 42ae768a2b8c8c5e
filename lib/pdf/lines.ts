// Where the lines of a Korean text break: between words, never inside one that fits on a line (keep-all). Pure.

/** Width of a text in points. */
export type Measure = (text: string) => number;

/** Stands for a character that the font does not have. */
export const placeholder = "□";

/** Characters without a shape of their own: joiners, variation selectors, direction marks, byte order marks, soft hyphens. */
const shapeless =
  /[\u00ad\u061c\u180e\ufeff]|[\u200b-\u200f\u202a-\u202e\u2060-\u206f]|\p{Variation_Selector}|\u034f|[\u{e0000}-\u{e007f}]/gu;
const graphemes = new Intl.Segmenter("ko", { granularity: "grapheme" });

/**
 * The text as it can be set: NFC, well-formed, without control characters (line ends stay); what the font lacks stands as one □ for
 * each character that a reader would see.
 * @returns the text and how many were replaced
 */
export function settable(text: string, has: (codePoint: number) => boolean): { text: string; replaced: number } {
  let replaced = 0;
  const plain = text.toWellFormed().normalize("NFC").replace(/\r\n?/g, "\n").replace(/\t/g, " ");
  const set = Array.from(graphemes.segment(plain), ({ segment }) => {
    if (segment === "\n") return segment;
    const shaped = segment.replace(shapeless, "").replace(/\p{Cc}/gu, "");
    if (Array.from(shaped).every((one) => has(one.codePointAt(0) ?? 0))) return shaped;
    replaced += 1;
    return placeholder;
  }).join("");
  return { text: set, replaced };
}

/** A last line of so few characters is joined by the word before it. */
const orphan = 3;

/**
 * Breaks a text into lines of at most `width` points: at its own line ends, then at spaces; inside a word only where the word alone is
 * wider than a line. The last line of a paragraph is never a scrap of three characters where the line before can give a word.
 */
export function breakLines(text: string, width: number, measure: Measure): string[] {
  return text.split("\n").flatMap((paragraph) => breakParagraph(paragraph, width, measure));
}

function breakParagraph(paragraph: string, width: number, measure: Measure): string[] {
  const lines: string[][] = [];
  let line: string[] = [];
  for (const word of paragraph.split(/ +/).filter(Boolean)) {
    for (const piece of measure(word) > width ? pieces(word, width, measure) : [word]) {
      if (line.length > 0 && measure([...line, piece].join(" ")) > width) {
        lines.push(line);
        line = [];
      }
      line.push(piece);
    }
  }
  if (line.length > 0) lines.push(line);
  if (lines.length === 0) return [""];
  feedOrphan(lines, width, measure);
  return lines.map((words) => words.join(" "));
}

function feedOrphan(lines: string[][], width: number, measure: Measure): void {
  const [before, last] = [lines.at(-2), lines.at(-1)];
  if (!before || !last || before.length < 2 || Array.from(last.join(" ")).length > orphan) return;
  const moved = before.at(-1);
  if (moved === undefined || measure([moved, ...last].join(" ")) > width) return;
  before.pop();
  last.unshift(moved);
}

/** A word that is wider than a line, cut between characters; a character is never cut. */
function pieces(word: string, width: number, measure: Measure): string[] {
  const cut: string[] = [];
  let piece = "";
  for (const { segment } of graphemes.segment(word)) {
    if (piece !== "" && measure(piece + segment) > width) {
      cut.push(piece);
      piece = "";
    }
    piece += segment;
  }
  return [...cut, piece];
}
