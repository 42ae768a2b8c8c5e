// What a consignment contract must say (위탁 문서), as dated data. Wording checked in the law's text; our numbering.
import type { Day } from "@/lib/clock";

export const clauseKeys = [
  "purpose-ban",
  "safeguards",
  "scope",
  "re-consignment",
  "access-control",
  "supervision",
  "liability",
  "check-interval",
] as const;
export type ClauseKey = (typeof clauseKeys)[number];

export type ClauseRule = {
  key: ClauseKey;
  /** 1 to 7; null for what is only advised. */
  number: number | null;
  /** As the law words it (lang="ko"); for the advice our own words. */
  text: string;
  /** Article. */
  article: string;
  /** Needed by law, or our advice. */
  needed: boolean;
  /** First day on which the text in this wording was in force as we checked it. */
  effectiveFrom: Day;
};

/** Where the texts were read, and when somebody compared them last. */
export const clauseSource = {
  title: "개인정보 보호법 제26조 제1항, 같은 법 시행령 제28조 제1항",
  url: "https://www.law.go.kr/법령/개인정보보호법/제26조",
  /** The text of the decree in force that day. */
  effectiveFrom: "2026-09-10",
  checkedOn: "2026-11-22",
} as const;

const law = "법 제26조 제1항";
const decree = "시행령 제28조 제1항";
const effectiveFrom = clauseSource.effectiveFrom;

/** The seven items that the written contract must contain, and one that helps at the yearly inspection. */
export const clauseRules: readonly ClauseRule[] = [
  {
    ...{ key: "purpose-ban", number: 1, article: `${law} 제1호`, needed: true, effectiveFrom },
    text: "위탁업무 수행 목적 외 개인정보의 처리 금지",
  },
  {
    ...{ key: "safeguards", number: 2, article: `${law} 제2호`, needed: true, effectiveFrom },
    text: "개인정보의 기술적·관리적 보호조치",
  },
  {
    ...{ key: "scope", number: 3, article: `${decree} 제1호`, needed: true, effectiveFrom },
    text: "위탁업무의 목적 및 범위",
  },
  {
    ...{ key: "re-consignment", number: 4, article: `${decree} 제2호`, needed: true, effectiveFrom },
    text: "재위탁 제한",
  },
  {
    ...{ key: "access-control", number: 5, article: `${decree} 제3호`, needed: true, effectiveFrom },
    text: "개인정보에 대한 접근 제한 등 안전성 확보 조치",
  },
  {
    ...{ key: "supervision", number: 6, article: `${decree} 제4호`, needed: true, effectiveFrom },
    text: "위탁업무와 관련하여 보유하고 있는 개인정보의 관리 현황 점검 등 감독",
  },
  {
    ...{ key: "liability", number: 7, article: `${decree} 제5호`, needed: true, effectiveFrom },
    text: "수탁자가 준수하여야 할 의무를 위반한 경우의 손해배상 등 책임",
  },
  {
    ...{ key: "check-interval", number: null, article: "법 제26조 제4항", needed: false, effectiveFrom },
    text: "점검 주기 명시",
  },
];

export type JudgedClause = { clause: string; place: string; page: string; verdict: string };

export type ClauseGap = { key: ClauseKey; reason: "unjudged" | "noPlace" | "missing" };

/** The needed clauses that keep a consignment contract from being submitted, each with its reason. */
export function clauseGaps(clauses: readonly JudgedClause[]): ClauseGap[] {
  return clauseRules
    .filter((rule) => rule.needed)
    .flatMap(({ key }): ClauseGap[] => {
      const judged = clauses.find((one) => one.clause === key);
      if (!judged) return [{ key, reason: "unjudged" }];
      if (judged.verdict === "missing") return [{ key, reason: "missing" }];
      return judged.place === "" || judged.page === "" ? [{ key, reason: "noPlace" }] : [];
    });
}
