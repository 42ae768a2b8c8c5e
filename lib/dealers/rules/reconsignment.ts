// Re-consignment approvals (재위탁 서면 승인): the dealer passes the work on to Kakao with the company's consent.
import { addDays, type Day, daysBetween } from "@/lib/clock";
import { Refused } from "@/lib/errors";

/** Where the duty stands, as dated data. The guide asks for the written form (3-1), the law for the consent. */
export const reconsignmentBasis = {
  law: "개인정보 보호법",
  article: "제26조 제6항",
  guide: {
    section: "3-1",
    quote: "아울러 공식딜러사에서 카카오로의 개인정보 취급업무 재위탁 조치에 대하여 서면 승인 절차를 밟도록 합니다.",
  },
  /** Newest amendment contained in the text that we compared, and when we did. */
  amendedUntil: "2026-09-08",
  checkedOn: "2026-11-22",
} as const;

/** Filled into a new approval; the company changes it as its contract says. Our words, nobody's form. */
export const reconsignmentTemplate = {
  subConsignee: "주식회사 카카오",
  scope: "상담 메시지 송수신, 이용자 식별값(user_key) 처리",
  items: "상담 내용, 첨부 파일, 이용자 식별값(user_key)",
} as const;

export type ReconsignmentLife = {
  validFrom: Day;
  /** Last day on which it holds; null: until it is withdrawn. */
  validUntil: Day | null;
  /** First day on which it holds no longer. */
  withdrawnOn: Day | null;
  /** The signed letter is there. */
  signed: boolean;
};

export const reconsignmentStates = ["noLetter", "upcoming", "valid", "expiring", "expired", "withdrawn"] as const;
export type ReconsignmentState = (typeof reconsignmentStates)[number];

/** Days before the last one from which an approval is said to end soon. */
export const expiringDays = 60;

/** Last day on which it holds, by its period or by a withdrawal; null where none is set. May lie before `validFrom`: then it never held. */
export function lastDayOf({
  validUntil,
  withdrawnOn,
}: Pick<ReconsignmentLife, "validUntil" | "withdrawnOn">): Day | null {
  const cut = withdrawnOn === null ? null : addDays(withdrawnOn, -1);
  if (validUntil === null || cut === null) return validUntil ?? cut;
  return cut < validUntil ? cut : validUntil;
}

/** Whether a written approval stands on a day: signed, begun, not over, not withdrawn (법 제26조 제6항; guide 3-1 asks for writing). */
export function validOn(record: ReconsignmentLife, day: Day): boolean {
  const last = lastDayOf(record);
  return record.signed && record.validFrom <= day && (last === null || day <= last);
}

/** @param today KST */
export function reconsignmentState(record: ReconsignmentLife, today: Day): ReconsignmentState {
  if (record.withdrawnOn !== null && record.withdrawnOn <= today) return "withdrawn";
  const last = lastDayOf(record);
  if (last !== null && last < today) return "expired";
  if (!record.signed) return "noLetter";
  if (today < record.validFrom) return "upcoming";
  return last !== null && daysBetween(today, last) <= expiringDays ? "expiring" : "valid";
}

/** What to show of a channel: what holds, else what is on its way, else the newest of what is over. `null` without any. */
export function currentOf<R extends ReconsignmentLife & { at: Date }>(records: readonly R[], today: Day): R | null {
  const order: readonly ReconsignmentState[] = ["valid", "expiring", "noLetter", "upcoming", "expired", "withdrawn"];
  const rank = (record: R) => order.indexOf(reconsignmentState(record, today));
  return [...records].sort((a, b) => rank(a) - rank(b) || b.at.getTime() - a.at.getTime())[0] ?? null;
}

type Period = Pick<ReconsignmentLife, "validFrom" | "validUntil" | "withdrawnOn">;

/** Whether two approvals share a day; one that was withdrawn before it began shares none. */
export function overlap(a: Period, b: Period): boolean {
  const [aLast, bLast] = [lastDayOf(a), lastDayOf(b)];
  if ((aLast !== null && aLast < a.validFrom) || (bLast !== null && bLast < b.validFrom)) return false;
  return (bLast === null || a.validFrom <= bLast) && (aLast === null || b.validFrom <= aLast);
}

/**
 * @param others the channel's approvals so far, of any contract
 * @throws Refused beside the day that does not fit: given in the future, before it was given, over before it begins, or a day twice
 */
export function assertMayRecord(
  input: { approvedOn: Day; validFrom: Day; validUntil: Day | null },
  others: readonly Period[],
  today: Day,
): void {
  const { approvedOn, validFrom, validUntil } = input;
  if (approvedOn > today) throw new Refused("dealers.reconsignment.refused.future", "approvedOn", { today });
  if (validFrom < approvedOn) throw new Refused("dealers.reconsignment.refused.before", "validFrom", { approvedOn });
  if (validUntil !== null && validUntil < validFrom) {
    throw new Refused("dealers.reconsignment.refused.until", "validUntil", { validFrom });
  }
  const twice = others.find((other) => overlap({ ...input, withdrawnOn: null }, other));
  if (!twice) return;
  const until = lastDayOf(twice);
  throw new Refused(`dealers.reconsignment.refused.${until === null ? "overlapOpen" : "overlap"}`, "validFrom", {
    from: twice.validFrom,
    ...(until === null ? {} : { until }),
  });
}

/** @throws Refused when withdrawn already, when it is over by then, or beside a day before it begins */
export function assertMayWithdraw(record: Period, withdrawnOn: Day): void {
  if (record.withdrawnOn !== null) {
    throw new Refused("dealers.reconsignment.refused.withdrawn", undefined, { day: record.withdrawnOn });
  }
  if (withdrawnOn < record.validFrom) {
    throw new Refused("dealers.reconsignment.refused.withdrawEarly", "withdrawnOn", { validFrom: record.validFrom });
  }
  if (record.validUntil !== null && withdrawnOn > record.validUntil) {
    throw new Refused("dealers.reconsignment.refused.withdrawLate", "withdrawnOn", { validUntil: record.validUntil });
  }
}
