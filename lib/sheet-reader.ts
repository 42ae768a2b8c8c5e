// Lists that people hand in as CSV or as an Excel workbook, as the same lines of text.
import { readFile } from "node:fs/promises";
import { readSheet } from "read-excel-file/node";
import { type CsvLine, CsvRefused, csvText, readCsv } from "./csv-reader";
import { withBytes } from "./file-bytes";
import { FileRefused } from "./file-refusal";
import { assertZip } from "./zip-shape";

const longestCell = 20_000;

/**
 * Lines of a CSV file or of the first sheet of an .xlsx workbook, empty ones left out. Days of a workbook come as "YYYY-MM-DD".
 * @param mostLines heading included
 * @throws CsvRefused when it is no list or longer; FileRefused when the archive is hostile, encrypted or damaged
 */
export async function readSheetFile(source: { path: string; bytes: number }, mostLines: number): Promise<CsvLine[]> {
  const bytes = await readFile(source.path);
  if (bytes.subarray(0, 2).toString("latin1") !== "PK" && bytes.readUInt16BE(0) !== 0xd0cf)
    return readCsv(csvText(bytes), mostLines);
  await withBytes(source, (archive) => assertZip(archive, ["[Content_Types].xml", "xl/workbook.xml"]));
  const rows = await readSheet(bytes).catch(() => {
    throw new FileRefused("damaged");
  });
  const lines = rows
    .map((cells, at) => ({ line: at + 1, cells: cells.map(textOf) }))
    .filter(({ cells }) => cells.some((cell) => cell !== ""));
  if (lines.length > mostLines) throw new CsvRefused("tooLong");
  if (lines.some(({ cells }) => cells.some((cell) => cell.length > longestCell))) throw new CsvRefused("malformed");
  return lines;
}

function textOf(cell: unknown): string {
  if (cell === null || cell === undefined) return "";
  if (cell instanceof Date) return Number.isNaN(cell.getTime()) ? "" : cell.toISOString().slice(0, 10);
  return String(cell).trim();
}
