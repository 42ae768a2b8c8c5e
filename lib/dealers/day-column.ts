// From a contract's row to plain values.
import { toDay } from "@/lib/day-column";
import type { ContractFields } from "./rules/contract-content";

export { fromDay } from "@/lib/day-column";

type Row = {
  [Name in keyof ContractFields]: Name extends "signedOn" | "endsOn"
    ? Date | null
    : Name extends "startsOn"
      ? Date
      : ContractFields[Name];
};

/** The fields of a contract's row, its days as such. */
export function fieldsOf(row: Row): ContractFields {
  return {
    ...{ number: row.number, title: row.title, dealer: row.dealer, service: row.service },
    ...{ consignment: row.consignment, consignor: row.consignor, consignee: row.consignee },
    ...{ subConsignee: row.subConsignee, retention: row.retention, signedOn: toDay(row.signedOn) },
    ...{ startsOn: toDay(row.startsOn), endsOn: toDay(row.endsOn), renewal: row.renewal },
    ...{ renewalMonths: row.renewalMonths, noticeCount: row.noticeCount, noticeUnit: row.noticeUnit },
    ...{ dealerNoticeCount: row.dealerNoticeCount, dealerNoticeUnit: row.dealerNoticeUnit },
    ...{ marginDays: row.marginDays, termAt: row.termAt, noticeAt: row.noticeAt },
  };
}
