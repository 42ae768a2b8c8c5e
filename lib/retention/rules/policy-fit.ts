// Whether the parts of a policy fit together: refused where the law or the scope forbids it, warned about where a person should think twice.
import { addDays } from "@/lib/clock";
import { Refused } from "@/lib/errors";
import { lawByKey, ownBasis } from "./law-table";
import { lastDay, type Period } from "./period";
import type { PolicyTarget, PolicyWords } from "./policy-content";

type Fitting = Pick<PolicyTarget, "scope" | "category"> & PolicyWords;

/** One leap cycle: two periods that differ on no anchor of these days differ on none. */
const anchorsOfCycle = Array.from({ length: 1_461 }, (_, days) => addDays("2024-01-01", days));

/** True when `a` ends before `b` for any anchor there is: three months may be 89 days. */
export function mayEndBefore(a: Period, b: Period): boolean {
  const months = ({ count, unit }: Period) => (unit === "days" ? null : unit === "years" ? count * 12 : count);
  const [ours, theirs] = [months(a), months(b)];
  if (ours !== null && theirs !== null) return ours < theirs;
  if (ours === null && theirs === null) return a.count < b.count;
  return anchorsOfCycle.some((anchor) => lastDay(anchor, a) < lastDay(anchor, b));
}

/** Nobody keeps a consultation longer: what lies beyond is a slip of the keyboard. */
export const longestPeriod: Period = { count: 30, unit: "years" };
/** Above it the company says why it is not kept for a shorter time (개인정보 보호법 제3조 제1항, 제21조 제1항). */
export const plainPeriod: Period = { count: 1, unit: "years" };

/** Whether a reason is asked why it is not kept for a shorter time. */
export function needsWhy({ count, unit, basis }: Pick<PolicyWords, "count" | "unit" | "basis">): boolean {
  return basis === ownBasis || mayEndBefore(plainPeriod, { count, unit });
}

/** @throws Refused beside the field that does not fit */
export function assertPolicyFits(policy: Fitting): void {
  const period: Period = { count: policy.count, unit: policy.unit };
  if (policy.anchor === "received" && policy.scope !== "file") {
    throw new Refused("retention.policies.refused.receivedText", "anchor");
  }
  if (mayEndBefore(longestPeriod, period)) throw new Refused("retention.policies.refused.tooLong", "count");
  const law = lawByKey(policy.basis);
  if (!law && policy.basis !== ownBasis) throw new Refused("retention.policies.refused.noLaw", "basis");
  if (policy.basis === ownBasis && policy.basisNote === "") {
    throw new Refused("retention.policies.refused.ownWords", "basisNote");
  }
  if (law?.kind === "duty" && law.period && mayEndBefore(period, law.period)) {
    throw new Refused("retention.policies.refused.belowLaw", "count", {
      ...{ article: law.article, count: law.period.count, unit: law.period.unit },
    });
  }
  if (law?.kind === "ceiling" && law.period && mayEndBefore(law.period, period)) {
    throw new Refused("retention.policies.refused.aboveLaw", "count", {
      ...{ article: law.article, count: law.period.count, unit: law.period.unit },
    });
  }
  if (needsWhy(policy) && policy.whyNotShorter === "") {
    throw new Refused("retention.policies.refused.why", "whyNotShorter");
  }
}

/**
 * everyChat: a duty about one kind of record is laid on every consultation; not every chat is a dispute record (field-facts trap 18).
 * otherCategory: the law speaks of other records. longerThanLaw: kept longer than the law demands. unconfirmed: the article was not checked at a source.
 */
export type PolicyWarning = "everyChat" | "otherCategory" | "longerThanLaw" | "unconfirmed";

/** What a person should think about before approving. Nothing of it refuses. */
export function policyWarnings(policy: Fitting): PolicyWarning[] {
  const law = lawByKey(policy.basis);
  if (!law) return [];
  const warnings: PolicyWarning[] = [];
  if (law.categories.length > 0 && policy.category === null) warnings.push("everyChat");
  if (policy.category !== null && law.categories.length > 0 && !law.categories.includes(policy.category)) {
    warnings.push("otherCategory");
  }
  if (law.kind === "duty" && law.period && mayEndBefore(law.period, policy)) warnings.push("longerThanLaw");
  if (law.certainty === "unconfirmed") warnings.push("unconfirmed");
  return warnings;
}
