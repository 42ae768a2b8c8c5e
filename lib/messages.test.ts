import { describe, expect, it } from "vitest";
import { hasSentence, loadMessages, sentence } from "./messages";

type Leaf = [key: string, text: string];

function leaves(tree: ReturnType<typeof loadMessages>, path = ""): Leaf[] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === "string" ? [[`${path}${key}`, value] as Leaf] : leaves(value, `${path}${key}.`),
  );
}

/** The names in braces, plural and select branches included. */
function placeholders(text: string): string[] {
  return [...new Set([...text.matchAll(/\{\s*(\w+)\s*[,}]/g)].map((match) => match[1] ?? ""))].sort();
}

const ko = new Map(leaves(loadMessages("ko")));
const en = new Map(leaves(loadMessages("en")));

describe("the languages", () => {
  it("hold the same keys", () => {
    expect([...en.keys()].sort()).toEqual([...ko.keys()].sort());
  });
  it("name the same values in each sentence", () => {
    for (const [key, text] of ko) {
      expect({ key, names: placeholders(en.get(key) ?? "") }).toEqual({ key, names: placeholders(text) });
    }
  });
  it("leave no sentence empty and raise no voice", () => {
    for (const [key, text] of [...ko, ...en]) {
      expect({ key, empty: text.trim() === "" }).toEqual({ key, empty: false });
      expect({ key, loud: text.includes("!") }).toEqual({ key, loud: false });
    }
  });
});

describe("a sentence by its key", () => {
  it("is filled with its values in both languages", () => {
    expect(sentence("errors.tooLong", "ko", { max: 15, length: 18 })).toBe("18자입니다. 15자까지 넣을 수 있습니다.");
    expect(sentence("errors.tooLong", "en", { max: 15, length: 18 })).toContain("15");
  });
  it("does not follow a key that is no sentence", () => {
    expect(hasSentence("errors", "ko")).toBe(false);
    expect(hasSentence("__proto__.toString", "ko")).toBe(false);
    expect(sentence("errors.noSuchKey", "ko")).toBe("errors.noSuchKey");
  });
});
