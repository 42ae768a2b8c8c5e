// Press statistics as files: one line per total, day, hour and group, with the numbers of the page.
import writeExcelFile from "write-excel-file/node";
import { csvLine } from "@/lib/csv";
import type { Locale } from "@/lib/locale";
import { sentence } from "@/lib/messages";
import { conversionOf } from "./rules/statistics";
import type { Counts, PlacementStatistics, StatisticsGroup } from "./schema/statistics";

const columns = [
  ...["kind", "name", "code", "channel", "medium", "presses", "scans", "others"],
  ...["consults", "first", "returning", "conversion"],
] as const;

type Cell = string | number | null;

/** Share to four decimals, as spreadsheets reckon on; null where nobody pressed. */
const shareOf = (counts: Counts): number | null => {
  const value = conversionOf(counts);
  return value === null ? null : Math.round(value * 10_000) / 10_000;
};

/** Every line of the file in the order of its columns. */
export function statisticsCells(statistics: PlacementStatistics, by: StatisticsGroup, locale: Locale): Cell[][] {
  // A sentence is put together anew each time it is asked for: a thousand lines ask for the same few.
  const words = new Map<string, string>();
  const asked = (key: string) => {
    const word = words.get(key) ?? sentence(`placements.${key}`, locale);
    words.set(key, word);
    return word;
  };
  const say = (key: string) => asked(`statistics.${key}`);
  const counted = (row: Counts): Cell[] => [
    ...[row.presses, row.scans, row.others, row.consults],
    ...[row.consults - row.returning, row.returning, shareOf(row)],
  ];
  const line = (kind: string, name: string, row: Counts, about: Cell[] = ["", "", ""]) => [
    ...[kind, name, ...about],
    ...counted(row),
  ];
  const { compared } = statistics;
  const medium = (key: string) => (key === "" ? "" : asked(`medium.${key}`));
  const groupName = (row: PlacementStatistics["groups"][number]) =>
    row.key === "" ? say(`without.${by === "tag" ? "tag" : "campaign"}`) : by === "medium" ? medium(row.key) : row.name;
  return [
    line(say("export.total"), `${statistics.from} – ${statistics.to}`, statistics.total),
    ...(compared ? [line(say("export.compared"), `${compared.from} – ${compared.to}`, compared.total)] : []),
    ...statistics.days.map((row) => line(say("byDay"), row.day, row)),
    ...(compared?.days ?? []).map((row) => line(say("export.comparedDay"), row.day, row)),
    ...(statistics.hours ?? []).map((row) => [
      ...[say("byHour"), `${String(row.hour).padStart(2, "0")}:00`, "", "", "", row.presses, row.scans, row.others],
      ...[null, null, null, null],
    ]),
    ...statistics.groups.map((row) =>
      line(say(`by.${by}`), groupName(row), row, [row.code, row.channel, medium(row.medium)]),
    ),
  ];
}

const headOf = (locale: Locale) =>
  columns.map((key) =>
    sentence(
      /^(kind|name|code|channel|medium)$/.test(key)
        ? `placements.statistics.export.columns.${key}`
        : `placements.statistics.measures.${key}`,
      locale,
    ),
  );

/** @returns the CSV file with its byte order mark; a cell that a spreadsheet would take for a formula is made text (lib/csv) */
export async function statisticsCsv(
  statistics: PlacementStatistics,
  by: StatisticsGroup,
  locale: Locale,
): Promise<Buffer> {
  const lines = statisticsCells(statistics, by, locale).map(csvLine);
  return Buffer.from(`\ufeff${csvLine(headOf(locale))}${lines.join("")}`);
}

/** Every cell is text or a number, so that none is taken for a formula. @returns the XLSX file */
export function statisticsXlsx(statistics: PlacementStatistics, by: StatisticsGroup, locale: Locale): Promise<Buffer> {
  const text = (value: string) => ({
    value: value.toWellFormed().replace(/[\p{Cc}\ufffe\uffff]/gu, " "),
    type: String,
  });
  const head = headOf(locale).map((name) => ({ ...text(name), fontWeight: "bold" as const }));
  const body = statisticsCells(statistics, by, locale).map((row) =>
    row.map((cell) => (typeof cell === "number" ? { value: cell, type: Number } : text(cell ?? ""))),
  );
  const widths = [14, 28, 26, 18, 14, 10, 10, 14, 12, 12, 12, 10].map((width) => ({ width }));
  return writeExcelFile([head, ...body], {
    columns: widths,
    stickyRowsCount: 1,
    sheet: sentence("placements.statistics.title", locale),
  }).toBuffer();
}
