// A text as plain characters to look for numbers in, with the way back to what was written. Pure.

export type Flat = {
  /** As written, in composed letters (NFC). */
  source: string;
  /** Plain: ASCII digits, one kind of hyphen, space and dot, nothing invisible. */
  text: string;
  /** Where in `source` each character of `text` begins and ends. */
  starts: number[];
  ends: number[];
};

const hyphens = /^[\u2010-\u2015\u2212\u30fc\uff0d\u02d7\u2043~\u223c\uff5e]$/;
const dots = /^[\u00b7\u30fb\u2027\u2022\u2024\u3002\uff0e\u318d\u11a2]$/;

/** Full-width, circled and other digits become 0–9, line ends and rare spaces a space; what cannot be seen falls away. */
export function flatten(written: string): Flat {
  const source = written.normalize("NFC");
  const flat: Flat = { source, text: "", starts: [], ends: [] };
  let at = 0;
  for (const character of source) {
    const next = at + character.length;
    const plain = plainOf(character);
    for (const _ of plain) {
      flat.starts.push(at);
      flat.ends.push(next);
    }
    flat.text += plain;
    at = next;
  }
  return flat;
}

/** UTF-16 units of what comes out are those of the plain text: everything beyond the BMP but digits stands as one replacement. */
function plainOf(character: string): string {
  if (/^[\x21-\x7e]$/.test(character)) return character === "~" ? "-" : character;
  if (/^[\s\p{Zs}]$/u.test(character)) return " ";
  if (/^\p{Cf}$|^\p{Mn}$/u.test(character)) return "";
  if (hyphens.test(character)) return "-";
  if (dots.test(character)) return ".";
  if (/^\p{Nd}$/u.test(character)) return digitOf(character);
  const plain = character.normalize("NFKC");
  if (/^[\x20-\x7e]+$/.test(plain)) return plain;
  return character.length === 1 ? character : "\ufffd";
}

/** Decimal digits stand in tens, zero first, in every script (Unicode 4.6). */
function digitOf(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  let zero = point;
  while (point - zero < 9 && /^\p{Nd}$/u.test(String.fromCodePoint(zero - 1))) zero -= 1;
  const plain = character.normalize("NFKC");
  return /^\d$/.test(plain) ? plain : String(point - zero);
}
