import { describe, expect, it } from "vitest";
import { byPlace, type ChannelFacts, channelFindings, consentFindings, listFindings } from "./findings";
import type { NoticePeriods } from "./notice-facts";

const year: NoticePeriods = {
  main: {
    ...{ policyId: "p", versionId: "v", number: 3, version: 13, period: { count: 1, unit: "years" } },
    since: new Date("2026-11-20T00:00:00Z"),
  },
  exceptions: [],
};
const channel = (more: Partial<ChannelFacts> = {}): ChannelFacts => ({
  ...{
    id: "c",
    name: "한결생활",
    live: true,
    noticeId: "n",
    findings: [],
    waiting: null,
    periods: year,
    privacyUrl: true,
  },
  page: { on: "2026-11-21", certain: true, missing: [], periods: ["1년"] },
  ...more,
});
const kinds = (more: Partial<ChannelFacts>) => channelFindings(channel(more)).map(({ kind }) => kind);

describe("what a channel says otherwise", () => {
  it("is nothing where everything agrees", () => {
    expect(kinds({})).toEqual([]);
    expect(kinds({ live: false, noticeId: null, page: null })).toEqual([]);
  });

  it.each<[string, Partial<ChannelFacts>]>([
    ["noNotice", { noticeId: null }],
    ["notApplied", { waiting: { version: 7, state: "requested", days: 12 } }],
    ["notVerified", { waiting: { version: 7, state: "applied", days: 1 } }],
    ["pageOld", { page: null }],
    ["pageNames", { page: { on: "2026-11-21", certain: true, missing: ["카카오"], periods: ["1년"] } }],
    ["pagePeriod", { page: { on: "2026-11-21", certain: true, missing: [], periods: ["6개월", "3년"] } }],
    ["pageOld", { page: { on: "2026-11-19", certain: true, missing: [], periods: null } }],
  ])("%s", (kind, more) => {
    expect(kinds(more)).toEqual([kind]);
  });

  it("does not take what could not be read for wrong", () => {
    expect(kinds({ page: { on: "2026-11-21", certain: false, missing: ["카카오"], periods: [] } })).toEqual([]);
    expect(kinds({ page: { on: "2026-11-21", certain: true, missing: [], periods: ["12개월"] } })).toEqual([]);
  });

  it("names the sentence of a notice that is wrong", () => {
    const verdict = {
      rule: "period",
      verdict: "bad",
      sentence: "6개월간 보관",
      values: { expected: "1년", found: "6개월" },
    } as const;
    expect(channelFindings(channel({ findings: [{ version: 6, where: "seen", verdict }] }))).toMatchObject([
      {
        kind: "noticeSays",
        rule: "period",
        values: { version: 6, sentence: "6개월간 보관" },
        href: "/privacy/notices/c",
      },
    ]);
  });
});

describe("what lists and forms say otherwise", () => {
  const entry = { consignee: "인포뱅크", work: "운영", period: "상담 종료 후 6개월", subs: [] };
  const facts = {
    newest: { entries: [entry] },
    generated: [entry],
    changes: [],
    periods: [{ count: 1, unit: "years" as const }],
    over: [],
  };

  it("is a period that no policy has", () => {
    expect(listFindings(facts)).toMatchObject([{ kind: "listPeriod", values: { expected: "1년", found: "6개월" } }]);
    expect(listFindings({ ...facts, periods: [{ count: 6, unit: "months" }] })).toEqual([]);
    expect(listFindings({ ...facts, newest: { entries: [{ ...entry, period: "위탁 계약 종료 시까지" }] } })).toEqual(
      [],
    );
  });

  it("is a list that was never published, or that differs, and an approval that is over", () => {
    expect(listFindings({ ...facts, newest: null })).toMatchObject([{ kind: "noList" }]);
    expect(listFindings({ ...facts, newest: null, generated: [] })).toEqual([]);
    const over = [{ contractId: "k", number: "HG-1", subConsignee: "카카오", on: "2026-10-31" }];
    expect(listFindings({ ...facts, periods: [], over })).toMatchObject([{ kind: "approvalOver", subject: "HG-1" }]);
  });

  it("comes in the order in which it is mended", () => {
    const forms = consentFindings([{ id: "f", code: "CF-01", name: "조회", moved: { sent: "6개월", now: "1년" } }]);
    const all = [...listFindings(facts), ...forms, ...channelFindings(channel({ noticeId: null }))];
    expect(byPlace(all).map(({ place }) => place)).toEqual(["notice", "consent", "consignees"]);
  });
});
