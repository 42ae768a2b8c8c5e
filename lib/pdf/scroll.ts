// A paper that may be thousands of pages: each page leaves as soon as it is full, so that only one is ever in memory.
import PDFDocument from "pdfkit";
import { fontFile, type Weight } from "./fonts";
import { breakLines, settable } from "./lines";

const side = 57;
const top = 62;
const bottom = 62;
const pageWidth = 595.28;
const pageHeight = 841.89;
const width = pageWidth - 2 * side;
const floor = pageHeight - bottom;
const inks = { text: "#16191d", quiet: "#5a636e", line: "#c3cad1" } as const;

export type ScrollStyle = { size: number; weight?: Weight; ink?: "text" | "quiet"; indent?: number };

export type Scroll = {
  space: (height: number) => void;
  /** Begins a new page where less than `height` points are left. */
  keep: (height: number) => void;
  paragraph: (text: string, style: ScrollStyle) => void;
  rule: () => void;
  /** What is set so far and not taken yet. */
  taken: () => Uint8Array[];
  /** The rest of the file. */
  end: () => AsyncIterable<Uint8Array>;
};

/** Opens one. @param foot left foot of each page; the page's number stands at the right */
export function openScroll(facts: { title: string; author: string; at: Date; foot: string }): Scroll {
  const info = { Title: facts.title, Author: facts.author, Creator: "Damso", Producer: "Damso" };
  const options = {
    ...{
      size: "A4",
      margin: 0,
      bufferPages: false,
      pdfVersion: "1.7" as const,
      lang: "ko-KR",
      displayTitle: true,
      font: "",
    },
    // Every word that was ever set would stay in memory else.
    fontLayoutCache: false,
    info: { ...info, CreationDate: facts.at, ModDate: facts.at },
  };
  const doc = new PDFDocument(options);
  doc.registerFont("regular", fontFile("regular"));
  doc.registerFont("bold", fontFile("bold"));
  let y = top;
  let page = 0;

  const choose = ({ size, weight = "regular" }: ScrollStyle) => doc.font(weight).fontSize(size);
  const has = (codePoint: number) => hasGlyph(doc)(codePoint);
  const foot = () => {
    page += 1;
    choose({ size: 7.5 }).fillColor(inks.quiet);
    doc.text(settable(facts.foot, has).text, side, pageHeight - 40, { lineBreak: false });
    const number = String(page);
    doc.text(number, side + width - doc.widthOfString(number), pageHeight - 40, { lineBreak: false });
  };
  const turn = () => {
    doc.addPage();
    y = top;
    foot();
  };
  foot();

  return {
    space: (height) => {
      y += height;
    },
    keep: (height) => {
      if (y > top && y + height > floor) turn();
    },
    paragraph: (text, style) => {
      const { size, ink = "text", indent = 0 } = style;
      const leading = Math.round(size * 1.6);
      choose(style);
      const lines = breakLines(settable(text, has).text, width - indent, (piece) => doc.widthOfString(piece));
      for (const line of lines) {
        if (y + leading > floor) turn();
        choose(style)
          .fillColor(inks[ink])
          .text(line, side + indent, y + (leading - size * 1.2) / 2, { lineBreak: false });
        y += leading;
      }
    },
    rule: () => {
      doc
        .moveTo(side, y)
        .lineTo(side + width, y)
        .lineWidth(0.6)
        .strokeColor(inks.line)
        .stroke();
    },
    taken: () => {
      const parts: Uint8Array[] = [];
      for (let part: unknown = doc.read(); part !== null; part = doc.read())
        if (part instanceof Uint8Array) parts.push(part);
      return parts;
    },
    end: () => {
      doc.end();
      return doc as unknown as AsyncIterable<Uint8Array>;
    },
  };
}

type Chosen = { _font?: { font?: { hasGlyphForCodePoint?: (codePoint: number) => boolean } } };

/** Whether the chosen font draws a character. pdfkit knows, but its types do not say so. */
function hasGlyph(doc: PDFKit.PDFDocument): (codePoint: number) => boolean {
  const font = (doc as unknown as Chosen)._font?.font;
  if (!font?.hasGlyphForCodePoint) throw new Error("pdfkit no longer tells which characters a font has");
  return (codePoint) => font.hasGlyphForCodePoint?.(codePoint) ?? false;
}
