// Why something may be kept, as dated data (field-facts 4.3). Our reading, to be checked at the source; not the law's own words.
import type { Day } from "@/lib/clock";
import type { Category } from "./categories";
import type { Period } from "./period";

export type LawEntry = {
  key: string;
  /** Law and article, in Korean as it is cited. */
  law: string;
  article: string;
  /** What the article is about. */
  record: string;
  /** The period that it names; null: none, the company says its own. */
  period: Period | null;
  /** duty: must be kept that long (제21조 제1항 단서, 제3항). basis: allows keeping as long as its purpose lasts. ceiling: must be gone by then. */
  kind: "duty" | "basis" | "ceiling";
  /** What it fits; empty: anything. */
  categories: readonly Category[];
  effectiveFrom: Day;
  source: string;
  checkedOn: Day;
  /** documented in a source that was read, or known without one. */
  certainty: "documented" | "unconfirmed";
};

const pipa = {
  source: "legalize-kr 개인정보보호법 (2026-09-08 개정 포함)",
  checkedOn: "2026-11-22",
  certainty: "documented",
} as const;
const ecommerce = {
  law: "전자상거래 등에서의 소비자보호에 관한 법률",
  kind: "duty",
  effectiveFrom: "2002-07-01",
  source: "field-facts 4.3, 공개 처리방침 다수",
  checkedOn: "2026-11-22",
  certainty: "documented",
} as const;

export const lawTable: readonly LawEntry[] = [
  {
    ...pipa,
    key: "pipa-15-1-1",
    law: "개인정보 보호법",
    article: "제15조 제1항 제1호",
    record: "정보주체의 동의",
    period: null,
    kind: "basis",
    categories: [],
    effectiveFrom: "2023-09-15",
  },
  {
    ...pipa,
    key: "pipa-15-1-4",
    law: "개인정보 보호법",
    article: "제15조 제1항 제4호",
    record: "계약의 이행과 체결 과정의 요청",
    period: null,
    kind: "basis",
    categories: [],
    effectiveFrom: "2023-09-15",
  },
  {
    ...pipa,
    key: "pipa-15-1-6",
    law: "개인정보 보호법",
    article: "제15조 제1항 제6호",
    record: "개인정보처리자의 정당한 이익",
    period: null,
    kind: "basis",
    categories: [],
    effectiveFrom: "2023-09-15",
  },
  {
    ...ecommerce,
    key: "ecommerce-ads",
    article: "시행령 제6조 제1항 제1호",
    record: "표시·광고에 관한 기록",
    period: { count: 6, unit: "months" },
    categories: ["advertising"],
  },
  {
    ...ecommerce,
    key: "ecommerce-contract",
    article: "시행령 제6조 제1항 제2호",
    record: "계약 또는 청약철회 등에 관한 기록",
    period: { count: 5, unit: "years" },
    categories: ["contract"],
  },
  {
    ...ecommerce,
    key: "ecommerce-payment",
    article: "시행령 제6조 제1항 제3호",
    record: "대금결제 및 재화등의 공급에 관한 기록",
    period: { count: 5, unit: "years" },
    categories: ["payment"],
  },
  {
    ...ecommerce,
    key: "ecommerce-dispute",
    article: "시행령 제6조 제1항 제4호",
    record: "소비자의 불만 또는 분쟁처리에 관한 기록",
    period: { count: 3, unit: "years" },
    categories: ["dispute"],
  },
];

/** The company's own reason, without a law: needs its own words. */
export const ownBasis = "own";

export function lawByKey(key: string): LawEntry | null {
  return lawTable.find((entry) => entry.key === key) ?? null;
}

/** Whether a basis demands keeping: then what it keeps beyond other policies is kept apart (개인정보 보호법 제21조 제3항). */
export function isStatutory(basis: string): boolean {
  return lawByKey(basis)?.kind === "duty";
}
