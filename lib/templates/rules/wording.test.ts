import { describe, expect, it } from "vitest";
import { type TemplateContent, templateContentSchema } from "../schema/content";
import type { WordRule } from "../schema/word-rule";
import { personalDataAsked, personalDataFindings } from "./personal-data";
import { exampleWordRules, wordingFindings } from "./wording";

const on = "2026-11-24";
const rule = (words: string, more: Partial<WordRule> = {}): WordRule => ({
  ...{ id: "1", kind: "forbidden", words, first: false, tag: "", severity: "warning", reason: "", example: false },
  ...{ fromOn: "2026-01-01", untilOn: null, ...more },
});
const said = (text: string, more: object = {}): TemplateContent =>
  templateContentSchema.parse({ type: "RICH_TEXT", text, ...more });
const paths = (content: TemplateContent, rules: WordRule[], tags: string[] = []) =>
  wordingFindings(content, rules, { on, tags }).map(({ path }) => path);

describe("forbidden words", () => {
  it("are found in every text, in buttons and in values that may be filled in", () => {
    const content = said("국내 최고의 상품", {
      buttons: [{ name: "최고의 혜택" }],
      variables: [{ name: "상품", samples: ["책상", "최고의 의자"] }],
    });
    expect(paths(content, [rule("최고의")])).toEqual(["text", "buttons.0.name", "variables.0.samples.1"]);
  });
  it.each([
    ["full width", "업계 １위"],
    ["decomposed", "업계 1위".normalize("NFD")],
    ["two spaces", "업계  1위"],
    ["a line break between", "업계\n1위"],
    ["an invisible character", "업\u200b계 1위"],
  ])("are found in %s", (_name, text) => {
    expect(paths(said(text), [rule("업계 1위")])).toEqual(["text"]);
  });
  it("are not found in addresses", () => {
    const content = said("안내", { buttons: [{ name: "보기", urlMobile: "https://a.example/best" }] });
    expect(paths(content, [rule("best")])).toEqual([]);
  });
  it("hold on their days alone, the last one too", () => {
    const dated = (fromOn: string, untilOn: string | null) => paths(said("최초"), [rule("최초", { fromOn, untilOn })]);
    expect(dated("2026-11-24", "2026-11-24")).toEqual(["text"]);
    expect(dated("2026-11-25", null)).toEqual([]);
    expect(dated("2026-01-01", "2026-11-23")).toEqual([]);
  });
});

describe("required words", () => {
  const mark = rule("(광고)", { kind: "required", first: true, tag: "광고", severity: "error" });
  it("are asked of templates with the tag alone", () => {
    expect(paths(said("할인합니다"), [mark])).toEqual([]);
    expect(paths(said("할인합니다"), [mark], ["광고"])).toEqual(["text"]);
    expect(paths(said("(광고) 할인합니다"), [mark], ["광고"])).toEqual([]);
    expect(paths(said("（광고）할인합니다"), [mark], ["광고"])).toEqual([]);
    expect(paths(said("할인합니다 (광고)"), [mark], ["광고"])).toEqual(["text"]);
  });
  it("stand where a reader sees them", () => {
    const optOut = rule("무료수신거부", { kind: "required" });
    const hidden = said("안내", { variables: [{ name: "a", samples: ["무료수신거부"] }] });
    expect(paths(hidden, [optOut])).toEqual(["text"]);
    expect(paths(said("안내", { buttons: [{ name: "무료수신거부" }] }), [optOut])).toEqual([]);
    expect(paths(templateContentSchema.parse({ type: "PLAIN_VIDEO" }), [optOut])).toEqual(["media"]);
  });
});

it("examples break no rule of their own shape and are none's official words", () => {
  expect(new Set(exampleWordRules.map(({ kind, words, tag }) => `${kind} ${words} ${tag}`)).size).toBe(
    exampleWordRules.length,
  );
  expect(exampleWordRules.every(({ reason }) => reason !== "" && !/공식|카카오/.test(reason))).toBe(true);
});

describe("asking for personal data", () => {
  it.each([
    ["성함과 연락처를 남겨 주십시오.", ["name", "phone"]],
    ["환불받으실 계좌번호를 입력해 주세요.", ["account"]],
    ["배송지 주소를 알려주세요", ["address"]],
    ["생년월일 입력 바랍니다.", ["birth"]],
    ["주민등록번호 앞자리를 보내 주세요", ["residentNumber"]],
    ["Please enter your name and phone number.", ["name", "phone"]],
    ["어떤 증상이 있는지 말씀해 주시겠어요?", ["health"]],
  ])("is seen in: %s", (text, kinds) => {
    expect(personalDataAsked(said(text))).toEqual([{ path: "text", kinds }]);
  });
  it.each([
    "자세한 내용은 이메일로 보내 드립니다.",
    "연락처로 문의를 남겨 주십시오.",
    "비밀번호나 카드번호는 이 창에 입력하지 마십시오.",
    "성함을 묻지 않습니다. 궁금한 점을 남겨 주십시오.",
    "이메일 주소는 help@hangyeol.example 입니다.",
    "배송지 바꾸기",
    "상품 이름: 오크 의자",
  ])("is not seen in: %s", (text) => {
    expect(personalDataAsked(said(text))).toEqual([]);
  });
  it("is a finding where no form covers the channel", () => {
    const [content, here, there] = [said("성함을 남겨 주세요."), "a", "b"];
    const rules = (channelId: string | null, forms: { channelId: string | null }[]) =>
      personalDataFindings(content, { channelId, forms }).map((one) => one.rule);
    expect(rules(here, [])).toEqual(["personalData.noConsent"]);
    expect(rules(here, [{ channelId: there }])).toEqual(["personalData.noConsent"]);
    expect(rules(here, [{ channelId: here }])).toEqual([]);
    expect(rules(null, [{ channelId: here }])).toEqual(["personalData.noConsent"]);
    expect(rules(null, [{ channelId: null }])).toEqual([]);
    expect(
      personalDataFindings(said("주민번호를 적어 주세요"), { channelId: null, forms: [{ channelId: null }] }),
    ).toMatchObject([{ path: "text", rule: "personalData.residentNumber" }]);
  });
});
