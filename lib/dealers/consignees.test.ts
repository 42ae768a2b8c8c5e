// Who is named where: spellings that mean one company, differences as findings, and what cannot be told.
import { describe, expect, it } from "vitest";
import { type CheckFacts, type ContractParties, consigneeSourcesOf } from "./rules/consignee-facts";
import { type ConsigneeSource, compareConsignees, nothingSaid, sameCompany } from "./rules/consignees";

const contract: ContractParties = {
  consignor: "주식회사 한결생활",
  consignee: "인포뱅크 주식회사",
  subConsignee: "주식회사 카카오",
  retention: "상담 종료 후 1년",
  signedOn: "2025-01-10",
};
const at = new Date("2026-11-20T05:02:00Z");
const policy = (answer: string, names: object[]): CheckFacts => ({
  ...{ at, sha256: "4d".repeat(32), facts: { names } },
  answers: [{ item: "privacy-policy", answer, value: "" }],
});
const profile = (facts: Record<string, string>): CheckFacts => ({
  ...{ at, sha256: "9f".repeat(32), answers: [] },
  facts: { facts: Object.entries(facts).map(([name, value]) => ({ name, value, verdict: null })) },
});
const sources = (more: Partial<Parameters<typeof consigneeSourcesOf>[0]> = {}) =>
  consigneeSourcesOf({ contract, senderProfile: null, privacyPolicy: null, reconsignment: null, ...more });
const cell = (compared: ReturnType<typeof compareConsignees>, row: string, source: string) =>
  compared.rows.find((one) => one.row === row)?.cells.find((one) => one.source === source);

describe("spellings of a company", () => {
  it.each([
    ["주식회사 한결생활", "(주)한결생활"],
    ["주식회사 한결생활", "한결생활㈜"],
    ["한결생활 주식회사", "한결생활"],
    ["㈜ 한결 생활", "주식회사 한결생활"],
    ["유한회사 두레", "(유)두레"],
    ["유한회사 두레", "㈲두레"],
    ["ＫＡＫＡＯ", "kakao"],
    ["한결생활".normalize("NFD"), "한결생활"],
    ["주식회사　카카오", "카카오"],
  ])("%s and %s are one", (a, b) => {
    expect(sameCompany(a, b)).toBe(true);
    expect(sameCompany(b, a)).toBe(true);
  });
  it.each([
    ["주식회사 두레", "유한회사 두레"],
    ["주식회사 카카오", "주식회사 카카오뱅크"],
    ["인포뱅크", "인포뱅크코리아"],
    ["주식회사", "유한회사"],
  ])("%s and %s are two", (a, b) => {
    expect(sameCompany(a, b)).toBe(false);
    expect(sameCompany(b, a)).toBe(false);
  });
});

describe("the comparison", () => {
  it("finds nothing where only the contract speaks", () => {
    const compared = compareConsignees(sources());
    expect(compared.findings).toEqual([]);
    expect(cell(compared, "consignee", "privacyPolicy")?.statement).toEqual({ state: "absent" });
    expect(cell(compared, "consignor", "senderProfile")?.statement).toEqual({ state: "absent" });
  });

  it("tells a difference with both values", () => {
    const { findings } = compareConsignees(
      sources({
        senderProfile: profile({ committalCompanyName: "한결커머스", senderKey: "x" }),
        reconsignment: {
          ...{ consignor: "(주)한결생활", consignee: "루나소프트", subConsignee: "카카오㈜" },
          approvedOn: "2025-01-20",
        },
      }),
    );
    expect(findings).toEqual([
      {
        ...{ row: "consignor", source: "senderProfile", against: "contract" },
        ...{ expected: "주식회사 한결생활", actual: "한결커머스" },
      },
      {
        ...{ row: "consignee", source: "reconsignment", against: "contract" },
        ...{ expected: "인포뱅크 주식회사", actual: "루나소프트" },
      },
    ]);
  });

  it("takes a name that a policy was searched for in vain as missing, once the page was read with certainty", () => {
    const names = [
      { name: "인포뱅크", found: true, snippet: "인포뱅크(주)" },
      { name: "카카오", found: false, snippet: "" },
    ];
    const sure = compareConsignees(sources({ privacyPolicy: policy("no", names) }));
    expect(cell(sure, "consignee", "privacyPolicy")).toMatchObject({
      differs: false,
      statement: { value: "인포뱅크" },
    });
    expect(cell(sure, "subConsignee", "privacyPolicy")).toMatchObject({
      differs: true,
      statement: { state: "missing" },
    });
    expect(sure.findings).toEqual([
      {
        ...{ row: "subConsignee", source: "privacyPolicy", against: "contract" },
        ...{ expected: "주식회사 카카오", actual: null },
      },
    ]);
    const unsure = compareConsignees(sources({ privacyPolicy: policy("unknown", names) }));
    expect(cell(unsure, "subConsignee", "privacyPolicy")?.statement).toEqual({ state: "unknown" });
    expect(cell(unsure, "consignee", "privacyPolicy")?.statement).toMatchObject({ state: "stated" });
    expect(unsure.findings).toEqual([]);
  });

  it("never takes what is unknown or absent for a difference, whatever the facts look like", () => {
    for (const facts of [
      null,
      7,
      "x",
      [],
      {},
      { names: "x" },
      { names: [{ name: 1 }] },
      { facts: [{ name: "committalCompanyName", value: 3 }] },
    ]) {
      const compared = compareConsignees(
        sources({
          senderProfile: { at, sha256: null, facts, answers: "x" },
          privacyPolicy: { at, sha256: null, facts, answers: null },
        }),
      );
      expect(compared.findings).toEqual([]);
      expect(cell(compared, "consignor", "senderProfile")?.statement).toEqual({ state: "unknown" });
      expect(cell(compared, "consignee", "privacyPolicy")?.statement).toEqual({ state: "unknown" });
    }
  });

  it("does not ask a policy for a name that the contract leaves open", () => {
    const open = { ...contract, subConsignee: "", retention: "" };
    const [, , read] = sources({ contract: open, privacyPolicy: policy("no", [{ name: "카카오", found: false }]) });
    expect(read?.says.subConsignee).toEqual({ state: "absent" });
    expect(read?.says.retention).toEqual({ state: "absent" });
  });

  it("holds against the next place where the contract says nothing", () => {
    const source = (key: ConsigneeSource["key"], consignee: string | null): ConsigneeSource => ({
      ...{ key, at: null, sha256: null },
      says: { ...nothingSaid, consignee: consignee ? { state: "stated", value: consignee } : { state: "absent" } },
    });
    const { findings } = compareConsignees([
      source("contract", null),
      source("privacyPolicy", "인포뱅크(주)"),
      source("reconsignment", "루나소프트"),
    ]);
    expect(findings).toEqual([
      {
        ...{ row: "consignee", source: "reconsignment", against: "privacyPolicy" },
        ...{ expected: "인포뱅크(주)", actual: "루나소프트" },
      },
    ]);
  });

  it("compares periods by their characters alone", () => {
    const says = (value: string) => ({ ...nothingSaid, retention: { state: "stated" as const, value } });
    const of = (other: string) =>
      compareConsignees([
        { key: "contract", at: null, sha256: null, says: says("상담 종료 후 1년") },
        { key: "reconsignment", at: null, sha256: null, says: says(other) },
      ]).findings.length;
    expect(of("상담종료 후　１년")).toBe(0);
    expect(of("상담 종료 후 6개월")).toBe(1);
  });
});
