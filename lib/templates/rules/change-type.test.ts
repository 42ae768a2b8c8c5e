import { describe, expect, it } from "vitest";
import { emptyContent, messageTypes, type TemplateContent } from "../schema/content";
import { changeType } from "./change-type";
import { compareContents } from "./compare";

const picture = { mediaId: "11111111-1111-4111-8111-111111111111", alt: "의자" };
const none = { urlMobile: "", urlPc: "", schemeAndroid: "", schemeIos: "" };
const button = (name: string) => ({
  ...{ ...none, type: "WL" as const, name, outside: false, extra: "", event: "" },
  urlMobile: `https://m.hangyeol.example/${name}`,
});
const rich: TemplateContent = {
  ...emptyContent("RICH_IMAGE"),
  ...{
    text: "조립 방법입니다",
    picture,
    pictureLink: "https://m.hangyeol.example/help",
    buttons: [button("설명서"), button("영상")],
  },
};

describe("a change of type", () => {
  it("keeps what both types have, and names what has no place", () => {
    const { content, lost } = changeType(rich, "RICH_TEXT");
    expect(content).toMatchObject({ type: "RICH_TEXT", text: rich.text, buttons: rich.buttons, picture: null });
    expect(lost).toEqual(["picture.mediaId", "picture.alt", "pictureLink"]);
    expect(changeType(rich, "WIDE_IMAGE").lost).toEqual(["pictureLink"]);
    expect(changeType(rich, "PLAIN_IMAGE").content.media).toEqual(picture);
    expect(changeType(changeType(rich, "PLAIN_IMAGE").content, "RICH_IMAGE").content.picture).toEqual(picture);
  });
  it("folds a message into a first card and unfolds it again", () => {
    const { content, lost } = changeType(rich, "CAROUSEL_FEED");
    expect(content.items).toMatchObject([{ text: rich.text, picture, buttons: rich.buttons }]);
    expect(lost).toEqual(["pictureLink"]);
    const back = changeType(content, "RICH_IMAGE");
    expect(back.content).toMatchObject({ text: rich.text, picture, buttons: rich.buttons });
    expect(back.lost).toEqual([]);
    const two = {
      ...content,
      items: [...content.items, { ...content.items[0], text: "둘째", buttons: [] }],
    } as TemplateContent;
    expect(changeType(two, "RICH_TEXT").lost).toContain("items.1.text");
  });
  it("changes nothing when the type stays, and never loses what it does not name", () => {
    expect(changeType(rich, "RICH_IMAGE")).toEqual({ content: rich, lost: [] });
    for (const from of messageTypes)
      for (const to of messageTypes) {
        const before = { ...rich, type: from };
        const { content, lost } = changeType(before, to);
        const texts = JSON.stringify(content);
        for (const { path, before: value } of compareContents(before, emptyContent(from)).filter((one) =>
          /text$|name$|alt$/.test(one.path),
        ))
          expect([from, to, path, texts.includes(value) || lost.includes(path)]).toEqual([from, to, path, true]);
      }
  });
});

it("compares two versions value by value", () => {
  const after = { ...rich, text: "조립 영상입니다", buttons: [rich.buttons[0] ?? button("x")] };
  expect(compareContents(rich, after)).toMatchObject([
    { path: "text", before: "조립 방법입니다", after: "조립 영상입니다" },
    { path: "buttons.1.urlMobile", after: "" },
    { path: "buttons.1.type", after: "" },
    { path: "buttons.1.name", before: "영상", after: "" },
  ]);
  expect(compareContents(rich, rich)).toEqual([]);
});
