// A letter that a company prints, signs and keeps: title, what it is about, a table, terms, the day, who signs.
import { openPaper, type Paper, type Style } from "./paper";

export type Letter = {
  /** Who issues it: author in the file's own description. */
  author: string;
  /** When what it says was laid down. */
  at: Date;
  /** Above the title, small: e.g. that the form is the company's own. */
  form: string;
  title: string;
  opening: string;
  rows: readonly (readonly [name: string, value: string])[];
  /** Numbered. */
  terms: readonly string[];
  day: string;
  /** Role and party, then its lines as name and value; a seal mark stands behind the last. */
  signature: { role: string; party: string; lines: readonly (readonly [name: string, value: string])[]; seal: string };
  /** To whom it goes, at the end. */
  to: string;
  /** Left foot of each page: document number and hash. */
  foot: string;
  /** Sentence for characters that the font does not have. */
  replaced: (count: number) => string;
};

const body: Style = { size: 10.5, leading: 18 };

/** Sets a letter on A4 pages. The same letter gives the same bytes. @returns the PDF file */
export function drawLetter(letter: Letter): Promise<Buffer> {
  const paper = openPaper({ title: letter.title, author: letter.author, at: letter.at });
  paper.paragraph(letter.form, { size: 8.5, leading: 14, ink: "quiet" });
  paper.space(26);
  paper.paragraph(letter.title, { size: 19, weight: "bold", leading: 30, align: "center" });
  paper.space(22);
  paper.paragraph(letter.opening, body);
  paper.space(14);
  paper.rows(letter.rows, { size: 10, leading: 16.5 });
  paper.space(14);
  for (const [index, term] of letter.terms.entries()) {
    paper.item(`${index + 1}.`, term, { size: 10, leading: 17 });
    paper.space(2);
  }
  paper.space(26);
  sign(paper, letter);
  if (paper.replaced() > 0) {
    paper.space(18);
    paper.paragraph(letter.replaced(paper.replaced()), { size: 8.5, leading: 14, ink: "quiet" });
  }
  return paper.end((page, of) => ({ left: letter.foot, right: `${page} / ${of}` }));
}

/** Day, signatures and addressee stay on one page. */
function sign(paper: Paper, { day, signature, to }: Letter): void {
  const name: Style = { ...body, ink: "quiet" };
  // 개인정보처리자 stands on one line.
  const [nameX, nameWidth, valueX, valueWidth] = [166, 80, 250, 180];
  const heights = signature.lines.map(([, value]) => Math.max(24, paper.heightOf(value, body, valueWidth) + 6));
  const partyHeight = Math.max(24, paper.heightOf(signature.party, { ...body, weight: "bold" }, valueWidth) + 6);
  paper.keep(30 + partyHeight + heights.reduce((sum, one) => sum + one, 0) + 50);
  paper.paragraph(day, { ...body, align: "center" });
  paper.space(18);
  paper.at(signature.role, name, { x: nameX, width: nameWidth });
  paper.at(signature.party, { ...body, weight: "bold" }, { x: valueX, width: valueWidth });
  paper.space(partyHeight);
  for (const [index, [label, value]] of signature.lines.entries()) {
    paper.at(label, name, { x: nameX, width: nameWidth });
    paper.at(value, body, { x: valueX, width: valueWidth });
    if (index === signature.lines.length - 1) paper.at(signature.seal, name, { x: valueX + valueWidth + 8, width: 40 });
    paper.space(heights[index] ?? 24);
  }
  paper.space(20);
  paper.paragraph(to, { ...body, weight: "bold" });
}
