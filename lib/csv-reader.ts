// Reads lists that people made with a spreadsheet; lib/csv.ts writes them.
import { CsvError, parse } from "csv-parse/sync";
import { decode } from "iconv-lite";

/** One line of the list and where it stands in the file, counted from 1. */
export type CsvLine = { line: number; cells: string[] };

/** Why a text is no list. */
export class CsvRefused extends Error {
  override readonly name = "CsvRefused";
  /** @param line where reading stopped, from 1; 0 for the file as a whole */
  constructor(
    readonly code: "encoding" | "malformed" | "tooLong",
    readonly line = 0,
  ) {
    super(code);
  }
}

/**
 * The text of a CSV file: UTF-8 with or without a byte order mark, else CP949, which Korean Excel writes as "CSV".
 * @throws CsvRefused when it is neither, or no text at all
 */
export function csvText(bytes: Uint8Array): string {
  // Node's own decoder knows EUC-KR without the 8,822 syllables that CP949 adds, and says nothing about them.
  for (const text of [new TextDecoder().decode(bytes), decode(bytes, "cp949")])
    if (!/[\0\ufffd]/.test(text)) return text;
  throw new CsvRefused("encoding");
}

/** What our own export puts before a cell that a spreadsheet would take for a formula. */
const guarded = /^'(?=[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20])/;
/** UTF-16 units of one line. */
const longestLine = 20_000;

/**
 * Lines of a CSV text, empty ones left out. Cells come without spaces around them and without the apostrophe of our own export.
 * @throws CsvRefused when a quote is left open, a line is far too long, or there are more than `mostLines`
 */
export function readCsv(text: string, mostLines: number): CsvLine[] {
  try {
    const read = parse(text, {
      relax_column_count: true,
      skip_empty_lines: true,
      skip_records_with_empty_values: true,
      max_record_size: longestLine,
      trim: true,
      info: true,
      to: mostLines + 1,
    }) as unknown as { info: { lines: number }; record: string[] }[];
    if (read.length > mostLines) throw new CsvRefused("tooLong");
    return read.map(({ info, record }) => ({
      line: info.lines,
      cells: record.map((cell) => cell.replace(guarded, "")),
    }));
  } catch (error) {
    if (error instanceof CsvError) throw new CsvRefused("malformed", typeof error.lines === "number" ? error.lines : 0);
    throw error;
  }
}
