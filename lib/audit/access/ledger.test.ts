// The ledger's workbook, unpacked: a spreadsheet finds texts in it and no formula, whatever reason somebody gave (trust.md P-39).
import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from "@zip.js/zip.js";
import { expect, it } from "vitest";
import { accessLedgerXlsx } from "./ledger";
import type { AccessRow } from "./queries";

const now = new Date("2026-11-23T03:00:00Z");
const openings = ["=HYPERLINK(1)", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", "＋1", "－1", "＠SUM(A1)"];
const rowOf = (text: string): AccessRow => ({
  ...{ id: "0a", at: now, actorKind: "person", actorId: "0b", actorName: text, address: "192.0.2.1" },
  ...{ subject: "ab".repeat(16), action: "read", sessionId: null, purpose: "", reason: text, count: 1 },
});

it("holds every cell as a text", async () => {
  const rows = openings.map(rowOf);
  const book = await accessLedgerXlsx({ company: "한결생활", plan: null, filter: {}, rows, now }, "ko");
  const zip = new ZipReader(new Uint8ArrayReader(book));
  const parts = new Map<string, string>();
  for (const entry of await zip.getEntries())
    if (!entry.directory)
      parts.set(entry.filename, Buffer.from(await entry.getData(new Uint8ArrayWriter())).toString("utf8"));
  const sheet = parts.get("xl/worksheets/sheet1.xml") ?? "";
  const cells = [...sheet.matchAll(/<c ([^>]*)>/g)].map(([, facts = ""]) => / t="([^"]*)"/.exec(` ${facts}`)?.[1]);
  expect(cells).toHaveLength((openings.length + 1) * 6);
  expect(cells.filter((type) => type !== "s" && type !== "inlineStr")).toEqual([]);
  expect(sheet).not.toMatch(/<f[ >]/);
  const texts = (parts.get("xl/sharedStrings.xml") ?? sheet).replaceAll("&apos;", "'");
  for (const text of openings) expect(texts).toContain(`>${text.replace(/[\t\r]/, " ")}<`);
});
