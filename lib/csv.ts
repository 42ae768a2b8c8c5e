/**
 * CSV as RFC 4180 says it, for spreadsheets: a byte order mark so that Hangul is read as UTF-8, CR LF, every cell in quotes.
 * A cell that a spreadsheet would take for a formula (it begins with = + - @ TAB CR LF or a full-width ＝ ＋ － ＠) gets an
 * apostrophe in front; nothing else is changed. https://owasp.org/www-community/attacks/CSV_Injection (2026-11-22)
 */
const formula = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/;

export type CsvCell = string | number | null;

/** One line with its end. Numbers stay numbers; null is an empty cell. */
export function csvLine(cells: readonly CsvCell[]): string {
  return `${cells.map(csvCell).join(",")}\r\n`;
}

function csvCell(cell: CsvCell): string {
  if (cell === null) return '""';
  if (typeof cell === "number") return Number.isFinite(cell) ? String(cell) : '""';
  const text = cell.toWellFormed().replaceAll("\u0000", "\ufffd");
  return `"${(formula.test(text) ? `'${text}` : text).replaceAll('"', '""')}"`;
}

/**
 * A CSV file as a stream: pages of rows are asked for as fast as they are read, so a long list needs little memory.
 * When the reader goes away the source is told to end; when the source fails the stream breaks off, so that no half file looks whole.
 */
export function csvStream(
  head: readonly string[],
  pages: AsyncGenerator<readonly (readonly CsvCell[])[]>,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  return new ReadableStream<Uint8Array>(
    {
      start(controller) {
        controller.enqueue(encoder.encode(`\ufeff${csvLine(head)}`));
      },
      async pull(controller) {
        const { value, done } = await pages.next();
        if (done) controller.close();
        else controller.enqueue(encoder.encode(value.map(csvLine).join("")));
      },
      async cancel() {
        await pages.return(undefined);
      },
    },
    { highWaterMark: 1 },
  );
}
