import type { Day } from "@/lib/clock";
import type { ContractFields } from "./contract-content";
import { type Notice, type TermRule, termOn } from "./deadlines";

type TermFields = Pick<
  ContractFields,
  | "startsOn"
  | "endsOn"
  | "renewal"
  | "renewalMonths"
  | "noticeCount"
  | "noticeUnit"
  | "dealerNoticeCount"
  | "dealerNoticeUnit"
  | "marginDays"
>;

/** What a contract's fields say about its term. A word that we do not know renews nothing. */
export function termRuleOf(fields: TermFields): TermRule {
  const { startsOn, endsOn, renewal, renewalMonths, marginDays } = fields;
  return {
    ...{ startsOn, endsOn, renewalMonths, marginDays },
    renewal: renewal === "tacit" || renewal === "fixed" ? renewal : "none",
    notice: noticeOf(fields.noticeCount, fields.noticeUnit),
    dealerNotice: noticeOf(fields.dealerNoticeCount, fields.dealerNoticeUnit),
  };
}

/** Last day of the term that runs on `today`, null for a contract without a term. */
export function termEndOf(fields: TermFields, today: Day): Day | null {
  return termOn(termRuleOf(fields), today).endsOn;
}

function noticeOf(count: number | null, unit: string | null): Notice | null {
  return count !== null && (unit === "days" || unit === "months") ? { count, unit } : null;
}
