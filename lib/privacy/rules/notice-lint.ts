// What the first automatic notice must say and must not say, as dated data. Our reading of guide and law; neither wrote these words.
import { companyCore } from "@/lib/channels/rules/company-name";
import type { Day } from "@/lib/clock";
import { textLength } from "@/lib/templates/rules/counting";
import { exceptionText, type NoticePeriods, type Processor, processorNames } from "./notice-facts";
import {
  longestNotice,
  type NoticeValues,
  noticeLimit,
  noticeVariables,
  openVariables,
  renderNotice,
} from "./notice-text";
import { periodsIn, periodText, samePeriod } from "./period-words";

export const noticeRuleKeys = [
  ...["length", "variables", "kept", "purpose", "period", "exceptions", "processors", "access"],
  ...["advertising", "promises", "lines"],
] as const;
export type NoticeRuleKey =
  | ("length" | "variables" | "kept" | "purpose" | "period" | "exceptions" | "processors" | "access")
  | ("advertising" | "promises" | "lines");

/** What the text is held against. */
export type NoticeFacts = { values: NoticeValues; periods: NoticePeriods; processors: readonly Processor[] };

export type NoticeVerdict = {
  rule: NoticeRuleKey;
  verdict: "ok" | "bad" | "advice";
  /** The sentence that satisfies the rule, or the one that breaks it; null: there is none. */
  sentence: string | null;
  /** Values for the words of the verdict: privacy.lint.<rule>.<verdict>. */
  values: Record<string, string | number>;
};

type Text = { source: string; sent: string; sentences: readonly string[]; facts: NoticeFacts };
type Found = Omit<NoticeVerdict, "rule">;
export type NoticeRule = {
  key: NoticeRuleKey;
  /** Where it comes from, as it is cited; empty: our own advice. */
  source: string;
  effectiveFrom: Day;
  /** Whether a text that breaks it may not be approved. */
  required: boolean;
  check: (text: Text) => Found;
};

const ok = (sentence: string | null = null, values: Found["values"] = {}): Found => ({
  verdict: "ok",
  sentence,
  values,
});
const bad = (sentence: string | null = null, values: Found["values"] = {}): Found => ({
  verdict: "bad",
  sentence,
  values,
});
const advice = (sentence: string | null, values: Found["values"]): Found => ({ verdict: "advice", sentence, values });

const keeping = /보관|보유|저장|기록/;
const negated = /(보관|보유|저장|기록)(하|되|을 하|을 남기)?지\s?(않|아니)|(보관|보유|저장)\s?안\s?[하합됩]/;
const talk = /(상담|대화|채팅|문의)[^.!?]{0,12}(내용|내역|기록|메시지|이력)/;
const aims = /위해|위하여|위한|목적/;
const consigning = /위탁|맡[기겨]|처리합니다|제공받|송수신/;
const rights = /열람|삭제|정정|처리\s?정지/;
const asking = /요청|요구|신청|문의|말씀/;
const sameWindow = /채팅방|대화방|채팅창|대화창|상담톡|카카오톡|이 창|여기/;

/** Words that make a notice an advertisement: ours, to be extended by the company's own list. */
const advertisingWords = [
  ...["할인", "특가", "세일", "쿠폰", "사은품", "경품", "무료 증정", "최저가", "프로모션", "이벤트 참여", "구매하기"],
  ...[
    "지금 구매",
    "신상품",
    "출시 기념",
    "혜택을 드",
    "적립금",
    "포인트 지급",
    "친구 추가하면",
    "채널 추가하면",
    "광고",
  ],
] as const;

/** Promises that the product, the policies or the contracts do not keep. */
const emptyPromises: readonly { words: RegExp; unless?: (facts: NoticeFacts) => boolean }[] = [
  { words: negated },
  { words: /(즉시|바로|곧바로)\s?(삭제|파기)(합니다|됩니다|해\s?드립니다)/ },
  { words: /영구(히|적으로)?\s?(보관|보존)/ },
  {
    words: /(제3자|외부|다른 회사)[^.!?]{0,15}(위탁|제공|공유)(하|되)?지\s?않/,
    unless: ({ processors }) => processors.length === 0,
  },
  { words: /24시간\s?(상담|운영|답변)/, unless: ({ values }) => /24시간/.test(values.hours ?? "") },
];

/** Lines that fit on a phone without scrolling; ours, seen at 360 × 800. */
export const visibleLines = 18;

export const noticeRules: readonly NoticeRule[] = [
  {
    ...{ key: "length", source: "가이드 1-2", effectiveFrom: "2026-11-22", required: true },
    check: ({ source }) => {
      const length = textLength(longestNotice(source));
      const values = { length, limit: noticeLimit };
      return length > noticeLimit || length === 0 ? bad(null, values) : ok(null, values);
    },
  },
  {
    ...{ key: "variables", source: "", effectiveFrom: "2026-11-22", required: true },
    check: ({ source, facts }) => {
      const { unknown, empty } = openVariables(source, facts.values);
      const names = [...unknown, ...empty.map((key) => noticeVariables[key].name)];
      return names.length === 0 ? ok() : bad(null, { names: names.join(", "), count: names.length });
    },
  },
  {
    ...{ key: "kept", source: "가이드 3-1", effectiveFrom: "2026-11-22", required: true },
    check: ({ sentences }) => {
      const said = sentences.find((one) => talk.test(one) && keeping.test(one.replace(talk, "")) && !negated.test(one));
      return said ? ok(said) : bad();
    },
  },
  {
    ...{ key: "purpose", source: "개인정보 보호법 제15조 제2항 제1호", effectiveFrom: "2023-09-15", required: true },
    check: ({ sentences }) => {
      const said = sentences.find((one) => aims.test(one) && keeping.test(one));
      return said ? ok(said) : bad();
    },
  },
  {
    ...{ key: "period", source: "개인정보 보호법 제15조 제2항 제3호", effectiveFrom: "2023-09-15", required: true },
    check: checkPeriod,
  },
  {
    ...{ key: "exceptions", source: "개인정보 보호법 제21조 제1항", effectiveFrom: "2023-09-15", required: false },
    check: ({ sent, sentences, facts }) => {
      const all = exceptionText(facts.periods);
      if (all === null) return ok();
      const named = periodsIn(sent);
      const left = facts.periods.exceptions.filter(
        ({ period }) => !named.some((one) => samePeriod(one.period, period)),
      );
      if (left.length === 0) return ok(sentences.find((one) => one.includes("법")) ?? null, { exceptions: all });
      return advice(null, { exceptions: all });
    },
  },
  {
    ...{
      key: "processors",
      source: "개인정보 보호법 제26조 제2항, 가이드 3-1",
      effectiveFrom: "2023-09-15",
      required: true,
    },
    check: ({ sent, sentences, facts }) => {
      const { processors } = facts;
      if (processors.length === 0) return bad(null, { names: "", none: 1 });
      const names = (["consignee", "subConsignee"] as const).flatMap((kind) =>
        (processorNames(processors, kind) ?? "").split(", ").filter((name) => name !== ""),
      );
      const core = companyCore(sent);
      const left = names.filter((name) => !core.includes(companyCore(name)));
      const said = sentences.find(
        (one) => consigning.test(one) && names.some((name) => companyCore(one).includes(companyCore(name))),
      );
      if (left.length > 0) return bad(said ?? null, { names: left.join(", "), none: 0 });
      return said ? ok(said, { names: names.join(", ") }) : bad(null, { names: names.join(", "), none: 0 });
    },
  },
  {
    ...{
      key: "access",
      source: "개인정보 보호법 시행령 제41조 제2항 제2호",
      effectiveFrom: "2023-09-15",
      required: true,
    },
    check: ({ sentences }) => {
      const said = sentences.filter((one) => rights.test(one) && asking.test(one));
      const here = said.find((one) => sameWindow.test(one));
      return here ? ok(here) : bad(said[0] ?? null);
    },
  },
  {
    ...{ key: "advertising", source: "", effectiveFrom: "2026-11-22", required: true },
    check: ({ sentences }) => {
      for (const sentence of sentences) {
        const word = advertisingWords.find((one) => sentence.replace(/\s/g, "").includes(one.replace(/\s/g, "")));
        if (word) return bad(sentence, { word });
      }
      return ok(null, { count: advertisingWords.length });
    },
  },
  {
    ...{ key: "promises", source: "개인정보 보호법 제30조 제3항", effectiveFrom: "2023-09-15", required: true },
    check: ({ sentences, facts }) => {
      const broken = sentences.find((one) =>
        emptyPromises.some(({ words, unless }) => words.test(one) && !unless?.(facts)),
      );
      return broken ? bad(broken) : ok();
    },
  },
  {
    ...{ key: "lines", source: "", effectiveFrom: "2026-11-22", required: false },
    check: ({ sent }) => {
      const lines = sent.split("\n").reduce((sum, one) => sum + Math.max(1, Math.ceil(widthOf(one) / 18)), 0);
      return lines > visibleLines ? advice(null, { lines, most: visibleLines }) : ok(null, { lines });
    },
  },
];

/** Every period in a sentence about keeping is the policy's own, or that of a category which is kept longer; and the policy's own is named. */
function checkPeriod({ sentences, facts }: Text): Found {
  const { main, exceptions } = facts.periods;
  if (!main) return bad(null, { expected: "", found: "" });
  const expected = periodText(main.period);
  const allowed = [main.period, ...exceptions.map(({ period }) => period)];
  let said: string | null = null;
  for (const sentence of sentences.filter((one) => keeping.test(one) || one.includes("파기"))) {
    for (const { words, period } of periodsIn(sentence)) {
      if (!allowed.some((one) => samePeriod(one, period))) return bad(sentence, { expected, found: words });
      if (samePeriod(main.period, period)) said ??= sentence;
    }
  }
  return said === null
    ? bad(null, { expected, found: "" })
    : ok(said, { expected, policy: main.number, version: main.version });
}

/** Width of a line in full-width characters. */
function widthOf(line: string): number {
  return [...line].reduce((sum, char) => sum + (/[\u1100-\uffdc]/.test(char) ? 1 : 0.5), 0);
}

/** Lines and sentences, without the bullets in front of them; headings in brackets say nothing. */
export function sentencesOf(text: string): string[] {
  return text
    .split("\n")
    .flatMap((line) => line.split(/(?<=[.!?])\s+/))
    .map((one) => one.replace(/^[\s·•\-–*▶■□]+/, "").trim())
    .filter((one) => one !== "" && !/^[[【〔<].*[\]】〕>]$/.test(one));
}

/** Every rule in force on a day over a text. */
export function lintNotice(source: string, facts: NoticeFacts, on: Day): NoticeVerdict[] {
  const sent = renderNotice(source, facts.values);
  const text: Text = { source, sent, sentences: sentencesOf(sent), facts };
  return noticeRules
    .filter((rule) => rule.effectiveFrom <= on)
    .map((rule) => {
      const found = rule.check(text);
      // A rule that is not required advises, whatever it found.
      const verdict = found.verdict === "bad" && !rule.required ? "advice" : found.verdict;
      return { rule: rule.key, ...found, verdict };
    });
}

/** What keeps a text from being submitted or approved. */
export function noticeFaults(source: string, facts: NoticeFacts, on: Day): NoticeVerdict[] {
  return lintNotice(source, facts, on).filter(({ verdict }) => verdict === "bad");
}
