import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { hasSentence } from "@/lib/messages";
import {
  emptyContent,
  type MessageType,
  messageTypes,
  type TemplateContent,
  type TemplateItem,
} from "../schema/content";
import { sentText } from "./counting";
import { isSendable, judge } from "./judge";
import type { Finding, JudgeWith, MediaFacts } from "./report";
import { fieldsOf } from "./shape";

const image = "11111111-1111-4111-8111-111111111111";
const facts = (more: Partial<MediaFacts> = {}): MediaFacts => ({
  ...{ kind: "image", mime: "image/jpeg", name: "의자.jpg", bytes: 200_000, width: 800, height: 400 },
  ...{ seconds: null, sha256: "0".repeat(64) },
  ...more,
});
const given = (more: Partial<MediaFacts> = {}): JudgeWith => ({ media: new Map([[image, facts(more)]]) });
const picture = { mediaId: image, alt: "오크 원목 의자" };
const link = { urlMobile: "https://m.hangyeol.example/return", urlPc: "", schemeAndroid: "", schemeIos: "" };
const item: TemplateItem = { title: "의자", text: "", picture, link: { ...link, urlMobile: "" }, buttons: [] };
const button = { ...link, type: "WL", name: "자세히", outside: false, extra: "", event: "" } as const;

/** A message of each type that may be sent as it is. */
const right: Readonly<Record<MessageType, Partial<TemplateContent>>> = {
  PLAIN_TEXT: { text: "안녕하세요" },
  PLAIN_IMAGE: { media: picture },
  PLAIN_FILE: { media: picture },
  PLAIN_VIDEO: { media: picture },
  PLAIN_AUDIO: { media: picture },
  RICH_TEXT: { text: "안녕하세요", buttons: [button] },
  RICH_IMAGE: { text: "안녕하세요", picture },
  WIDE_IMAGE: { text: "안녕하세요", picture },
  WIDE_ITEM_LIST: { title: "매장", items: Array.from({ length: 3 }, () => ({ ...item, link })) },
  CAROUSEL_FEED: { items: [item, item] },
  ITEM_LIST: {
    title: "반품 접수",
    list: [
      { title: "번호", description: "R1" },
      { title: "수거일", description: "11.25" },
    ],
  },
};
const factsOf: Partial<Record<MessageType, Partial<MediaFacts>>> = {
  PLAIN_VIDEO: { kind: "video", mime: "video/mp4" },
  PLAIN_AUDIO: { kind: "audio", mime: "audio/mpeg" },
};
const message = (type: MessageType, more: Partial<TemplateContent> = {}): TemplateContent => ({
  ...emptyContent(type),
  ...right[type],
  ...more,
});
const errors = (findings: readonly Finding[]) =>
  findings.filter(({ severity }) => severity === "error").map(({ path, rule }) => `${path} ${rule}`);
const errorsOf = (content: TemplateContent, facts: Partial<MediaFacts> = factsOf[content.type] ?? {}) =>
  errors(judge(content, given(facts)).findings);
const warningsOf = (content: TemplateContent, facts: Partial<MediaFacts> = {}) =>
  judge(content, given(facts))
    .findings.filter(({ severity }) => severity === "warning")
    .map(({ path, rule }) => `${path} ${rule}`);

describe("a message of each type", () => {
  it.each(messageTypes)("%s may be sent when it is complete, and holds what it needs", (type) => {
    expect(errorsOf(message(type))).toEqual([]);
    expect(isSendable(judge(emptyContent(type), given()))).toBe(false);
    expect(fieldsOf(type).length).toBeGreaterThan(0);
  });
});

// P-37: each limit of the guide (1-2), at the limit and one above, in every script. The last two count as Kakao's largest count would.
const scripts: readonly [string, (length: number) => string][] = [
  ["Hangul", (length) => "가".repeat(length)],
  ["Latin", (length) => "a".repeat(length)],
  [
    "mixed with spaces",
    (length) =>
      "가 a1"
        .repeat(length)
        .slice(0, length - 1)
        .concat("끝"),
  ],
  ["NFD", (length) => "한".repeat(length).normalize("NFD")],
  ["full width", (length) => "Ａ".repeat(length)],
  [
    "CRLF",
    (length) =>
      "a\r\n"
        .repeat(length)
        .slice(0, Math.floor(length / 2) * 3)
        .concat(length % 2 ? "b" : ""),
  ],
  ["emoji", (length) => "😀".repeat(Math.floor(length / 2)).concat(length % 2 ? "a" : "")],
  ["joined emoji", (length) => "👩‍👧".repeat(Math.floor(length / 5)).concat("a".repeat(length % 5))],
  ["flags", (length) => "🇰🇷".repeat(Math.floor(length / 4)).concat("a".repeat(length % 4))],
  ["old jamo", (length) => "ᄀᆞ".repeat(Math.floor(length / 2)).concat(length % 2 ? "a" : "")],
];
const cards = (at: number, more: object) => [0, 1].map((place) => (place === at ? { ...item, ...more } : item));
const rows = (at: number, more: object, length = 3) =>
  Array.from({ length }, (_, place) => ({ ...item, link, ...(place === at ? more : {}) }));
const pairs = (more: object) => [
  { title: "번호", description: "R1", ...more },
  { title: "수거일", description: "11.25" },
];
const pair = { title: "제목", description: "내용", picture: null };
type Limited = readonly [MessageType, string, number, (text: string) => Partial<TemplateContent>];
const limitsOfTheGuide: readonly Limited[] = [
  ...(["PLAIN_TEXT", "RICH_TEXT", "RICH_IMAGE"] as const).map(
    (type): Limited => [type, "text", 1_000, (text) => ({ text })],
  ),
  ["WIDE_IMAGE", "text", 76, (text) => ({ text })],
  ["WIDE_ITEM_LIST", "items.0.title", 25, (title) => ({ items: rows(0, { title }) })],
  ["WIDE_ITEM_LIST", "items.1.title", 30, (title) => ({ items: rows(1, { title }) })],
  ["WIDE_ITEM_LIST", "items.3.title", 30, (title) => ({ items: rows(3, { title }, 4) })],
  ["CAROUSEL_FEED", "items.1.title", 20, (title) => ({ items: cards(1, { title }) })],
  ["CAROUSEL_FEED", "items.0.text", 180, (text) => ({ items: cards(0, { text }) })],
  ["ITEM_LIST", "title", 16, (title) => ({ title })],
  ["ITEM_LIST", "highlight.title", 30, (title) => ({ highlight: { ...pair, title } })],
  ["ITEM_LIST", "highlight.description", 19, (description) => ({ highlight: { ...pair, description } })],
  ["ITEM_LIST", "highlight.title", 21, (title) => ({ highlight: { ...pair, title, picture } })],
  ["ITEM_LIST", "highlight.description", 13, (description) => ({ highlight: { ...pair, description, picture } })],
  ["ITEM_LIST", "list.0.title", 6, (title) => ({ list: pairs({ title }) })],
  ["ITEM_LIST", "list.0.description", 23, (description) => ({ list: pairs({ description }) })],
  ["ITEM_LIST", "summary.title", 6, (title) => ({ summary: { title, description: "1원" } })],
  ["ITEM_LIST", "summary.description", 14, (description) => ({ summary: { title: "합계", description } })],
  ["ITEM_LIST", "text", 700, (text) => ({ text })],
  ["ITEM_LIST", "extraText", 200, (extraText) => ({ extraText })],
];

describe("limits of the guide (1-2, P-37)", () => {
  for (const [type, path, limit, having] of limitsOfTheGuide)
    it.each(scripts)(`${type} ${path} holds ${limit} and not one more: %s`, (_script, written) => {
      const [full, over] = [written(limit), written(limit + 1)];
      expect([sentText(full).length, sentText(over).length]).toEqual([limit, limit + 1]);
      expect(errorsOf(message(type, having(full)))).toEqual([]);
      expect(errorsOf(message(type, having(over)))).toEqual([`${path} tooLong`]);
      for (const text of [full, over])
        expect(errorsOf(message(type, having(text.normalize("NFD"))))).toEqual(errorsOf(message(type, having(text))));
    });
});
const buttonsOf = (length: number) => Array.from({ length }, () => button);

describe("how many", () => {
  it.each([
    ["RICH_TEXT", 5],
    ["RICH_IMAGE", 5],
    ["WIDE_IMAGE", 2],
    ["WIDE_ITEM_LIST", 2],
    ["ITEM_LIST", 5],
  ] as const)("%s has at most %i buttons", (type, most) => {
    expect(errorsOf(message(type, { buttons: buttonsOf(most) }))).toEqual([]);
    expect(errorsOf(message(type, { buttons: buttonsOf(most + 1) }))).toEqual(["buttons buttons.many"]);
  });
  it("a coupon takes the place of a button", () => {
    expect(errorsOf(message("RICH_TEXT", { coupon: true, buttons: buttonsOf(4) }))).toEqual([]);
    expect(errorsOf(message("RICH_TEXT", { coupon: true, buttons: buttonsOf(5) }))).toEqual(["buttons buttons.coupon"]);
    expect(errorsOf(message("WIDE_IMAGE", { coupon: true }))).toEqual(["coupon notUsed"]);
  });
  it.each([
    ["WIDE_ITEM_LIST", 3, 4],
    ["CAROUSEL_FEED", 2, 6],
  ] as const)("%s has %i to %i cards", (type, least, most) => {
    const having = (length: number) =>
      errorsOf(
        message(type, { items: type === "CAROUSEL_FEED" ? Array.from({ length }, () => item) : rows(9, {}, length) }),
      );
    expect([having(least), having(most)]).toEqual([[], []]);
    expect([having(least - 1), having(most + 1)]).toEqual([["items few"], ["items many"]]);
  });
  it("an item list has 2 to 10 rows, a card two buttons", () => {
    const list = (length: number) => Array.from({ length }, () => ({ title: "번호", description: "1" }));
    expect(errorsOf(message("ITEM_LIST", { list: list(10) }))).toEqual([]);
    expect(errorsOf(message("ITEM_LIST", { list: list(11) }))).toEqual(["list many"]);
    expect(errorsOf(message("ITEM_LIST", { list: list(1) }))).toEqual(["list few"]);
    expect(errorsOf(message("CAROUSEL_FEED", { items: cards(1, { buttons: buttonsOf(3) }) }))).toEqual([
      "items.1.buttons buttons.many",
    ]);
  });
});

describe("buttons (field-facts 1.5)", () => {
  const one = (more: object) => message("RICH_TEXT", { buttons: [{ ...button, ...more }] });
  it("need what their kind needs", () => {
    expect(errorsOf(one({ urlMobile: "" }))).toEqual(["buttons.0.urlMobile address.required"]);
    expect(errorsOf(one({ type: "AL" }))).toEqual(["buttons.0 button.twoWays"]);
    expect(errorsOf(one({ type: "AL", schemeIos: "hangyeol://return" }))).toEqual([]);
    expect(errorsOf(one({ type: "BK" }))).toEqual(["buttons.0.urlMobile button.notUsed"]);
    expect(errorsOf(one({ type: "MD", urlMobile: "", extra: "pl_chair" }))).toEqual([]);
    expect(errorsOf(one({ type: "MD", urlMobile: "", extra: "의자" }))).toEqual(["buttons.0.extra extra.shape"]);
    expect(errorsOf(one({ name: " " }))).toEqual(["buttons.0.name required"]);
    expect(errorsOf(one({ type: "BT", urlMobile: "", event: "e".repeat(51) }))).toEqual(["buttons.0.event tooLong"]);
  });
  it("warn of what a dealer may refuse, and of the end of the session", () => {
    expect(warningsOf(one({ name: "가".repeat(15) }))).toEqual(["buttons.0.name tooLong"]);
    expect(warningsOf(message("WIDE_IMAGE", { buttons: [{ ...button, name: "가".repeat(9) }] }))).toEqual([
      "buttons.0.name tooLong",
    ]);
    expect(warningsOf(one({ urlMobile: "http://m.hangyeol.example/" }))).toEqual(["buttons.0.urlMobile address.http"]);
    expect(warningsOf(one({ type: "BT", urlMobile: "" }))).toEqual(["buttons.0 button.endsSession"]);
    const codes = new Set(["pl_chair"]);
    const unknown = one({ type: "BK", urlMobile: "", extra: "pl_table" });
    expect(judge(unknown, { ...given(), codes }).findings).toMatchObject([{ rule: "extra.unknown" }]);
  });
  it.each([
    ["javascript:alert(1)", "address.shape"],
    ["https://m.hangyeol.example/?phone=01012345678", "address.personal"],
    ["https://m.hangyeol.example/?phone=#{전화}", "address.personal"],
    ["https://kakao.com@evil.example/", "address.password"],
    ["//evil.example", "address.shape"],
  ])("do not lead to %s", (urlMobile, rule) => {
    const variables = [{ name: "전화", kind: "text", max: 11, longest: "", samples: ["x"], closed: false }] as const;
    const content = {
      ...one({ urlMobile }),
      variables: variables.map((one) => ({ ...one, samples: [...one.samples] })),
    };
    expect(errorsOf(content)).toEqual([`buttons.0.urlMobile ${rule}`]);
  });
  it("open no program of a page", () => {
    expect(errorsOf(one({ type: "AL", schemeIos: "javascript:alert(1)" }))).toEqual([
      "buttons.0.schemeIos scheme.shape",
    ]);
  });
});

describe("files and pictures", () => {
  const mb = 2 ** 20;
  it.each([
    ["PLAIN_IMAGE", 5, { mime: "image/png" }],
    ["PLAIN_FILE", 300, { kind: "file", mime: "application/pdf" }],
    ["PLAIN_VIDEO", 300, { kind: "video", mime: "video/mp4" }],
    ["PLAIN_AUDIO", 10, { kind: "audio", mime: "audio/mpeg" }],
  ] as const)("%s holds %i MB; between the two megabytes it warns", (type, most, more) => {
    const content = message(type);
    expect(errorsOf(content, { ...more, bytes: most * mb })).toEqual([]);
    expect(warningsOf(content, { ...more, bytes: most * mb })).toEqual(["media media.megabyte"]);
    expect(warningsOf(content, { ...more, bytes: most * 10 ** 6 })).toEqual([]);
    expect(errorsOf(content, { ...more, bytes: most * mb + 1 })).toEqual(["media media.bytes"]);
  });
  it("are of their kind and still there; a connection may have its own cap", () => {
    expect(errorsOf(message("PLAIN_IMAGE"), { mime: "image/webp" })).toEqual(["media media.format"]);
    expect(errorsOf(message("PLAIN_VIDEO"), { kind: "audio", mime: "audio/mpeg" })).toEqual(["media media.kind"]);
    expect(errors(judge(message("PLAIN_FILE"), { media: new Map() }).findings)).toEqual(["media media.gone"]);
    expect(judge(message("PLAIN_FILE"), { ...given(), fileCap: 100_000 }).findings).toMatchObject([
      { rule: "media.cap", severity: "warning" },
    ]);
  });
  it("in rich messages warn where dealers refuse", () => {
    const seen = (more: Partial<MediaFacts>) => warningsOf(message("RICH_IMAGE"), more);
    expect(seen({})).toEqual([]);
    expect(seen({ bytes: 500_001 })).toEqual(["picture picture.bytes"]);
    expect(seen({ mime: "image/gif" })).toEqual(["picture picture.format"]);
    expect(seen({ width: 499, height: 499 })).toEqual(["picture picture.narrow"]);
    expect(seen({ width: 801 })).toEqual(["picture picture.ratio"]);
    expect(seen({ width: 600, height: 800 })).toEqual([]);
    expect(seen({ width: 600, height: 801 })).toEqual(["picture picture.ratio"]);
    expect(warningsOf(message("RICH_IMAGE", { picture: { ...picture, alt: "" } }))).toEqual([
      "picture.alt picture.alt",
    ]);
  });
});

describe("variables", () => {
  const variable = { name: "상품명", kind: "text", max: 14, longest: "", samples: ["의자"], closed: false } as const;
  const declare = (more: object = {}) => [{ ...variable, samples: [...variable.samples], ...more }];
  const card = (title: string, variables: TemplateContent["variables"]) =>
    message("CAROUSEL_FEED", { items: cards(0, { title }), variables });
  it("count by their longest value: a title that overflows with it is an error", () => {
    const title = "#{상품명} 반품 방법";
    expect(errorsOf(card(title, declare({ max: 14 })))).toEqual([]);
    expect(judge(card(title, declare({ max: 14 })), given()).counts[0]).toMatchObject({
      count: 8,
      longest: 20,
      limit: 20,
    });
    expect(errorsOf(card(title, declare({ max: 15 })))).toEqual(["items.0.title longestTooLong"]);
    const closed = declare({ max: null, closed: true, samples: ["의자", "접이식 원목 식탁 의자 2개 세트"] });
    expect(judge(card(title, closed), given()).findings).toMatchObject([
      { rule: "longestTooLong", values: { variable: "상품명", value: "접이식 원목 식탁 의자 2개 세트", longest: 24 } },
    ]);
  });
  it("count particles by the longer form", () => {
    const text = (length: number) => card(`#{상품명}으로 ${"a".repeat(length)}`, declare({ max: 14 }));
    expect(errorsOf(text(3))).toEqual([]);
    expect(errorsOf(text(4))).toEqual(["items.0.title longestTooLong"]);
  });
  it("are declared, used, named once and know how long they may be", () => {
    expect(errorsOf(card("#{없음}", []))).toEqual(["items.0.title variable.undeclared"]);
    expect(warningsOf(card("의자", declare()))).toEqual(["variables.0.name variable.unused"]);
    expect(errorsOf(card("#{상품명}", [...declare(), ...declare()]))).toEqual(["variables.1.name variable.twice"]);
    expect(errorsOf(card("#{상품명}", declare({ max: null })))).toEqual(["variables.0.longest variable.noLongest"]);
    expect(errorsOf(card("#{상품명}", declare({ closed: true, samples: [""] })))).toEqual([
      "variables.0.samples variable.empty",
    ]);
    expect(errorsOf(card("#{상품명}", declare({ max: 1 })))).toEqual(["variables.0.samples.0 variable.sampleLong"]);
    expect(errorsOf(card("#{상품명", declare()))).toEqual(["items.0.title variable.open"]);
  });
});

it("says what a type has no place for", () => {
  expect(errorsOf(message("PLAIN_TEXT", { title: "제목", picture }))).toEqual(["picture notUsed", "title notUsed"]);
  expect(errorsOf(message("WIDE_ITEM_LIST", { items: rows(1, { text: "문구", buttons: [button] }) }))).toEqual([
    "items.1.text notUsed",
    "items.1.buttons notUsed",
  ]);
});

it("has a sentence for every rule, in both languages", () => {
  const source = ["judge", "judge-report", "judge-variables", "judge-addresses", "judge-media"]
    .map((name) => readFileSync(new URL(`./${name}.ts`, import.meta.url), "utf8"))
    .join("\n");
  const rules = new Set(
    [...source.matchAll(/(?:\.error|\.warning|\btold)\(\s*[^,]+,\s*"([\w.]+)"/g)].map(([, rule]) => rule),
  );
  expect(rules.size).toBeGreaterThan(30);
  for (const rule of rules)
    for (const locale of ["ko", "en"] as const)
      expect([rule, hasSentence(`templates.rule.${rule}`, locale)]).toEqual([rule, true]);
});
