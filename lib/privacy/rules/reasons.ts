// Why a request may be refused or answered in part, as dated data. Our reading, to be checked at the source; not the law's own words.
import type { Day } from "@/lib/clock";
import type { RequestKind } from "../schema/request";

export type RefusalReason = {
  key: string;
  /** Requests that it answers. */
  kinds: readonly RequestKind[];
  law: string;
  article: string;
  /** In Korean, as a letter says it. */
  text: string;
  effectiveFrom: Day;
  source: string;
  checkedOn: Day;
  /** Read at the source, or known without it. */
  certainty: "documented" | "unconfirmed";
};

const law = {
  law: "개인정보 보호법",
  effectiveFrom: "2023-09-15",
  source: "legalize-kr 개인정보보호법 (2026-09-08 개정 포함)",
  checkedOn: "2026-11-23",
  certainty: "documented",
} as const;
const decree = {
  law: "개인정보 보호법 시행령",
  effectiveFrom: "2017-10-19",
  source: "legalize-kr 개인정보보호법 시행령 (2026-09-10 개정 포함)",
  checkedOn: "2026-11-23",
  certainty: "documented",
} as const;

export const refusalReasons: readonly RefusalReason[] = [
  {
    ...law,
    key: "access-forbidden",
    kinds: ["access"],
    article: "제35조 제4항 제1호",
    text: "법률이 열람을 금지하거나 제한하는 경우",
  },
  {
    ...law,
    key: "access-others",
    kinds: ["access"],
    article: "제35조 제4항 제2호",
    text: "다른 사람의 생명·신체를 해할 우려, 또는 재산과 그 밖의 이익을 부당하게 침해할 우려가 있는 경우",
  },
  {
    ...law,
    key: "deletion-law",
    kinds: ["deletion"],
    article: "제36조 제1항 단서",
    text: "다른 법령이 수집 대상으로 명시한 개인정보인 경우",
  },
  {
    ...law,
    key: "suspension-law",
    kinds: ["suspension"],
    article: "제37조 제2항 제1호",
    text: "법률에 특별한 규정이 있거나 법령상 의무를 지키기 위하여 불가피한 경우",
  },
  {
    ...law,
    key: "suspension-others",
    kinds: ["suspension"],
    article: "제37조 제2항 제2호",
    text: "다른 사람의 생명·신체를 해할 우려, 또는 재산과 그 밖의 이익을 부당하게 침해할 우려가 있는 경우",
  },
  {
    ...law,
    key: "suspension-contract",
    kinds: ["suspension"],
    article: "제37조 제2항 제4호",
    text: "처리하지 않으면 약정한 서비스를 제공하기 어렵고, 정보주체가 해지 의사를 명확히 밝히지 않은 경우",
  },
  {
    ...decree,
    key: "not-identified",
    kinds: ["access", "correction", "deletion", "suspension"],
    article: "제46조 제1항",
    text: "본인이나 정당한 대리인인지 확인되지 않은 경우",
  },
  {
    ...law,
    key: "correction-not-wrong",
    kinds: ["correction"],
    article: "제36조 제2항",
    text: "조사한 결과 고칠 내용이 확인되지 않은 경우",
    certainty: "unconfirmed",
  },
];

export function reasonsFor(kind: RequestKind): RefusalReason[] {
  return refusalReasons.filter((reason) => reason.kinds.includes(kind));
}

export function reasonByKey(key: string): RefusalReason | null {
  return refusalReasons.find((reason) => reason.key === key) ?? null;
}

/** The clock of each kind, as dated data: all count from the day of receipt. */
export const clocks: Readonly<Record<RequestKind, { days: number; article: string; source: string; checkedOn: Day }>> =
  {
    access: { days: 10, article: "시행령 제41조 제4항·제5항, 제42조 제2항", ...read() },
    correction: { days: 10, article: "시행령 제43조 제3항", ...read() },
    deletion: { days: 10, article: "시행령 제43조 제3항", ...read() },
    suspension: { days: 10, article: "시행령 제44조 제2항", ...read() },
  };

function read() {
  return { source: decree.source, checkedOn: decree.checkedOn };
}
