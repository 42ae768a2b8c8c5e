import { describe, expect, it } from "vitest";
import { isSound } from "./form-sieve";

const form = (...parts: [string, string][]) =>
  Buffer.from(
    `${parts.map(([name, value]) => `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`).join("")}--x--\r\n`,
  );

describe("a form (P-22, P-38)", () => {
  it.each([
    [[["name", "한결"]]],
    [
      [
        ["$ACTION_REF_1", ""],
        ["$ACTION_1:0", '{"id":"a","bound":"$@1"}'],
        ["$ACTION_1:1", "[{}]"],
        ["note", "a\r\n--x y"],
      ],
    ],
    [
      [
        [
          "$ACTION_1:1",
          `[{"errors":{"name":"${"[".repeat(40)} \\"[[ $$5"},"values":{"list":["a","$$K9"]},"ok":"$undefined"}]`,
        ],
      ],
    ],
  ] as [string, string][][][])("is taken: %j", (parts) => {
    expect(isSound(form(...parts), "x", false)).toBe(true);
  });
  it("is taken from a page's own script", () => {
    expect(isSound(form(["1_name", "한결"], ["0", '[{},"$K1"]']), "x", true)).toBe(true);
    expect(isSound(Buffer.from("[]"), null, true)).toBe(true);
  });
  it.each([
    "",
    "null",
    "5",
    "{",
    "a\0b",
    "가",
    "[".repeat(10_000),
    `${"[".repeat(30)}${"]".repeat(30)}`,
    '["$Q9"]',
    '["$@9"]',
    '[{"a":"$F1"}]',
  ])("is refused with the arguments %j", (value) => {
    expect(isSound(form(["$ACTION_7:1", value]), "x", false)).toBe(false);
    expect(isSound(form(["0", value]), "x", true)).toBe(false);
    expect(isSound(Buffer.from(value), null, true)).toBe(false);
  });
  it("is refused without its action's arguments", () => {
    expect(isSound(form(["$ACTION_REF_1", ""], ["$ACTION_1:0", "{}"]), "x", false)).toBe(false);
    expect(isSound(form(["$ACTION_REF_1", ""], ["$ACTION_1:1", "[]"]), "x", false)).toBe(false);
  });
  it.each([
    "",
    "--x--",
    "--x\r\n\r\n--x--",
    "--x\r\nContent-Disposi",
    "--y\r\n",
    form(["a", "b"]).toString().slice(0, -6),
  ])("is refused when it is not whole: %j", (body) => {
    expect(isSound(Buffer.from(body), "x", false)).toBe(false);
    expect(isSound(form(["a", "b"]), "", false)).toBe(false);
  });
});
