import { describe, expect, it } from "vitest";
import { graphemes, textLength } from "./counting";

describe("the length of a message", () => {
  it.each([
    ["가나다", 3, 3],
    ["a b", 3, 3],
    ["가나다".normalize("NFD"), 3, 3],
    ["첫 줄\r\n둘째 줄", 8, 8],
    ["첫 줄\n둘째 줄", 8, 8],
    ["🙂", 2, 1],
    ["👨‍👩‍👧‍👦", 11, 1],
    ["🇰🇷", 4, 1],
    ["ㅎㅎ", 2, 2],
    ["ＡＢＣ", 3, 3],
    ["", 0, 0],
  ])("%j is %i units, %i characters", (text, units, seen) => {
    expect(textLength(text)).toBe(units);
    expect(graphemes(text)).toBe(seen);
  });
});
