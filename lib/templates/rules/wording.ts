// The company's own words held against a message. Nothing here is official wording: the list is the company's, by day.
import type { Day } from "@/lib/clock";
import type { TemplateContent } from "../schema/content";
import type { AddWordRule, WordRule } from "../schema/word-rule";
import type { Finding } from "./report";
import { textsOf } from "./texts";

/** Whether a rule holds on a day, both ends included (KST). */
export const holdsOn = ({ fromOn, untilOn }: Pick<WordRule, "fromOn" | "untilOn">, on: Day): boolean =>
  fromOn <= on && (untilOn === null || on <= untilOn);

/**
 * Words of the company's list that a message breaks on a day: forbidden ones where they stand, required ones where they are missing.
 * Full width, letter case, invisible characters and runs of spaces make no difference.
 * @param tags of the template; rules with a tag look at templates with that tag alone
 */
export function wordingFindings(
  content: TemplateContent,
  rules: readonly WordRule[],
  { on, tags }: { on: Day; tags: readonly string[] },
): Finding[] {
  const held = rules.filter((rule) => holdsOn(rule, on) && (rule.tag === "" || tags.includes(rule.tag)));
  if (held.length === 0) return [];
  const said = saidIn(content);
  return held.flatMap((rule) => (rule.kind === "forbidden" ? forbidden(rule, said) : required(rule, said, content)));
}

type Said = { path: string; text: string; seen: boolean };

/** Texts with what may be filled into them: a value of a list is said as surely as the words around it. */
function saidIn(content: TemplateContent): Said[] {
  const texts = textsOf(content).filter(({ what }) => what === "words");
  const values = content.variables.flatMap(({ samples, longest }, at) => [
    ...samples.map((text, place) => ({ path: `variables.${at}.samples.${place}`, text, seen: false })),
    { path: `variables.${at}.longest`, text: longest, seen: false },
  ]);
  return [
    ...texts.map(({ path, text }) => ({ path, text: folded(text), seen: !path.endsWith(".alt") })),
    ...values.map(({ text, ...value }) => ({ ...value, text: folded(text) })),
  ];
}

function forbidden(rule: WordRule, said: readonly Said[]): Finding[] {
  const words = folded(rule.words);
  return said
    .filter(({ text }) => text.includes(words))
    .map(({ path }) => finding(path, rule, rule.reason === "" ? "wording.forbidden" : "wording.forbiddenWhy"));
}

/** Required words stand in what a reader sees: neither in an alternative text nor in a value that may not come. */
function required(rule: WordRule, said: readonly Said[], content: TemplateContent): Finding[] {
  const words = folded(rule.words);
  const seen = said.filter((one) => one.seen);
  const there = rule.first ? seen[0]?.text.startsWith(words) : seen.some(({ text }) => text.includes(words));
  if (there) return [];
  const path = seen[0]?.path ?? (content.type.startsWith("PLAIN_") && content.type !== "PLAIN_TEXT" ? "media" : "text");
  const name = rule.first ? "wording.requiredFirst" : "wording.required";
  return [finding(path, rule, rule.reason === "" ? name : `${name}Why`)];
}

const finding = (path: string, { words, reason, severity }: WordRule, rule: string): Finding => ({
  ...{ path, severity, rule, values: { words, reason }, source: "company", section: "" },
});

/** As words are compared. */
export const folded = (text: string): string =>
  text
    .normalize("NFKC")
    .replace(/\p{Cf}/gu, "")
    .replace(/\s+/g, " ")
    .trim()
    .toLowerCase();

type Example = Pick<AddWordRule, "kind" | "words" | "first" | "tag" | "severity" | "reason">;

/** Examples that a company may take over and change; none of them is an official list. */
export const exampleWordRules: readonly Example[] = [
  {
    ...{ kind: "required", words: "(광고)", first: true, tag: "광고", severity: "error" },
    reason: "광고성 정보임을 맨 앞에 밝힙니다",
  },
  {
    ...{ kind: "required", words: "무료수신거부", first: false, tag: "광고", severity: "error" },
    reason: "광고에는 수신을 거부하는 방법을 밝힙니다",
  },
  ...["최고의", "최초", "유일한", "업계 1위", "국내 1위", "100%"].map((words) => ({
    ...{ kind: "forbidden" as const, words, first: false, tag: "", severity: "warning" as const },
    reason: "근거 없이 최상급으로 말하지 않습니다",
  })),
  ...["완치", "부작용 없는", "특효", "치료 효과"].map((words) => ({
    ...{ kind: "forbidden" as const, words, first: false, tag: "", severity: "warning" as const },
    reason: "의료 효과를 단정하지 않습니다",
  })),
  ...["원금 보장", "확정 수익", "무조건 승인", "손실 없는"].map((words) => ({
    ...{ kind: "forbidden" as const, words, first: false, tag: "", severity: "warning" as const },
    reason: "금융 수익이나 승인을 단정하지 않습니다",
  })),
];
