// The letter as a reader of PDF finds it: its fonts inside, its words as text, nothing from the network, whatever was typed.
import net from "node:net";
import { inflateSync } from "node:zlib";
import { afterEach, describe, expect, it, vi } from "vitest";
import { drawLetter, type Letter } from "./letter";
import { breakLines, placeholder, settable } from "./lines";

const long =
  "상담 메시지의 송수신, 상담 세션의 시작과 종료 처리, 이용자 식별값(user_key)의 생성과 전달, 첨부 파일의 전송과 보관에 필요한 처리";
const letter = (more: Partial<Letter> = {}): Letter => ({
  author: "주식회사 한결생활",
  at: new Date("2025-01-20T01:00:00Z"),
  form: "회사 서식 · RC-1",
  title: "개인정보 처리업무 재위탁 승인서",
  opening: "아래와 같이 승인합니다.",
  rows: [
    ["위탁자", "주식회사 한결생활"],
    ["범위", long],
  ],
  terms: ["첫째 조건입니다.", "둘째 조건입니다."],
  day: "2025년 1월 20일",
  signature: { role: "위탁자", party: "주식회사 한결생활", lines: [["성명", "최은영"]], seal: "(인)" },
  to: "인포뱅크 주식회사 귀중",
  foot: `RC-1\nSHA-256 ${"a".repeat(64)}`,
  replaced: (count) => `없는 문자 ${count}자`,
  ...more,
});

type Body = { head: string; stream: string };

/** Objects of the file by number; streams unpacked, as latin1. */
function objectsOf(file: Buffer): Map<number, Body> {
  const text = file.toString("latin1");
  return new Map(
    [...text.matchAll(/(\d+) 0 obj\n([\s\S]*?)\nendobj/g)].map(([, number, body = ""]) => {
      const [head = "", packed] = body.split(/\nstream\n/);
      if (packed === undefined) return [Number(number), { head, stream: "" }];
      const bytes = Buffer.from(packed.replace(/\nendstream$/, ""), "latin1");
      return [
        Number(number),
        { head, stream: (/FlateDecode/.test(head) ? inflateSync(bytes) : bytes).toString("latin1") },
      ];
    }),
  );
}

const reference = (head: string, key: string) => Number(new RegExp(`/${key} (\\d+) 0 R`).exec(head)?.[1]);

/** Character of each glyph, as the font's ToUnicode map says. */
function charactersOf(map: string): Map<number, string> {
  const found = new Map<number, string>();
  for (const [, from = "", list = ""] of map.matchAll(/<([0-9a-f]{4})> <[0-9a-f]{4}> \[([^\]]*)\]/g))
    for (const [index, [, hex = ""]] of [...list.matchAll(/<([0-9a-f]*)>/g)].entries()) {
      const text = Buffer.from(hex, "hex").swap16().toString("utf16le");
      found.set(Number.parseInt(from, 16) + index, text);
    }
  return found;
}

/** Lines of each page, from its glyphs back to characters: one per piece of text set. */
function pagesOf(file: Buffer): string[][] {
  const objects = objectsOf(file);
  const at = (number: number) => objects.get(number) ?? { head: "", stream: "" };
  return [...objects.values()]
    .filter(({ head }) => /\/Type \/Page\n/.test(head))
    .map(({ head }) => {
      const fonts = new Map(
        [...at(reference(head, "Resources")).head.matchAll(/\/(F\d+) (\d+) 0 R/g)].map(([, name = "", number]) => [
          name,
          charactersOf(at(reference(at(Number(number)).head, "ToUnicode")).stream),
        ]),
      );
      const content = at(reference(head, "Contents")).stream;
      return [...content.matchAll(/BT\n([\s\S]*?)\nET/g)].map(([, block = ""]) => {
        const font = fonts.get(/\/(F\d+) /.exec(block)?.[1] ?? "");
        const glyphs = [...block.matchAll(/<([0-9a-f]+)>/g)].flatMap(([, hex = ""]) => hex.match(/.{4}/g) ?? []);
        return glyphs.map((glyph) => font?.get(Number.parseInt(glyph, 16)) ?? "?").join("");
      });
    });
}

afterEach(() => {
  vi.restoreAllMocks();
});

describe("a letter", () => {
  it("can be read as text, page by page, with number and hash at the foot", async () => {
    const pages = pagesOf(await drawLetter(letter()));
    expect(pages).toHaveLength(1);
    const text = pages[0]?.join("\n") ?? "";
    for (const part of [
      "개인정보 처리업무 재위탁 승인서",
      "최은영",
      "(인)",
      "인포뱅크 주식회사 귀중",
      "1 / 1",
      "a".repeat(64),
    ])
      expect(text).toContain(part);
    expect(text.replaceAll("\n", " ")).toContain(long);
  });

  it("carries its fonts, cut down to what it uses, and names no other", async () => {
    const file = await drawLetter(letter());
    const fonts = [...objectsOf(file).values()].filter(({ head }) => /\/Type \/Font\n/.test(head));
    const names = fonts.flatMap(({ head }) => /\/BaseFont \/(\S+)/.exec(head)?.[1] ?? []);
    expect(new Set(names.map((name) => name.replace(/^[A-Z]{6}\+/, "")))).toEqual(
      new Set(["Pretendard-Regular", "Pretendard-Bold"]),
    );
    expect(names.every((name) => /^[A-Z]{6}\+/.test(name))).toBe(true);
    expect(file.toString("latin1").match(/\/FontFile3 \d+ 0 R/g)).toHaveLength(2);
    expect(file.length).toBeLessThan(200_000);
  });

  it("is the same bytes whenever it is drawn, and asks nothing of the network", async () => {
    const connect = vi.spyOn(net.Socket.prototype, "connect");
    const [one, other] = [await drawLetter(letter()), await drawLetter(letter())];
    expect(one.equals(other)).toBe(true);
    expect((await drawLetter(letter({ day: "2025년 1월 21일" }))).equals(one)).toBe(false);
    expect(connect).not.toHaveBeenCalled();
  });

  it("sets a long text over pages without losing a word, each page numbered, signatures together", async () => {
    const words = Array.from({ length: 900 }, (_, index) => `낱말${index}`);
    const pages = pagesOf(await drawLetter(letter({ rows: [["범위", words.join(" ")]] })));
    expect(pages.length).toBeGreaterThan(1);
    const set = pages.flatMap((lines) => lines.flatMap((line) => line.split(" ")));
    expect(set.filter((word) => /^낱말\d+$/.test(word))).toEqual(words);
    for (const [index, lines] of pages.entries()) expect(lines).toContain(`${index + 1} / ${pages.length}`);
    const last = pages.at(-1) ?? [];
    for (const part of ["2025년 1월 20일", "최은영", "(인)", "인포뱅크 주식회사 귀중"]) expect(last).toContain(part);
  });

  it("says of what it cannot set, once for each character that a reader sees", async () => {
    const text = pagesOf(await drawLetter(letter({ rows: [["항목", "상담 👩‍👩‍👧 漢 \u202e끝\u0000 \ud800"]] })))
      .flat()
      .join("\n");
    expect(text).toContain(`상담 ${placeholder} ${placeholder} 끝`);
    expect(text).toMatch(/없는 문자 [23]자/);
    for (const odd of ["\u202e", "\u0000", "\ud800"]) expect(text.includes(odd)).toBe(false);
    expect(
      pagesOf(await drawLetter(letter()))
        .flat()
        .join("\n"),
    ).not.toContain("없는 문자");
  });

  it("stands with empty and hostile texts", async () => {
    const bare = pagesOf(await drawLetter(letter({ rows: [["값", ""]] })));
    for (const value of [
      "",
      " ",
      "\n\n",
      "가".repeat(1_500),
      "a".repeat(1_000),
      ") Tj ET << /JS (x) >>",
      "<0041> \\(\\)",
    ]) {
      const pages = pagesOf(await drawLetter(letter({ rows: [["값", value]] })));
      expect(pages.length).toBeGreaterThan(0);
      // Feet of pages stand between the parts of a long one: what counts is that no character is lost.
      const [first = ""] = Array.from(value.trim());
      const count = (text: string) => text.split(first || "\0").length - 1;
      expect(count(pages.flat().join(""))).toBeGreaterThanOrEqual(count(bare.flat().join("")) + count(value));
    }
  });
});

describe("lines", () => {
  const measure = (text: string) => Array.from(text).length;
  it("break between words alone, and inside one only where it is wider than a line", () => {
    expect(breakLines("개인정보 처리업무 재위탁승인", 10, measure)).toEqual(["개인정보 처리업무", "재위탁승인"]);
    expect(breakLines("아주아주긴이름의회사", 4, measure)).toEqual(["아주아주", "긴이름의", "회사"]);
    expect(breakLines("가 나\n다", 10, measure)).toEqual(["가 나", "다"]);
    expect(breakLines("", 10, measure)).toEqual([""]);
  });
  it("never leave a scrap on the last line where the line before can give a word", () => {
    expect(breakLines("하나 둘 셋 넷째 끝", 9, measure)).toEqual(["하나 둘 셋", "넷째 끝"]);
    expect(breakLines("하나둘셋넷다섯여 끝", 8, measure)).toEqual(["하나둘셋넷다섯여", "끝"]);
  });
  it("are never wider than asked, and lose nothing", () => {
    for (let width = 1; width < 30; width += 1) {
      const lines = breakLines(`${long} ${"가".repeat(40)}`, width, measure);
      expect(Math.max(...lines.map(measure))).toBeLessThanOrEqual(width);
      expect(lines.join("").replaceAll(" ", "")).toBe(`${long}${"가".repeat(40)}`.replaceAll(" ", ""));
    }
  });
  it("hold composed characters, without marks that have no shape", () => {
    const has = (codePoint: number) => codePoint < 0x2000 || (codePoint >= 0xac00 && codePoint <= 0xd7a3);
    expect(settable("한결".normalize("NFD"), has)).toEqual({ text: "한결", replaced: 0 });
    expect(settable("가\u200b나\ufeff다\u00ad", has)).toEqual({ text: "가나다", replaced: 0 });
    expect(settable("가😀나", has)).toEqual({ text: `가${placeholder}나`, replaced: 1 });
    expect(settable("1\r\n2\t3", has)).toEqual({ text: "1\n2 3", replaced: 0 });
  });
});
