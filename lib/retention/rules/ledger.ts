// The destruction ledger (파기 관리대장): columns of 표준 개인정보 보호지침 별지 제5호서식 (field-facts 4.4). Pure.
import type { Day } from "@/lib/clock";
import { Refused } from "@/lib/errors";

export const ledgerMaterials = ["electronic", "paper", "medium"] as const;
export const ledgerReasons = ["period-over", "request", "purpose-met", "contract-ended", "other"] as const;
export type LedgerReason = (typeof ledgerReasons)[number];
export const ledgerMethods = ["key-destroyed", "overwritten", "shredded", "burned", "degaussed"] as const;

export const ledgerFormats = ["csv", "xlsx", "pdf"] as const;
export type LedgerFormat = (typeof ledgerFormats)[number];
/** Lines that one file holds. */
export const mostLedgerLines = 5_000;

/** `2026-0412`: numbered within the year of the destruction. */
export function ledgerNumber(day: Day, serial: number): string {
  return `${day.slice(0, 4)}-${String(serial).padStart(4, "0")}`;
}

/** The ledger must not hold what was destroyed: phone, mail and resident registration numbers in free text. */
const personal = [
  /01[016-9][-. ]?\d{3,4}[-. ]?\d{4}/,
  /\d{2,3}-\d{3,4}-\d{4}/,
  /[^\s@]+@[^\s@]+\.[a-z]{2,}/i,
  /\d{6}[- ]?[1-8]\d{6}/,
];

/** @throws Refused beside the field whose text holds a phone, mail or resident registration number */
export function assertNothingPersonal(texts: Readonly<Record<string, string>>): void {
  for (const [field, text] of Object.entries(texts))
    if (personal.some((pattern) => pattern.test(text.normalize("NFKC"))))
      throw new Refused("retention.ledger.refused.personal", field);
}
