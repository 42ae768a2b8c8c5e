// The destruction ledger (파기 관리대장) as files, with the columns of 표준 개인정보 보호지침 별지 제5호서식 and what the company adds.
import { createHash } from "node:crypto";
import writeExcelFile from "write-excel-file/node";
import { fullTime } from "@/lib/clock";
import { csvLine } from "@/lib/csv";
import type { Locale } from "@/lib/locale";
import { sentence } from "@/lib/messages";
import { openPaper } from "@/lib/pdf/paper";
import type { LedgerRow } from "./rules/ledger-row";

export type LedgerFile = { company: string; year: string | undefined; rows: readonly LedgerRow[]; now: Date };

const columns = [
  ...["number", "fileName", "material", "made", "destroyed", "count", "reason", "method"],
  ...["handledBy", "approvedBy", "backup", "digest"],
] as const;

type Cells = (string | number)[];

const headOf = (locale: Locale) => columns.map((key) => sentence(`retention.ledger.export.columns.${key}`, locale));

/** One line of the ledger in the order of the columns; only the count is a number. */
function cellsOf(row: LedgerRow, locale: Locale): Cells {
  const say = (key: string) => sentence(`retention.ledger.${key}`, locale);
  const reason = say(`reasons.${row.reason}`);
  return [
    row.number,
    row.fileName,
    say(`materials.${row.material}`),
    row.madeFrom === row.madeTo ? row.madeFrom : `${row.madeFrom} – ${row.madeTo}`,
    row.destroyedOn,
    row.count,
    row.reasonNote ? `${reason}: ${row.reasonNote}` : reason,
    say(`methods.${row.method}`),
    row.handledBy ?? say("byJob"),
    row.approvedBy ?? "",
    row.backupNote,
    row.digest,
  ];
}

/** @returns the CSV file with its byte order mark */
export function ledgerCsv({ rows }: LedgerFile, locale: Locale): Buffer {
  const lines = rows.map((row) => csvLine(cellsOf(row, locale)));
  return Buffer.from(`\ufeff${csvLine(headOf(locale))}${lines.join("")}`);
}

/** Every cell is text or a number, so that none is taken for a formula. @returns the XLSX file */
export function ledgerXlsx({ rows }: LedgerFile, locale: Locale): Promise<Buffer> {
  const text = (value: string) => ({
    value: value
      .toWellFormed()
      .replace(/[\p{Cc}\ufffe\uffff]/gu, " ")
      .slice(0, 32_000),
    type: String,
  });
  const head = headOf(locale).map((name) => ({ ...text(name), fontWeight: "bold" as const }));
  const body = rows.map((row) =>
    cellsOf(row, locale).map((cell) => (typeof cell === "number" ? { value: cell, type: Number } : text(cell))),
  );
  const widths = [12, 24, 12, 26, 12, 10, 30, 14, 14, 14, 30, 66].map((width) => ({ width }));
  return writeExcelFile([head, ...body], {
    columns: widths,
    stickyRowsCount: 1,
    sheet: sentence("retention.ledger.export.sheet", locale),
  }).toBuffer();
}

/** Sets the ledger on A4 pages. @returns the PDF file */
export function ledgerPdf({ company, year, rows, now }: LedgerFile, locale: Locale): Promise<Buffer> {
  const say = (key: string) => sentence(`retention.ledger.export.${key}`, locale);
  const title = say("title");
  const paper = openPaper({ title, author: company, at: now });
  paper.paragraph(title, { size: 18, weight: "bold", leading: 28 });
  paper.paragraph(company, { size: 10, leading: 16 });
  paper.space(8);
  paper.rows(
    [
      [say("year"), year ?? say("every")],
      [say("lines"), rows.length.toLocaleString("en-US")],
      [say("basis"), say("basisValue")],
    ],
    { size: 9, leading: 14.5 },
  );
  paper.space(12);
  const heads = headOf(locale);
  const all = rows.map((row) => cellsOf(row, locale));
  for (const cells of all) {
    const named = cells.flatMap((cell, at) => (at > 1 && cell !== "" ? [`${heads[at]} ${cell.toLocaleString()}`] : []));
    paper.keep(58);
    paper.paragraph(`${cells[0]}  ${cells[1]}`, { size: 9.5, weight: "bold", leading: 15 });
    paper.paragraph(named.join(" · "), { size: 8.5, leading: 13.5 });
    paper.space(4);
    paper.rule();
    paper.space(4);
  }
  const digest = createHash("sha256").update(JSON.stringify(all)).digest("hex");
  return paper.end((page, of) => ({
    left: `${title} · ${fullTime(now, locale, true)}\nSHA-256 ${digest}`,
    right: `${page} / ${of}`,
  }));
}
