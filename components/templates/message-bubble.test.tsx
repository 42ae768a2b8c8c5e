import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { exampleContent, exampleContents } from "@/lib/templates/rules/examples";
import type { MediaFacts } from "@/lib/templates/rules/report";
import { textsOf } from "@/lib/templates/rules/texts";
import { type BubbleWords, MessageBubble } from "./message-bubble";

const words: BubbleWords = {
  ...{ room: "미리보기", channel: "한결생활", note: "실제 화면과 다를 수 있습니다", noPicture: "이미지 없음" },
  ...{ noMedia: "파일 없음", noWords: "문구를 쓰면 여기에 보입니다", buttons: "버튼", cards: "카드 묶음" },
  ...{ card: "카드 {at} / {of}", more: "더보기", coupon: "쿠폰", video: "비디오", audio: "오디오" },
};
const media = new Map<string, MediaFacts>();
const shown = (html: string) => html.replace(/<[^>]+>/g, "\n");

describe("a bubble", () => {
  it.each(exampleContents.map((content) => [content.type, content] as const))(
    "of %s says every word once, in its order",
    (_type, content) => {
      const html = renderToStaticMarkup(<MessageBubble content={content} view="source" media={media} words={words} />);
      const read = shown(html).replace(/\n/g, "");
      const expected = textsOf(content).filter(({ what }) => what === "words");
      for (const { text } of expected) expect(read).toContain(text.replaceAll("#{", "{"));
      const places = expected.map(({ text }) => read.indexOf(text.replaceAll("#{", "{")));
      expect(places.slice(0, 2)).toEqual([...places.slice(0, 2)].sort((one, other) => one - other));
      expect(html).not.toMatch(/<a |<button|style=/);
    },
  );

  it("fills what varies as the view asks", () => {
    const of = (view: "sample" | "longest") =>
      renderToStaticMarkup(
        <MessageBubble content={exampleContent("PLAIN_TEXT")} view={view} media={media} words={words} bare />,
      );
    expect(of("sample")).toContain("오크 의자는 내일");
    expect(of("longest")).toContain("접이식 원목 식탁 의자 2개 세트는 내일");
  });

  it("shows a picture of the library with what is said in its place, and a frame for one that is gone", () => {
    const mediaId = "00000000-0000-4000-8000-000000000001";
    const content = { ...exampleContent("RICH_IMAGE"), picture: { mediaId, alt: "오크 원목 의자" } };
    const facts: MediaFacts = {
      ...{ kind: "image", mime: "image/png", name: "chair.png", bytes: 1_000, width: 800, height: 400 },
      ...{ seconds: null, sha256: "0".repeat(64) },
    };
    const there = renderToStaticMarkup(
      <MessageBubble content={content} media={new Map([[mediaId, facts]])} words={words} />,
    );
    expect(there).toContain(`href="/templates/media/${mediaId}/file"`);
    expect(there).toContain('viewBox="0 0 800 400"');
    expect(there).toContain('aria-label="오크 원목 의자"');
    const gone = renderToStaticMarkup(<MessageBubble content={content} media={media} words={words} />);
    expect(gone).not.toContain("/file");
    expect(gone).toContain('aria-label="오크 원목 의자"');
  });

  it("names each card and the row of them, which the keyboard reaches", () => {
    const html = renderToStaticMarkup(
      <MessageBubble content={exampleContent("CAROUSEL_FEED")} media={media} words={words} />,
    );
    expect(html).toContain('aria-label="카드 2 / 2"');
    expect(html).toMatch(/aria-label="카드 묶음" tabindex="0"/);
  });
});
