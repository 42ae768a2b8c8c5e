// The company's block list as a file: which columns, which lines can be saved, and what is wrong with the others. Pure.
import type { Day } from "@/lib/clock";
import { Refused } from "@/lib/errors";
import { blockLabelSchema, blockReasonSchema } from "../schema/blocks";

/** Lines of one file besides its heading. */
export const mostBlockRows = 5_000;

export const blockColumns = ["label", "reason", "blockedOn"] as const;
export type BlockColumn = (typeof blockColumns)[number];

/** Headings that people write, and those of our own export in both languages. */
const headings: Readonly<Record<BlockColumn, readonly string[]>> = {
  label: ["label", "name", "nickname", "이름", "닉네임", "별명", "표시 이름", "이용자"],
  reason: ["reason", "사유", "차단 사유", "까닭"],
  blockedOn: ["blockedon", "blocked on", "date", "차단일", "차단한 날", "날짜"],
};

export type BlockRow = { line: number; label: string; reason: string; blockedOn: Day | null };
export type BlockFault = {
  line: number;
  column: BlockColumn;
  code: "required" | "tooLong" | "text" | "date" | "future" | "repeated";
  /** What stands there, cut short. */
  value: string;
  /** The line that says the same, of `repeated`. */
  other: number;
};
export type BlockList = { rows: BlockRow[]; faults: BlockFault[] };

/**
 * Judges the lines of a file: each can be saved or has one fault. The same name blocked on the same day is the same person.
 * @param today KST: a block of the future is a slip of the keyboard
 * @throws Refused beside `file` when the first line does not name the column of names, or nothing follows it
 */
export function readBlockList(lines: readonly { line: number; cells: readonly string[] }[], today: Day): BlockList {
  const [head, ...rest] = lines;
  const places = columnsOf(head?.cells ?? []);
  if (places.label === undefined) throw new Refused("channels.blocks.file.heading", "file");
  if (rest.length === 0) throw new Refused("channels.blocks.file.noRows", "file");
  const seen = new Map<string, number>();
  const list: BlockList = { rows: [], faults: [] };
  for (const { line, cells } of rest) {
    const cell = (column: BlockColumn) => cells[places[column] ?? -1] ?? "";
    const found = judge(line, cell, today);
    if ("code" in found) {
      list.faults.push(found);
      continue;
    }
    const key = JSON.stringify([sameLabel(found.label), found.blockedOn]);
    const other = seen.get(key);
    if (other === undefined) {
      seen.set(key, line);
      list.rows.push(found);
    } else list.faults.push({ line, column: "label", code: "repeated", value: shortened(found.label), other });
  }
  return list;
}

/** Names that are one name: as composed, without difference of case and of runs of spaces. */
export function sameLabel(label: string): string {
  return label.normalize("NFC").trim().replace(/\s+/gu, " ").toLowerCase();
}

/** Days as spreadsheets write them: 2025-03-01, 2025.3.1, 2025. 3. 1., 2025/03/01, 20250301. Null: no such day. */
export function writtenDay(text: string): Day | null {
  const match =
    /^(\d{4})\s*[-./년]\s*(\d{1,2})\s*[-./월]\s*(\d{1,2})\s*[.일]?$/.exec(text.trim()) ??
    /^(\d{4})(\d{2})(\d{2})$/.exec(text.trim());
  if (!match) return null;
  const [, year = "", month = "", date = ""] = match;
  const day = `${year}-${month.padStart(2, "0")}-${date.padStart(2, "0")}`;
  const at = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(at) || new Date(at).toISOString().slice(0, 10) !== day ? null : day;
}

function columnsOf(cells: readonly string[]): Partial<Record<BlockColumn, number>> {
  const places: Partial<Record<BlockColumn, number>> = {};
  for (const [place, cell] of cells.entries()) {
    const column = blockColumns.find((name) => headings[name].includes(sameLabel(cell)));
    if (column && places[column] === undefined) places[column] = place;
  }
  return places;
}

function judge(line: number, cell: (column: BlockColumn) => string, today: Day): BlockRow | BlockFault {
  const fault = (column: BlockColumn, code: BlockFault["code"]): BlockFault => ({
    ...{ line, column, code, other: 0 },
    value: shortened(cell(column)),
  });
  const label = blockLabelSchema.safeParse(cell("label"));
  if (!label.success) return fault("label", codeOf(cell("label"), 100));
  // A reason of some lines becomes one: the list shows it in one.
  const reason = blockReasonSchema.safeParse(cell("reason").replace(/\s+/gu, " "));
  if (!reason.success) return fault("reason", codeOf(cell("reason"), 500));
  const written = cell("blockedOn");
  const blockedOn = written.trim() === "" ? null : writtenDay(written);
  if (written.trim() !== "" && blockedOn === null) return fault("blockedOn", "date");
  if (blockedOn !== null && blockedOn > today) return fault("blockedOn", "future");
  return { line, label: label.data, reason: reason.data, blockedOn };
}

function codeOf(text: string, most: number): BlockFault["code"] {
  const plain = text.normalize("NFC").trim();
  if (plain === "") return "required";
  return plain.length > most ? "tooLong" : "text";
}

const shown = 40;

function shortened(text: string): string {
  const plain = text.replace(/[\p{Cc}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/gu, "�");
  return plain.length > shown ? `${plain.slice(0, shown).toWellFormed()}…` : plain.toWellFormed();
}
