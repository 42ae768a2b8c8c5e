import { describe, expect, it } from "vitest";
import { line, note } from "./text";

const said = (text: string, schema = line(5, 1)) => {
  const { success, data, error } = schema.safeParse(text);
  return success ? data : error?.issues[0]?.message;
};

describe("typed text", () => {
  it("is NFC, without spaces around it, counted in characters", () => {
    expect(said("  한결 ".normalize("NFD"))).toBe("한결");
    expect([line(1).safeParse("😀").success, line(1).safeParse("가😀").success]).toEqual([true, false]);
  });
  it("may be empty unless something is asked for", () => {
    expect([line(5).parse(" "), note(5).parse("\n")]).toEqual(["", ""]);
    expect([said(" "), said("\n", note(5, 1))]).toEqual(["errors.required", "errors.required"]);
    expect([line(9, 3).safeParse("ab").success, line(9, 3).safeParse("abc").success]).toEqual([false, true]);
  });
  it.each(["a\nb", "a\tb", "a\u0000b", "a\u202eb", "a\u2066b", "a\u200fb", "a\u061cb", "a\u0085b", "a\ud800b"])(
    "is one line without control characters, marks of direction and halves: %j",
    (text) => expect(said(text)).toBe("errors.text"),
  );
  it("has line ends and tabs in a note, and nothing else of the kind", () => {
    expect(said("a\r\nb\tc", note(5))).toBe("a\nb\tc");
    for (const text of ["a\rb", "a\u0000b", "a\u202eb", "a\ud800b"]) expect(said(text, note(5))).toBe("errors.text");
  });
});
