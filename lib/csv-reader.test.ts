import { describe, expect, it } from "vitest";
import { csvLine } from "./csv";
import { CsvRefused, csvText, readCsv } from "./csv-reader";

describe("csvText", () => {
  it("reads UTF-8 with and without a mark, and what Korean Excel writes", () => {
    expect(csvText(new TextEncoder().encode("\ufeff이름"))).toBe("이름");
    expect(csvText(new TextEncoder().encode("이름"))).toBe("이름");
    // 이름, 똠방각하: the second is in CP949 alone, not in EUC-KR.
    expect(csvText(Uint8Array.of(0xc0, 0xcc, 0xb8, 0xa7, 0x2c, 0x8c, 0x63, 0xb9, 0xe6, 0xb0, 0xa2, 0xc7, 0xcf))).toBe(
      "이름,똠방각하",
    );
  });
  it.each([
    ["a workbook", Uint8Array.of(0x50, 0x4b, 0x03, 0x04, 0, 0, 0xff)],
    ["UTF-16", Uint8Array.of(0xff, 0xfe, 0x74, 0xc7)],
    ["NUL", Uint8Array.of(0x61, 0, 0x62)],
  ])("refuses %s", (_, bytes) => {
    expect(() => csvText(bytes)).toThrow(CsvRefused);
  });
});

describe("readCsv", () => {
  it("keeps quotes, commas and line breaks inside their cell, and says where each line ends", () => {
    expect(readCsv('a,"b ""c"", d"\r\n\r\n"x\ny" , z\n', 10)).toEqual([
      { line: 1, cells: ["a", 'b "c", d'] },
      { line: 4, cells: ["x\ny", "z"] },
    ]);
  });
  it("takes back what our own export guarded, and nothing else", () => {
    const cells = ["=1+1", "'quoted'", "－dash", "plain"];
    expect(readCsv(csvLine(cells), 10)[0]?.cells).toEqual(cells);
  });
  it("lets lines be of different length, and leaves empty ones out", () => {
    expect(readCsv("a,b\nc\n,\nd,e,f", 10).map(({ cells }) => cells.length)).toEqual([2, 1, 3]);
  });
  it("refuses an open quote with its line, and more lines than asked for", () => {
    expect(() => readCsv('a\n"b', 10)).toThrow(expect.objectContaining({ code: "malformed" }));
    expect(() => readCsv(`a,${"x".repeat(30_000)}`, 10)).toThrow(expect.objectContaining({ code: "malformed" }));
    expect(readCsv("a\nb", 2)).toHaveLength(2);
    expect(() => readCsv("a\nb\nc", 2)).toThrow(expect.objectContaining({ code: "tooLong" }));
  });
});
