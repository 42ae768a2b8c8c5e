import { describe, expect, it } from "vitest";
import { noticeDifference } from "./notice-difference";

const shown = (before: string, after: string) =>
  noticeDifference(before, after).map((line) =>
    line.kind === "same"
      ? `  ${line.text}`
      : `${line.kind === "added" ? "+" : "-"} ${line.parts.map(({ text, changed }) => (changed ? `[${text}]` : text)).join("")}`,
  );

describe("the difference of two texts", () => {
  it("pairs a changed line with its new form and marks the words", () => {
    expect(shown("안녕하세요\n보관 6개월 동안\n끝", "안녕하세요\n보관 1년 동안\n끝")).toEqual([
      "  안녕하세요",
      "- 보관 [6개월] 동안",
      "+ 보관 [1년] 동안",
      "  끝",
    ]);
  });

  it("shows lines that came or went whole", () => {
    expect(shown("가\n나", "가\n다\n라")).toEqual(["  가", "- [나]", "+ [다]", "+ [라]"]);
    expect(shown("가\n나", "가")).toEqual(["  가", "- [나]"]);
    expect(shown("", "가")).toEqual(["- ", "+ [가]"]);
  });

  it("numbers the lines of each text, and takes forms of Hangul and line ends for the same", () => {
    expect(noticeDifference("가\n나", "다\n나").map(({ number }) => number)).toEqual([1, 1, 2]);
    expect(noticeDifference("가나\n다".normalize("NFD"), "가나\r\n다").every(({ kind }) => kind === "same")).toBe(true);
  });
});
