import { describe, expect, it } from "vitest";
import { emptyContent, type TemplateContent, templateContentSchema } from "../schema/content";
import { contentFromForm, editContent } from "./editor";
import { formEntries } from "./editor-form";
import { exampleContent, exampleContents } from "./examples";

const form = (content: TemplateContent) => formEntries(content);

describe("a form of the editor", () => {
  it.each(exampleContents.map((content) => [content.type, content] as const))(
    "gives back %s as it stands",
    (_type, content) => {
      expect(contentFromForm(content, form(content))).toEqual(content);
      expect(contentFromForm(emptyContent(content.type), form(content))).toEqual(content);
    },
  );

  it("lays what was typed over what was there, and keeps what the form does not have", () => {
    const base = { ...exampleContent("RICH_TEXT"), title: "이 형식에 없는 제목" };
    const made = contentFromForm(base, [...form(base).filter(([name]) => name !== "title"), ["text", "새 글"]]);
    expect(made).toEqual({ ...base, text: "새 글" });
  });

  it("makes lists as long as the form says, and takes nothing beyond them", () => {
    const base = exampleContent("RICH_TEXT");
    const made = contentFromForm(base, [
      ["buttons.length", "1"],
      ["buttons.0.name", "하나"],
      ["buttons.5.name", "없는 것"],
    ]);
    expect(made?.buttons.map(({ name }) => name)).toEqual(["하나"]);
  });

  it.each([
    ["__proto__.polluted", "x"],
    ["constructor.prototype.polluted", "x"],
    ["items.__proto__.polluted", "x"],
    ["items.99.title", "x"],
    ["text.length", "9"],
    ["nowhere", "x"],
    ["picture.mediaId", ""],
  ])("%s = %s changes nothing", (name, value) => {
    const base = exampleContent("WIDE_IMAGE");
    expect(contentFromForm(base, [[name, value]])).toEqual(base);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });

  it("refuses what is no message", () => {
    expect(contentFromForm(exampleContent("RICH_IMAGE"), [["picture.mediaId", "no id"]])).toBeNull();
    expect(contentFromForm(exampleContent("RICH_TEXT"), [["text", "x".repeat(5_001)]])).toBeNull();
  });

  it("reads samples by line, a length as a number, a tick as such", () => {
    const base = templateContentSchema.parse({ type: "PLAIN_TEXT", variables: [{ name: "상품" }] });
    const made = contentFromForm(base, [
      ...([
        ["variables.0.samples", "의자\r\n조명"],
        ["variables.0.max", "12"],
        ["variables.0.closed", "false"],
      ] as const),
      ["variables.0.closed", "on"],
    ]);
    expect(made?.variables[0]).toMatchObject({ samples: ["의자", "조명"], max: 12, closed: true });
  });
});

describe("an act of the editor", () => {
  const feed = exampleContent("CAROUSEL_FEED");
  const titles = (content: TemplateContent | null) => content?.items.map(({ title }) => title);

  it("adds, removes and moves cards, rows and buttons", () => {
    expect(titles(editContent(feed, "add.items"))).toEqual(["오크 의자", "스탠드 조명", ""]);
    expect(titles(editContent(feed, "remove.items.0"))).toEqual(["스탠드 조명"]);
    expect(titles(editContent(feed, "up.items.1"))).toEqual(["스탠드 조명", "오크 의자"]);
    expect(titles(editContent(feed, "down.items.0"))).toEqual(["스탠드 조명", "오크 의자"]);
    expect(editContent(feed, "remove.items.1.buttons.0")?.items[1]?.buttons.map(({ name }) => name)).toEqual([
      "수거 예약",
    ]);
    expect(editContent(feed, "add.items.0.buttons")?.items[0]?.buttons).toHaveLength(3);
  });

  it("opens and closes what may be there or not", () => {
    const list = exampleContent("ITEM_LIST");
    expect(editContent(list, "set.highlight")?.highlight).toEqual({ title: "", description: "", picture: null });
    expect(editContent(list, "clear.summary")?.summary).toBeNull();
  });

  it("puts the variables that a text uses into the table, once", () => {
    const text = { ...emptyContent("PLAIN_TEXT"), text: "#{이름} 님, #{상품}과 #{상품}" };
    const made = editContent(text, "declare");
    expect(made?.variables.map(({ name }) => name)).toEqual(["이름", "상품"]);
    expect(made && editContent(made, "declare")).toEqual(made);
  });

  it.each([
    "remove.items.9",
    "up.items.0",
    "down.items.1",
    "add.text",
    "set.text",
    "type.NO",
    "burn.items.0",
    "",
    "remove.items.-1",
  ])("%s is none", (act) => {
    expect(editContent(feed, act)).toBeNull();
  });
});
