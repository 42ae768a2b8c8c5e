import { describe, expect, it } from "vitest";
import { z } from "zod";
import { issueSentence, keptValues, readForm } from "./form-data";

function form(fields: [string, string][]): FormData {
  const data = new FormData();
  for (const [name, value] of fields) data.append(name, value);
  return data;
}

const schema = z.object({
  name: z.string().min(2).max(5),
  note: z.string().optional(),
  until: z.string().nullable(),
  tags: z.array(z.string()),
  size: z.number().int().max(10).optional(),
  live: z.boolean(),
});

describe("a form read for its schema", () => {
  it("keeps what the schema knows and drops the rest", () => {
    const data = form([
      ["name", "강남"],
      ["organizationId", "9"],
      ["role", "CLIENT_ADMIN"],
      ["__proto__", "x"],
      ["$ACTION_ID_7", ""],
    ]);
    expect(readForm(schema, data)).toEqual({
      input: { name: "강남", note: undefined, until: null, tags: [], size: undefined, live: false },
    });
  });
  it("makes lists, numbers, ticks and line ends", () => {
    const data = form([
      ["name", "강남"],
      ["note", "한 줄\r\n두 줄"],
      ["tags", "a"],
      ["size", "7"],
      ["live", "on"],
    ]);
    expect(readForm(schema, data)).toEqual({
      input: { name: "강남", note: "한 줄\n두 줄", until: null, tags: ["a"], size: 7, live: true },
    });
  });
  it("gives a repeated name to a single field as a list, which the schema refuses", () => {
    const read = readForm(
      schema,
      form([
        ["name", "a1"],
        ["name", "a2"],
      ]),
    );
    expect("input" in read && schema.safeParse(read.input).success).toBe(false);
  });
  it("knows a tick that must be set", () => {
    const consent = z.object({ agree: z.literal(true) });
    expect(readForm(consent, form([["agree", "on"]]))).toEqual({ input: { agree: true } });
    expect(readForm(consent, form([]))).toEqual({ input: { agree: false } });
  });
  it("reads through refinements and transforms", () => {
    const refined = schema.refine((value) => value.name !== "x").transform((value) => value.name);
    const read = readForm(
      refined,
      form([
        ["name", "강남"],
        ["tags", "a"],
        ["other", "1"],
      ]),
    );
    expect(read).toMatchObject({ input: { name: "강남", tags: ["a"] } });
  });
  it("refuses NUL, half characters and texts beyond every limit", () => {
    for (const text of ["a\0b", "a\ud800b"]) {
      expect(readForm(schema, form([["name", text]]))).toEqual({ refused: { field: "name", key: "errors.text" } });
    }
    expect(readForm(schema, form([["note", "x".repeat(100_001)]]))).toMatchObject({
      refused: { key: "errors.tooLong" },
    });
  });
});

describe("what is shown again", () => {
  it("never holds a secret", () => {
    const kept = keptValues(
      form([
        ["mail", "a@b.kr"],
        ["password", "p"],
        ["newPassword", "p"],
        ["otp", "1"],
        ["accessToken", "t"],
        ["tags", "a"],
        ["tags", "b"],
      ]),
    );
    expect(kept).toEqual({ mail: "a@b.kr", tags: ["a", "b"] });
  });
});

describe("an issue as a sentence", () => {
  const keys = new Set(["channels.searchId"]);
  function sentences(input: Record<string, unknown>, of: z.ZodType = schema) {
    const parsed = of.safeParse(input);
    return Object.fromEntries(
      (parsed.error?.issues ?? []).map((issue) => [issue.path[0], issueSentence(issue, input, (key) => keys.has(key))]),
    );
  }
  it("names the value and the repair", () => {
    expect(sentences({ name: "가나다라마바", until: null, tags: [], live: false, size: 11 })).toEqual({
      name: { key: "errors.tooLong", values: { max: 5, length: 6 } },
      size: { key: "errors.tooLarge", values: { max: 10 } },
    });
    expect(sentences({ name: "", until: null, tags: [], live: false, size: "칠" })).toEqual({
      name: { key: "errors.required" },
      size: { key: "errors.number" },
    });
  });
  it("prefers the schema's own sentence", () => {
    const own = z.object({ id: z.string().regex(/^@/, { error: "channels.searchId" }), mail: z.email() });
    expect(sentences({ id: "x", mail: "x" }, own)).toEqual({
      id: { key: "channels.searchId" },
      mail: { key: "errors.email" },
    });
  });
});
