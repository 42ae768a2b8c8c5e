// Cells of an exported consultation as a spreadsheet reads them (trust.md P-39): what anybody wrote stays a text.
import { parse } from "csv-parse/sync";
import { expect, it } from "vitest";
import { csvHead, csvOfMessage, type ExportedSession, jsonOfMessage } from "./export-rows";

const at = new Date("2026-11-19T06:48:00Z");
const session: ExportedSession = {
  ...{ id: "0a", externalId: "s-1", channel: "한결생활", user: "a1b2c3d4", openedAt: at, endedAt: null },
  ...{ endReason: null, extra: null, category: "general", dueOn: null },
};
const say = (key: string) => key;
const message = (text: string) => ({ at, direction: "in", kind: "text", content: { text } });
const cellsOf = (line: string): string[] => parse(line)[0] ?? [];

const openings = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1+1", "＋1", "－1", "＠SUM(A1)"];

it.each(openings)("keeps %j a text, whoever wrote it", (text) => {
  const all: ExportedSession = { ...session, externalId: text, channel: text, user: text, extra: text };
  const cells = cellsOf(csvOfMessage(all, message(text), false, say));
  for (const at of [0, 1, 2, 5, 11]) expect(cells[at]).toBe(`'${text}`);
  for (const cell of cells) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/);
});

it("keeps what is masked a text too, and takes nothing from what is harmless", () => {
  expect(cellsOf(csvOfMessage(session, message("=A1&010-1234-4821"), true, say)).at(-1)).toBe("'=A1&010-****-4821");
  expect(cellsOf(csvOfMessage(session, message('a=1, "b"\n=c'), true, say)).at(-1)).toBe('a=1, "b"\n=c');
});

it("has as many cells in every row as heads, with or without a message", () => {
  const heads = cellsOf(csvHead(say).slice(1)).length;
  for (const one of [message("말"), null]) expect(cellsOf(csvOfMessage(session, one, true, say))).toHaveLength(heads);
});

it("leaves JSON as it was said: no spreadsheet opens it", () => {
  expect(JSON.parse(jsonOfMessage(session, message("=1+1"), false)).content.text).toBe("=1+1");
});
