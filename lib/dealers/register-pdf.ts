import { openPaper } from "@/lib/pdf/paper";
import type { RegisterSheet } from "./register-sheet";

/** Sets the final register on A4 pages. The same sheet gives the same bytes. @returns the PDF file */
export function drawRegister(sheet: RegisterSheet): Promise<Buffer> {
  const paper = openPaper({ title: sheet.title, author: sheet.company, at: sheet.madeAt });
  paper.paragraph(sheet.title, { size: 18, weight: "bold", leading: 28 });
  paper.paragraph(sheet.made, { size: 9, leading: 15, ink: "quiet" });
  for (const { title, rows } of sheet.sections) {
    paper.space(18);
    // A heading never stands alone at the foot of a page.
    paper.keep(72);
    paper.paragraph(title, { size: 12, weight: "bold", leading: 20 });
    paper.space(4);
    paper.rows(rows, { size: 9, leading: 14.5 });
  }
  const foot = `${sheet.title} · ${sheet.made}\nSHA-256 ${sheet.digest}`;
  return paper.end((page, of) => ({ left: foot, right: `${page} / ${of}` }));
}
