// The ledger of access records (접속기록 대장) as files: the five items of each, who made it, and the plan it is kept under.
import { createHash } from "node:crypto";
import writeExcelFile from "write-excel-file/node";
import { clockTime, fullTime, kstDay } from "@/lib/clock";
import type { Locale } from "@/lib/locale";
import { hasSentence, sentence } from "@/lib/messages";
import { openPaper } from "@/lib/pdf/paper";
import type { AccessRow } from "./queries";
import type { PlanView } from "./rules";
import type { AccessFilter } from "./schema";

export type AccessLedger = {
  company: string;
  plan: PlanView | null;
  filter: AccessFilter;
  /** Oldest first. */
  rows: readonly AccessRow[];
  now: Date;
};

const columns = ["at", "who", "from", "whose", "what", "why"] as const;

/** One line per record, in the order of the columns. */
function linesOf({ rows }: AccessLedger, locale: Locale): string[][] {
  const word = (key: string, fallback: string) => (hasSentence(key, locale) ? sentence(key, locale) : fallback);
  return rows.map((row) => [
    `${kstDay(row.at)} ${clockTime(row.at, true)}`,
    row.actorName ?? word(`audit.actors.${row.actorKind}`, `${row.actorKind} ${row.actorId}`),
    row.address,
    row.subject || sentence("audit.access.people", locale, { count: row.count }),
    word(`audit.access.actions.${row.action}`, row.action),
    [row.purpose, row.reason].filter(Boolean).join(" · "),
  ]);
}

/** Sets the ledger on A4 pages. @returns the PDF file */
export function accessLedgerPdf(ledger: AccessLedger, locale: Locale): Promise<Buffer> {
  const say = (key: string, values?: Record<string, string | number>) =>
    sentence(`audit.access.ledger.${key}`, locale, values);
  const { company, plan, filter, rows, now } = ledger;
  const title = say("title");
  const paper = openPaper({ title, author: company, at: now });
  paper.paragraph(title, { size: 18, weight: "bold", leading: 28 });
  paper.paragraph(company, { size: 10, leading: 16 });
  paper.space(8);
  const period = `${filter.from ?? say("begin")} – ${filter.to ?? kstDay(now)}`;
  paper.rows(
    [
      [say("period"), period],
      [say("count"), rows.length.toLocaleString("en-US")],
      [say("plan"), plan ? say("planValue", { clause: plan.clause, years: plan.keepYears }) : say("noPlan")],
      [say("basis"), say("basisValue")],
    ],
    { size: 9, leading: 14.5 },
  );
  paper.space(14);
  const lines = linesOf(ledger, locale);
  for (const [at = "", who = "", from = "", whose = "", what = "", why = ""] of lines) {
    paper.keep(30);
    paper.paragraph(`${at}  ${who}  ${from}`, { size: 8.5, weight: "bold", leading: 13 });
    paper.paragraph([what, whose, why].filter(Boolean).join(" · "), { size: 8.5, leading: 13 });
    paper.space(3);
    paper.rule();
    paper.space(3);
  }
  const digest = createHash("sha256").update(JSON.stringify(lines)).digest("hex");
  return paper.end((page, of) => ({
    left: `${title} · ${fullTime(now, locale, true)}\nSHA-256 ${digest}`,
    right: `${page} / ${of}`,
  }));
}

/** The ledger as a workbook: every cell is text, so that none is taken for a formula. @returns the XLSX file */
export async function accessLedgerXlsx(ledger: AccessLedger, locale: Locale): Promise<Buffer> {
  const cell = (value: string, bold = false) => ({
    value: value
      .toWellFormed()
      .replace(/[\p{Cc}\ufffe\uffff]/gu, " ")
      .slice(0, 32_000),
    type: String,
    ...(bold ? { fontWeight: "bold" as const } : {}),
  });
  const head = columns.map((key) => cell(sentence(`audit.access.columns.${key}`, locale), true));
  const body = linesOf(ledger, locale).map((line) => line.map((value) => cell(value)));
  const widths = [20, 16, 18, 36, 18, 60].map((width) => ({ width }));
  return writeExcelFile([head, ...body], {
    columns: widths,
    stickyRowsCount: 1,
    sheet: sentence("audit.access.ledger.sheet", locale),
  }).toBuffer();
}
