// Papers of many codes as one PDF: true to the millimetre at 100 %, letters embedded, each code one piece of vector content.
import PDFDocument from "pdfkit";
import { fontFile } from "@/lib/pdf/fonts";
import { breakLines, settable } from "@/lib/pdf/lines";
import { hasGlyph } from "@/lib/pdf/paper";
import { qrMatrix } from "@/lib/qr";
import { addRaw, logoPlace, pdfCode, type QrLogo, sideOf } from "@/lib/qr-draw";
import { type Paper, papers } from "./rules/prints";
import type { PrintKind } from "./schema/prints";
import type { QrSettings } from "./schema/qr";

export type SheetCode = {
  address: string;
  code: string;
  name: string;
  runNumber: number;
  settings: QrSettings;
  logo: QrLogo | null;
};

export type SheetWords = {
  /** Of each code, where its settings have none. */
  captionKo: string;
  captionEn: string;
  run: (number: number) => string;
};

const point = 72 / 25.4;
const quiet = "#5a636e";

/**
 * Draws a paper. @param at when it was ordered: the same order gives the same bytes
 * @param onDrawn called after each code with how many are drawn; waits for it
 */
export async function drawSheet(
  kind: Exclude<PrintKind, "files">,
  codes: AsyncIterable<SheetCode> | Iterable<SheetCode>,
  words: SheetWords,
  facts: { title: string; author: string; at: Date },
  onDrawn: (drawn: number) => Promise<void> = async () => undefined,
): Promise<Buffer> {
  const paper = papers[kind];
  const size: [number, number] = [paper.width * point, paper.height * point];
  const doc = new PDFDocument({
    ...{ size, margin: 0, font: "", pdfVersion: "1.7", lang: "ko-KR", autoFirstPage: false, displayTitle: true },
    info: {
      ...{ Title: facts.title, Author: facts.author, Creator: "Damso", Producer: "Damso" },
      ...{ CreationDate: facts.at, ModDate: facts.at },
    },
  });
  doc.registerFont("regular", fontFile("regular"));
  doc.registerFont("bold", fontFile("bold"));
  const parts: Buffer[] = [];
  const whole = new Promise<Buffer>((resolve, reject) => {
    doc.on("data", (part: Buffer) => parts.push(part));
    doc.on("end", () => resolve(Buffer.concat(parts)));
    doc.on("error", reject);
  });
  const each = paper.columns * paper.rows;
  let drawn = 0;
  let cell = 0;
  for await (const code of codes) {
    // A tent shows the same place on both halves, one of them upside down.
    for (const turned of kind === "tent" ? [true, false] : [false]) {
      if (cell % each === 0) doc.addPage();
      drawCell(doc, paper, cell % each, code, words, turned);
      cell += 1;
    }
    drawn += 1;
    await onDrawn(drawn);
  }
  doc.end();
  return whole;
}

type Doc = PDFKit.PDFDocument;

function drawCell(doc: Doc, paper: Paper, at: number, code: SheetCode, words: SheetWords, turned: boolean): void {
  const wide = (paper.width / paper.columns) * point;
  const high = (paper.height / paper.rows) * point;
  const x = (at % paper.columns) * wide;
  const y = Math.floor(at / paper.columns) * high;
  doc.save();
  if (turned) doc.rotate(180, { origin: [x + wide / 2, y + high / 2] });
  const side = paper.code * point;
  const edge = 3.5 * point;
  if (paper.set === "beside") {
    drawCode(doc, code, x + edge, y + (high - side) / 2, side);
    const left = x + edge + side + 1.5 * point;
    drawWords(doc, paper, code, words, { x: left, width: x + wide - edge - left, middle: y + high / 2, align: "left" });
  } else {
    const above = (high - side) * 0.3;
    drawCode(doc, code, x + (wide - side) / 2, y + above, side);
    const middle = y + above + side + (high - above - side) / 2;
    drawWords(doc, paper, code, words, { x: x + 10 * point, width: wide - 20 * point, middle, align: "center" });
  }
  doc.restore();
}

function drawCode(doc: Doc, { address, settings, logo }: SheetCode, x: number, y: number, side: number): void {
  const matrix = qrMatrix(address, settings.level);
  addRaw(doc, pdfCode(matrix, settings, { x, y, side }));
  if (!logo) return;
  const module = side / sideOf(matrix, settings);
  const { at, side: wide } = logoPlace(matrix, settings, logo.share);
  const box = wide * module;
  doc.rect(x + at * module, y + at * module, box, box).fill(settings.light);
  doc.image(logo.png, x + at * module, y + at * module, { fit: [box, box], align: "center", valign: "center" });
}

type Place = { x: number; width: number; middle: number; align: "left" | "center" };

/** Caption in Korean and English, what the place is called, its readable code and run number: set around the middle of the free room. */
function drawWords(doc: Doc, paper: Paper, code: SheetCode, words: SheetWords, place: Place): void {
  const small = Math.max(4.5, paper.letters * 0.68);
  const pieces = [
    { text: code.settings.captionKo || words.captionKo, weight: "bold", size: paper.letters, ink: "#000000", most: 2 },
    { text: code.settings.captionEn || words.captionEn, weight: "regular", size: small, ink: quiet, most: 2 },
    { text: code.name, weight: "regular", size: small, ink: "#000000", most: 2 },
    { text: `${code.code} · ${words.run(code.runNumber)}`, weight: "regular", size: small, ink: quiet, most: 3 },
  ] as const;
  const lines = pieces.flatMap((piece) => {
    doc.font(piece.weight).fontSize(piece.size);
    const { text } = settable(piece.text, hasGlyph(doc));
    const broken = breakLines(text, place.width, (part) => doc.widthOfString(part));
    return broken.slice(0, piece.most).map((line) => ({ ...piece, line, leading: piece.size * 1.35 }));
  });
  let y = place.middle - lines.reduce((sum, { leading }) => sum + leading, 0) / 2;
  for (const { line, weight, size, ink, leading } of lines) {
    doc.font(weight).fontSize(size).fillColor(ink);
    const shift = place.align === "center" ? (place.width - doc.widthOfString(line)) / 2 : 0;
    doc.text(line, place.x + shift, y, { lineBreak: false });
    y += leading;
  }
}
