// What a notice must agree with: the policies in force for its channel, and who processes for the company. Pure.
import { sameCompany } from "@/lib/dealers/rules/consignees";
import type { Category } from "@/lib/retention/rules/categories";
import type { Period } from "@/lib/retention/rules/period";
import type { PolicyTerm } from "@/lib/retention/rules/reckon";
import { longerPeriod, periodText, samePeriod } from "./period-words";

/** How a notice names what a consultation is about. */
const categoryWords = {
  general: "일반 상담",
  dispute: "소비자 불만·분쟁",
  contract: "계약·청약철회",
  payment: "대금 결제·공급",
  advertising: "표시·광고",
  other: "기타 상담",
} as const satisfies Record<Category, string>;

/** Number of the policy and of its version, its period, and since when it is in force. */
export type KeptPeriod = {
  policyId: string;
  versionId: string;
  number: number;
  version: number;
  period: Period;
  since: Date;
};
export type NoticePeriods = {
  /** Of an ordinary consultation; null: no policy in force covers it. */
  main: KeptPeriod | null;
  /** Categories that are kept longer. */
  exceptions: (KeptPeriod & { category: Category })[];
};

/** Policies in force at an instant for a channel's consultations: for each category the longest. */
export function noticePeriods(terms: readonly PolicyTerm[], channelId: string, at: Date): NoticePeriods {
  const standing = terms.filter(
    (term) =>
      term.scope === "text" &&
      (term.channelId === null || term.channelId === channelId) &&
      term.fromAt <= at &&
      (term.untilAt === null || term.untilAt > at),
  );
  const main = longestOf(standing.filter(({ category }) => category === null || category === "general"));
  const special = [...new Set(standing.map(({ category }) => category))].flatMap((category) => {
    if (category === null || category === "general") return [];
    const longest = longestOf(standing.filter((term) => term.category === category));
    const longer = longest && (!main || isLonger(longest.period, main.period));
    return longer ? [{ ...longest, category: category as Category }] : [];
  });
  return { main, exceptions: special.sort((a, b) => (a.category < b.category ? -1 : 1)) };
}

function longestOf(terms: readonly PolicyTerm[]): KeptPeriod | null {
  return terms.reduce<KeptPeriod | null>((best, term) => {
    const { policyId, versionId, policyNumber: number, number: version, count, unit } = term;
    const one = { policyId, versionId, number, version, period: { count, unit }, since: term.fromAt };
    return best === null || isLonger(one.period, best.period) ? one : best;
  }, null);
}

function isLonger(one: Period, other: Period): boolean {
  return !samePeriod(one, other) && longerPeriod(one, other) === one;
}

/** 소비자 불만·분쟁 3년, 계약·청약철회 5년; null without any. */
export function exceptionText({ exceptions }: NoticePeriods): string | null {
  if (exceptions.length === 0) return null;
  return exceptions.map(({ category, period }) => `${categoryWords[category]} ${periodText(period)}`).join(", ");
}

/** Who processes for a channel under a contract in force: 수탁자 and 재수탁자 as it names them. */
export type Processor = { contractId: string; contractNumber: string; consignee: string; subConsignee: string };

/** Names of one kind, each company once, in the order of the contracts; null without any. */
export function processorNames(processors: readonly Processor[], kind: "consignee" | "subConsignee"): string | null {
  const names: string[] = [];
  for (const one of processors) {
    const name = one[kind].trim();
    if (name !== "" && !names.some((other) => sameCompany(other, name))) names.push(name);
  }
  return names.length === 0 ? null : names.join(", ");
}
