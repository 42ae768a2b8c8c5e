import { describe, expect, it } from "vitest";
import { messageTypes, templateContentSchema } from "../schema/content";
import { exampleContent } from "./examples";
import { payloadDealers } from "./payload";
import { isInferred, payloadPreview } from "./payload-preview";

describe("a payload before it is sent", () => {
  it.each(messageTypes)("of %s is JSON with the text's variables as they are written or filled", (type) => {
    const content = { ...exampleContent(type), text: "#{이름}님" };
    const filled = {
      ...content,
      variables: [
        { ...templateContentSchema.parse({ type, variables: [{}] }).variables[0], name: "이름", samples: ["하나"] },
      ],
    };
    for (const dealer of payloadDealers) {
      const source = payloadPreview(dealer, templateContentSchema.parse(filled), { view: "source", media: new Map() });
      const sample = payloadPreview(dealer, templateContentSchema.parse(filled), { view: "sample", media: new Map() });
      expect(() => JSON.parse(source.json)).not.toThrow();
      expect(sample.json).not.toContain("#{이름}");
      expect(source.path).toBe(sample.path);
    }
  });
  it("says of which types the inner names are inferred", () => {
    expect(messageTypes.filter(isInferred)).toEqual(["WIDE_ITEM_LIST", "CAROUSEL_FEED", "ITEM_LIST"]);
  });
});
