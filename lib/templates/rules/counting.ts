// How the length of a message is counted. Guide 1-2: 한/영 구분없이 띄어쓰기 포함; it is silent about emoji and line ends, so the largest
// of the usual counts is taken: a text that fits here fits everywhere.

/** As it is sent: NFC, with LF between lines. */
export function sentText(text: string): string {
  return text.normalize("NFC").replace(/\r\n?/g, "\n");
}

/** Length of a text as it is sent, in UTF-16 code units. */
export function textLength(text: string): number {
  return sentText(text).length;
}

const segmenter = new Intl.Segmenter("ko", { granularity: "grapheme" });
/** Letters of which each is one character to a reader and one code unit. */
const simple = /^[\x20-\x7e\n가-힣]*$/;

/** Characters as a reader sees them: an emoji of several code points is one. Shown beside the length where the two differ. */
export function graphemes(text: string): number {
  const sent = sentText(text);
  return simple.test(sent) ? sent.length : [...segmenter.segment(sent)].length;
}
