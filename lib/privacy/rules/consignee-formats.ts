// The published list in the forms that a company pastes into its own privacy policy. Korean, as the policy is. Pure.
import { csvLine } from "@/lib/csv";
import { escapeHtml } from "@/lib/html-text";
import type { ConsigneeEntry } from "./consignee-list";

export const consigneeColumns = [
  "수탁자",
  "위탁하는 업무의 내용",
  "보유 및 이용 기간",
  "재수탁자",
  "재위탁하는 업무의 내용",
] as const;

/** One line per sub-consignee; a consignee without any has one line. */
export function consigneeLines(entries: readonly ConsigneeEntry[]): string[][] {
  return entries.flatMap(({ consignee, work, period, subs }) =>
    (subs.length === 0 ? [{ name: "없음", work: "" }] : subs).map((sub) => [
      consignee,
      work,
      period,
      sub.name,
      sub.work,
    ]),
  );
}

/** A GitHub-flavoured table; what would break it is escaped. */
export function consigneeMarkdown(entries: readonly ConsigneeEntry[]): string {
  const row = (cells: readonly string[]) => `| ${cells.map(markdownCell).join(" | ")} |`;
  return `${[row(consigneeColumns), row(consigneeColumns.map(() => "---")), ...consigneeLines(entries).map(row)].join("\n")}\n`;
}

function markdownCell(text: string): string {
  if (text === "---") return text;
  return text
    .replace(/[\\`*_[\]<>|#~]/g, (mark) => `\\${mark}`)
    .replace(/\s*\n\s*/g, " ")
    .trim();
}

/** With a byte order mark, as every table of ours. */
export function consigneeCsv(entries: readonly ConsigneeEntry[]): string {
  return `\ufeff${[consigneeColumns, ...consigneeLines(entries)].map(csvLine).join("")}`;
}

/**
 * A table of plain HTML, without classes: it takes the look of the page into which it is pasted.
 * @param labels adds the column's name to each cell (data-label), for a page that shows rows as cards on a phone
 */
export function consigneeHtml(entries: readonly ConsigneeEntry[], { labels = false } = {}): string {
  const head = consigneeColumns.map((name) => `<th scope="col">${escapeHtml(name)}</th>`).join("");
  const cell = (column: number, text: string, more = "") => {
    const tag = column === 0 ? "th" : "td";
    const label = labels ? ` data-label="${escapeHtml(consigneeColumns[column] ?? "")}"` : "";
    return `<${tag}${column === 0 ? ' scope="rowgroup"' : ""}${more}${label}>${escapeHtml(text)}</${tag}>`;
  };
  const body = entries
    .map(({ consignee, work, period, subs }) => {
      const lines = subs.length === 0 ? [{ name: "없음", work: "" }] : subs;
      const span = lines.length > 1 ? ` rowspan="${lines.length}"` : "";
      const own = [consignee, work, period].map((text, column) => cell(column, text, span)).join("");
      const rows = lines.map(
        (sub, index) => `<tr>${index === 0 ? own : ""}${cell(3, sub.name)}${cell(4, sub.work)}</tr>`,
      );
      return `<tbody>${rows.join("")}</tbody>`;
    })
    .join("");
  return `<table><caption>개인정보 처리업무 위탁 현황</caption><thead><tr>${head}</tr></thead>${body}</table>`;
}
