import { describe, expect, it } from "vitest";
import { exampleContents } from "./examples";
import { judge } from "./judge";

describe("the examples", () => {
  it.each(exampleContents.map((content) => [content.type, content] as const))(
    "%s lacks nothing but its files",
    (_type, content) => {
      const wrong = judge(content, { media: new Map() }).findings.filter(({ severity }) => severity === "error");
      expect(wrong.filter(({ path }) => !/(^|\.)(picture|media)$/.test(path))).toEqual([]);
    },
  );
});
