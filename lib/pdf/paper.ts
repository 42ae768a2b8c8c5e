// A paper of A4 pages, set from top to bottom with embedded fonts. What must stay together moves to the next page together.
import PDFDocument from "pdfkit";
import { fontFile, type Weight } from "./fonts";
import { breakLines, settable } from "./lines";

/** Points. 20 mm at the sides and above, 24 mm below for the foot. */
const side = 57;
const top = 62;
const bottom = 68;
const pageWidth = 595.28;
const pageHeight = 841.89;
/** Width of what is set. */
export const contentWidth = pageWidth - 2 * side;

/** Room for the mark of an item. */
const indent = 16;

const inks = { text: "#16191d", quiet: "#5a636e", line: "#c3cad1" } as const;

export type Style = {
  size: number;
  weight?: Weight;
  leading?: number;
  ink?: "text" | "quiet";
  align?: "left" | "center" | "right";
};

export type PaperFacts = {
  title: string;
  author: string;
  subject?: string;
  /** When what it says was laid down: the same paper is the same bytes, whenever it is drawn. */
  at: Date;
};

export type Paper = {
  /** Characters that the font does not have, so far. */
  replaced: () => number;
  /** Begins a new page where less than `height` points are left. */
  keep: (height: number) => void;
  space: (height: number) => void;
  /** Height that a text takes, in points. */
  heightOf: (text: string, style: Style, width?: number) => number;
  paragraph: (text: string, style: Style) => void;
  /** A paragraph behind its mark; further lines stand under its first word. */
  item: (mark: string, text: string, style: Style) => void;
  /** Name and value side by side with a line below; a row is never split where it fits on a page. */
  rows: (rows: readonly (readonly [name: string, value: string])[], style: Style) => void;
  /** Sets lines at a place of this page without moving on. */
  at: (text: string, style: Style, place: { x: number; width: number; dy?: number }) => void;
  rule: () => void;
  /** A chat room: bubbles to the right of who uses it (`user`), remarks in the middle (`line`), whoever answers to the left. A bubble is never split where it fits on a page. */
  room: (bubbles: readonly { side: string; text: string }[]) => void;
  /** Foot of every page, then the whole file. @param foot lines of one page, 1 the first */
  end: (foot: (page: number, of: number) => { left: string; right: string }) => Promise<Buffer>;
};

/** Opens a paper. Nothing is asked of the network; the fonts come from the installed packages. */
export function openPaper(facts: PaperFacts): Paper {
  const doc = new PDFDocument({
    size: "A4",
    margin: 0,
    bufferPages: true,
    pdfVersion: "1.7",
    lang: "ko-KR",
    displayTitle: true,
    // No font of the format's own: everything is set with the embedded ones.
    font: "",
    info: {
      Title: facts.title,
      Author: facts.author,
      Subject: facts.subject ?? "",
      Creator: "Damso",
      Producer: "Damso",
      CreationDate: facts.at,
      ModDate: facts.at,
    },
  });
  const parts: Buffer[] = [];
  const whole = new Promise<Buffer>((resolve, reject) => {
    doc.on("data", (part: Buffer) => parts.push(part));
    doc.on("end", () => resolve(Buffer.concat(parts)));
    doc.on("error", reject);
  });
  doc.registerFont("regular", fontFile("regular"));
  doc.registerFont("bold", fontFile("bold"));

  let y = top;
  let replaced = 0;
  const floor = pageHeight - bottom;

  const choose = ({ size, weight = "regular" }: Style) => doc.font(weight).fontSize(size);
  const leadingOf = (style: Style) => style.leading ?? Math.round(style.size * 1.6);
  const settled = (text: string, style: Style) => {
    choose(style);
    return settable(text, hasGlyph(doc));
  };
  const linesOf = (text: string, style: Style, width: number) =>
    breakLines(settled(text, style).text, width, (piece) => choose(style).widthOfString(piece));
  const setLine = (line: string, style: Style, x: number, width: number, at: number) => {
    const own = choose(style).widthOfString(line);
    const shift = style.align === "center" ? (width - own) / 2 : style.align === "right" ? width - own : 0;
    // Text stands in the middle of its leading.
    const drop = (leadingOf(style) - style.size * 1.2) / 2;
    doc.fillColor(inks[style.ink ?? "text"]).text(line, x + shift, at + drop, { lineBreak: false });
  };
  const turn = () => {
    doc.addPage();
    y = top;
  };
  const keep = (height: number) => {
    if (y > top && y + height > floor) turn();
  };
  const line = (at: number) =>
    doc
      .moveTo(side, at)
      .lineTo(side + contentWidth, at)
      .lineWidth(0.6)
      .strokeColor(inks.line)
      .stroke();
  /** Sets lines one below the other, over as many pages as they need. */
  const setLines = (lines: readonly string[], style: Style, x: number, width: number) => {
    for (const one of lines) {
      if (y + leadingOf(style) > floor) turn();
      setLine(one, style, x, width, y);
      y += leadingOf(style);
    }
  };

  const setParagraph = (text: string, style: Style, x: number, width: number, mark?: string) => {
    replaced += settled(text, style).replaced;
    const lines = linesOf(text, style, width);
    keep(Math.min(2, lines.length) * leadingOf(style));
    if (mark !== undefined) setLine(mark, style, side, x - side, y);
    setLines(lines, style, x, width);
  };

  const setRoom = (bubbles: readonly { side: string; text: string }[]) => {
    const style: Style = { size: 8.5, leading: 13 };
    const [width, pad, inner] = [280, 7, 176];
    for (const { side: whose, text } of bubbles) {
      replaced += settled(text, style).replaced;
      const isLine = whose === "line";
      const lines = linesOf(text, style, (isLine ? width : inner) - 2 * pad);
      const height = lines.length * 13 + 2 * pad;
      keep(height + 6);
      const left = side + (whose === "user" ? width - inner - pad : isLine ? 0 : pad);
      doc.rect(side, y, width, height + 6).fill("#b9cbd9");
      if (!isLine) doc.roundedRect(left, y + 3, inner, height, 7).fill(whose === "user" ? "#fee500" : "#ffffff");
      const set: Style = isLine ? { ...style, align: "center" } : style;
      lines.forEach((one, at) => {
        setLine(one, set, left + pad, (isLine ? width : inner) - 2 * pad, y + 3 + pad + at * 13);
      });
      y += height + 6;
    }
  };

  return {
    room: setRoom,
    replaced: () => replaced,
    keep,
    space: (height) => {
      y += height;
    },
    heightOf: (text, style, width = contentWidth) => linesOf(text, style, width).length * leadingOf(style),
    paragraph: (text, style) => setParagraph(text, style, side, contentWidth),
    item: (mark, text, style) => setParagraph(text, style, side + indent, contentWidth - indent, mark),
    rows: (rows, style) => {
      const nameWidth = 104;
      const pad = 6;
      const valueX = side + nameWidth;
      const valueWidth = contentWidth - nameWidth;
      const nameStyle: Style = { ...style, ink: "quiet" };
      line(y);
      for (const [name, value] of rows) {
        replaced += settled(name, nameStyle).replaced + settled(value, style).replaced;
        const names = linesOf(name, nameStyle, nameWidth - 10);
        const values = linesOf(value, style, valueWidth);
        const height = Math.max(names.length, values.length) * leadingOf(style) + 2 * pad;
        keep(Math.min(height, floor - top));
        if (y === top) line(y);
        y += pad;
        for (const [index, one] of names.entries())
          setLine(one, nameStyle, side, nameWidth - 10, y + index * leadingOf(style));
        setLines(values, style, valueX, valueWidth);
        y += Math.max(0, names.length - values.length) * leadingOf(style) + pad;
        line(y);
      }
    },
    at: (text, style, { x, width, dy = 0 }) => {
      replaced += settled(text, style).replaced;
      for (const [index, one] of linesOf(text, style, width).entries())
        setLine(one, style, side + x, width, y + dy + index * leadingOf(style));
    },
    rule: () => {
      line(y);
    },
    end: (foot) => {
      const { count } = doc.bufferedPageRange();
      const style: Style = { size: 7.5, leading: 11, ink: "quiet" };
      for (let page = 0; page < count; page += 1) {
        doc.switchToPage(page);
        const { left, right } = foot(page + 1, count);
        const at = pageHeight - bottom + 22;
        line(at - 6);
        const wide = contentWidth - 60;
        for (const [index, one] of linesOf(left, style, wide).entries())
          setLine(one, style, side, wide, at + index * 11);
        setLine(settled(right, style).text, { ...style, align: "right" }, side + wide, 60, at);
      }
      doc.end();
      return whole;
    },
  };
}

type Chosen = { _font?: { font?: { hasGlyphForCodePoint?: (codePoint: number) => boolean } } };

/** Whether the chosen font draws a character. pdfkit knows, but its types do not say so. */
/** Whether the font that is chosen now has a character. */
export function hasGlyph(doc: PDFKit.PDFDocument): (codePoint: number) => boolean {
  const font = (doc as unknown as Chosen)._font?.font;
  if (!font?.hasGlyphForCodePoint) throw new Error("pdfkit no longer tells which characters a font has");
  return (codePoint) => font.hasGlyphForCodePoint?.(codePoint) ?? false;
}
