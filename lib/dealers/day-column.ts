// From rows to plain values: calendar days between the database's DATE and our "YYYY-MM-DD".
import type { Day } from "@/lib/clock";
import type { ContractFields } from "./rules/contract-content";

/** The day of a DATE column. */
export function toDay(at: Date): Day;
export function toDay(at: Date | null): Day | null;
export function toDay(at: Date | null): Day | null {
  return at ? at.toISOString().slice(0, 10) : null;
}

/** What a DATE column takes. */
export function fromDay(day: Day): Date;
export function fromDay(day: Day | null): Date | null;
export function fromDay(day: Day | null): Date | null {
  return day ? new Date(`${day}T00:00:00Z`) : null;
}

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
