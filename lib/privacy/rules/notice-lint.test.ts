import { describe, expect, it } from "vitest";
import type { PolicyTerm } from "@/lib/retention/rules/reckon";
import { exceptionText, type NoticePeriods, noticePeriods, processorNames } from "./notice-facts";
import { lintNotice, type NoticeFacts, noticeFaults, sentencesOf } from "./notice-lint";

const today = "2026-11-23";
const year: NoticePeriods["main"] = {
  ...{ policyId: "p", versionId: "v", number: 3, version: 12, period: { count: 1, unit: "years" as const } },
  since: new Date("2026-11-01T00:00:00Z"),
};
const processors = [
  { contractId: "c", contractNumber: "HG-2025-014", consignee: "주식회사 인포뱅크", subConsignee: "㈜카카오" },
];
const facts: NoticeFacts = {
  values: {
    ...{ company: "한결생활", channel: "한결생활", hours: "평일 09:00~18:00", period: "1년", exceptions: null },
    ...{ consignee: "인포뱅크", subConsignee: "카카오", contact: "1577-0000", policyPage: "hangyeol.example/privacy" },
  },
  periods: { main: year, exceptions: [] },
  processors,
};
const good = [
  "안녕하세요, #{회사명} 고객센터입니다.",
  "상담은 #{상담시간}에 운영합니다.",
  "",
  "[상담 내용 보관 안내]",
  "· 상담 내용은 문의 처리와 분쟁 대응을 위해 상담 종료 후 #{보유기간}간 #{회사명} 시스템에 보관한 뒤 파기합니다.",
  "· 상담 시스템 운영은 #{수탁자}에 위탁하며, #{수탁자}은(는) 메시지 송수신을 #{재수탁자}에 재위탁합니다.",
  "· 보관 내용의 열람, 삭제, 처리정지는 이 채팅방이나 #{문의처}(으)로 요청하실 수 있습니다.",
  "자세한 내용: #{처리방침}",
].join("\n");
const faults = (source: string, of: NoticeFacts = facts) => noticeFaults(source, of, today).map(({ rule }) => rule);
const without = (word: string) =>
  good
    .split("\n")
    .filter((one) => !one.includes(word))
    .join("\n");

describe("what a notice must say", () => {
  it("finds nothing in a text that says it all, and shows the sentence that satisfies each rule", () => {
    const verdicts = lintNotice(good, facts, today);
    expect(verdicts.map(({ verdict }) => verdict)).not.toContain("bad");
    expect(verdicts.find(({ rule }) => rule === "kept")?.sentence).toContain(
      "상담 내용은 문의 처리와 분쟁 대응을 위해",
    );
    expect(verdicts.find(({ rule }) => rule === "period")).toMatchObject({
      values: { expected: "1년", policy: 3, version: 12 },
    });
  });

  it.each([
    ["the fact of keeping, its purpose and its period", without("상담 내용은 문의"), ["kept", "purpose", "period"]],
    ["who processes", without("위탁하며"), ["processors"]],
    ["how to ask", without("처리정지"), ["access"]],
    ["the same window", good.replace("이 채팅방이나 ", ""), ["access"]],
    ["the purpose alone", good.replace("문의 처리와 분쟁 대응을 위해 ", ""), ["purpose"]],
  ])("misses %s", (_what, source, expected) => {
    expect(faults(source)).toEqual(expected);
  });

  it("refuses a period that is not the policy's, with the sentence that is wrong", () => {
    const [found] = noticeFaults(good.replace("#{보유기간}", "6개월"), facts, today);
    expect(found).toMatchObject({ rule: "period", values: { expected: "1년", found: "6개월" } });
    expect(found?.sentence).toContain("상담 종료 후 6개월간");
    expect(faults(good.replace("#{보유기간}", "12개월"))).toEqual([]);
    expect(faults(`${good}\n보관 기간은 최대 3년입니다.`)).toEqual(["period"]);
    expect(faults(good, { ...facts, periods: { main: null, exceptions: [] } })).toEqual(["period"]);
  });

  it("asks for categories that are kept longer, without refusing", () => {
    const longer = {
      ...year,
      period: { count: 3, unit: "years" as const },
      category: "dispute" as const,
    } as NoticePeriods["exceptions"][number];
    const of = { ...facts, periods: { main: year, exceptions: [longer] } };
    expect(faults(good, of)).toEqual([]);
    expect(lintNotice(good, of, today).find(({ rule }) => rule === "exceptions")).toMatchObject({
      verdict: "advice",
      values: { exceptions: "소비자 불만·분쟁 3년" },
    });
    const told = `${good}\n관계 법령에 따라 분쟁 기록은 3년간 보관합니다.`;
    expect(lintNotice(told, of, today).find(({ rule }) => rule === "exceptions")?.verdict).toBe("ok");
    expect(faults(told, of)).toEqual([]);
  });

  it("holds companies against the contract, whatever their legal form", () => {
    expect(
      faults(good, {
        ...facts,
        processors: [{ ...processors[0], consignee: "루나소프트" }] as NoticeFacts["processors"],
      }),
    ).toEqual(["processors"]);
    expect(faults(good, { ...facts, processors: [] })).toEqual(["processors"]);
  });

  it.each([
    ["지금 가입하시면 할인 쿠폰을 드립니다.", "advertising"],
    ["채널 추가 하면 혜택이 있습니다.", "advertising"],
    ["상담 내용은 저장하지 않습니다.", "promises"],
    ["상담이 끝나면 즉시 파기합니다.", "promises"],
    ["제3자에게 제공하지 않습니다.", "promises"],
    ["24시간 상담합니다.", "promises"],
  ])("refuses %s", (sentence, rule) => {
    const [found] = noticeFaults(`${good}\n${sentence}`, facts, today);
    expect(found).toMatchObject({ rule, sentence });
  });

  it("does not take a denial for the fact of keeping", () => {
    expect(faults(good.replace("보관한 뒤 파기합니다", "보관하지 않습니다"))).toEqual(["kept", "promises"]);
  });

  it("refuses unknown and empty variables, and 1,001 characters at their longest", () => {
    expect(faults(`${good}\n#{모름}`)).toEqual(["variables"]);
    expect(faults(good, { ...facts, values: { ...facts.values, contact: null } })).toEqual(["variables"]);
    expect(faults(`${good}\n${"가".repeat(1000)}`)).toContain("length");
  });

  it("judges composed and decomposed Hangul alike", () => {
    expect(faults(good.normalize("NFD"))).toEqual([]);
    expect(faults(good.replaceAll("\n", "\r\n"))).toEqual([]);
  });

  it("cuts sentences without their bullets", () => {
    expect(sentencesOf("· 하나입니다. 둘입니다.\n- 셋")).toEqual(["하나입니다.", "둘입니다.", "셋"]);
  });
});

describe("what a notice must agree with", () => {
  const term = (over: Partial<PolicyTerm>): PolicyTerm => ({
    ...{
      versionId: "v1",
      policyId: "p1",
      policyNumber: 1,
      name: "일반",
      channelId: null,
      category: null,
      scope: "text",
    },
    ...{ number: 1, count: 6, unit: "months", anchor: "session-end", basis: "own" },
    ...{ fromAt: new Date("2026-01-01T00:00:00Z"), untilAt: null },
    ...over,
  });
  const at = new Date("2026-11-23T00:00:00Z");

  it("is the longest policy in force for the channel, and longer categories apart", () => {
    const terms = [
      term({}),
      term({ policyId: "p2", policyNumber: 2, channelId: "here", count: 1, unit: "years" }),
      term({ policyId: "p3", channelId: "elsewhere", count: 9, unit: "years" }),
      term({ policyId: "p4", policyNumber: 4, category: "dispute", count: 3, unit: "years" }),
      term({ policyId: "p5", category: "payment", count: 3, unit: "months" }),
      term({ policyId: "p6", scope: "file", count: 8, unit: "years" }),
      term({ policyId: "p7", count: 7, unit: "years", untilAt: new Date("2026-11-22T00:00:00Z") }),
      term({ policyId: "p8", count: 7, unit: "years", fromAt: new Date("2026-11-24T00:00:00Z") }),
    ];
    const periods = noticePeriods(terms, "here", at);
    expect(periods.main).toMatchObject({ number: 2, period: { count: 1, unit: "years" } });
    expect(exceptionText(periods)).toBe("소비자 불만·분쟁 3년");
    expect(noticePeriods([], "here", at)).toEqual({ main: null, exceptions: [] });
  });

  it("names each company once", () => {
    const two = [
      ...processors,
      { ...(processors[0] as (typeof processors)[0]), consignee: "인포뱅크(주)", subConsignee: "" },
    ];
    expect(processorNames(two, "consignee")).toBe("주식회사 인포뱅크");
    expect(processorNames(two, "subConsignee")).toBe("㈜카카오");
    expect(processorNames([], "consignee")).toBeNull();
  });
});
