// What the fields of a contract must hold together, and which days a channel may be covered.
import type { Day } from "@/lib/clock";
import { Refused } from "@/lib/errors";
import type { ContractFields } from "./contract-content";

/** @throws Refused beside the field that does not fit the others */
export function assertFieldsFit(fields: ContractFields): void {
  const { service, consignment, startsOn, endsOn, renewal, renewalMonths } = fields;
  if (!service && !consignment) throw new Refused("dealers.contracts.refused.kind", "service");
  if (endsOn !== null && endsOn < startsOn) {
    throw new Refused("dealers.contracts.refused.endBeforeStart", "endsOn", { startsOn });
  }
  if (endsOn === null && renewal !== "none") throw new Refused("dealers.contracts.refused.renewalEnd", "renewal");
  if (renewal === "tacit" && renewalMonths === null) {
    throw new Refused("dealers.contracts.refused.renewalMonths", "renewalMonths");
  }
  if (renewal === "none" && renewalMonths !== null) {
    throw new Refused("dealers.contracts.refused.renewalNone", "renewalMonths");
  }
  for (const [count, unit] of [
    ["noticeCount", "noticeUnit"],
    ["dealerNoticeCount", "dealerNoticeUnit"],
  ] as const) {
    if ((fields[count] === null) === (fields[unit] === null)) continue;
    throw new Refused("dealers.contracts.refused.noticePair", fields[count] === null ? count : unit);
  }
}

/** @throws Refused beside the day */
export function assertCoverFits(cover: { fromOn: Day; untilOn: Day | null }, startsOn: Day): void {
  const { fromOn, untilOn } = cover;
  if (fromOn < startsOn) throw new Refused("dealers.contracts.refused.fromBefore", "fromOn", { startsOn });
  if (untilOn !== null && untilOn < fromOn) {
    throw new Refused("dealers.contracts.refused.untilBefore", "untilOn", { fromOn });
  }
}

/**
 * The last day on which a contract covers a channel: the channel's own, the agreed end, or the term's end where nothing renews it; null: open.
 * A fixed renewal is written into the contract when it is made, so the term on paper is not the last word about it.
 */
export function lastCovered(
  cover: { untilOn: Day | null },
  contract: { endsOn: Day | null; renewal: string; agreedEndOn: Day | null },
): Day | null {
  const days = [cover.untilOn, contract.agreedEndOn, contract.renewal === "none" ? contract.endsOn : null].filter(
    (day) => day !== null,
  );
  return days.length > 0 ? days.reduce((a, b) => (a < b ? a : b)) : null;
}
