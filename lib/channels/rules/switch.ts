// One dealer per channel at a time (dealer error 4060, field-facts 1.7): what may cover a channel, and what a switch still needs. Pure.
import { addDays, type Day, daysBetween } from "@/lib/clock";
import { Refused } from "@/lib/errors";

/** What dealers' interfaces answer for a channel that another dealer still serves (HappyTalk, api_code_dict.md). */
export const oneDealer = {
  code: "4060",
  /** Our words; the dealer's document says it of "another partner". */
  source: "HappyTalk api_code_dict.md",
} as const;

/** Days of a channel with a dealer, both included; open end: until further notice. */
export type Coverage = { dealer: string; fromOn: Day; untilOn: Day | null };

/**
 * Two coverages of one channel by different dealers that share a day, or null. Contracts of the same dealer may overlap.
 * @param coverages of one channel, in any order; `untilOn` as lib/dealers/rules/contract-fit reckons it
 */
export function overlaps<C extends Coverage>(coverages: readonly C[]): [C, C] | null {
  for (const [index, one] of coverages.entries()) {
    const other = coverages
      .slice(index + 1)
      .find(
        (two) =>
          two.dealer !== one.dealer &&
          two.fromOn <= (one.untilOn ?? two.fromOn) &&
          one.fromOn <= (two.untilOn ?? one.fromOn),
      );
    if (other) return [one, other];
  }
  return null;
}

/**
 * Asked when a contract is about to cover a channel that it did not cover before.
 * @param channelDealer null: no dealer is chosen yet, any fits
 * @param openSwitchTo the dealer that an open switch leads to, null without one
 * @throws Refused beside `channels` when it is another dealer's contract and no switch to that dealer is open
 */
export function assertDealerFits(
  channelDealer: string | null,
  openSwitchTo: string | null,
  contractDealer: string,
): void {
  if (channelDealer === null || contractDealer === channelDealer || contractDealer === openSwitchTo) return;
  throw new Refused("channels.switch.refused.otherDealer", "channels");
}

export const switchStepKeys = [
  "former-contract",
  "former-connection",
  "new-contract",
  "new-consignment",
  "new-reconsignment",
  "new-sender-key",
  "last-day",
] as const;
export type SwitchStepKey = (typeof switchStepKeys)[number];

/** A contract of either dealer, as it bears on one channel; `untilOn` as lib/dealers/rules/contract-fit reckons it. */
export type SwitchContract = Coverage & {
  id: string;
  number: string;
  service: boolean;
  consignment: boolean;
  /** Its newest version is approved. */
  approved: boolean;
};

export type SwitchFacts = {
  fromDealer: string;
  toDealer: string;
  lastOn: Day;
  contracts: readonly SwitchContract[];
  /** Connections older than the switch that are still open. */
  openConnections: readonly { id: string }[];
  reconsignments: readonly {
    contractId: string;
    dealer: string;
    validFrom: Day;
    validUntil: Day | null;
    withdrawnOn: Day | null;
    signed: boolean;
  }[];
  senderKey: string | null;
  senderKeyBefore: string | null;
};

/** Why a step holds, does not hold, or cannot be told: a key of channels.switch.because, with its values. */
export type SwitchStep = {
  key: SwitchStepKey;
  answer: "yes" | "no" | "unknown";
  because: SwitchReason;
  day: Day | null;
  number: string;
  count: number;
  /** The contract or connection that it is about. */
  subject: string | null;
};

export const switchReasons = [
  "formerUnknown",
  "formerOpen",
  "formerLate",
  "formerEnded",
  "connectionOpen",
  "connectionClosed",
  "contractMissing",
  "contractDraft",
  "contractLate",
  "contractCovers",
  "reconsignmentMissing",
  "reconsignmentUnsigned",
  "reconsignmentHolds",
  "senderKeyMissing",
  "senderKeySame",
  "senderKeyNew",
  "dayAhead",
  "dayOver",
] as const;
export type SwitchReason = (typeof switchReasons)[number];

const step = (
  key: SwitchStepKey,
  answer: SwitchStep["answer"],
  because: SwitchReason,
  more: Partial<Omit<SwitchStep, "key" | "answer" | "because">> = {},
): SwitchStep => ({ key, answer, because, day: null, number: "", count: 0, subject: null, ...more });

/**
 * What a switch needs, each step derived from the register. Unknown never counts as failure: a former contract that was never
 * registered cannot be judged. @param today KST
 */
export function switchSteps(facts: SwitchFacts, today: Day): SwitchStep[] {
  return [
    formerContract(facts),
    facts.openConnections.length > 0
      ? step("former-connection", "no", "connectionOpen", {
          count: facts.openConnections.length,
          subject: facts.openConnections[0]?.id ?? null,
        })
      : step("former-connection", "yes", "connectionClosed"),
    newContract(facts, "new-contract", today),
    newContract(facts, "new-consignment", today),
    newReconsignment(facts, today),
    senderKey(facts),
    facts.lastOn < today
      ? step("last-day", "yes", "dayOver", { day: facts.lastOn })
      : step("last-day", "no", "dayAhead", { day: facts.lastOn, count: daysBetween(today, facts.lastOn) + 1 }),
  ];
}

/** Steps that do not hold. */
export function switchGaps(steps: readonly SwitchStep[]): SwitchStep[] {
  return steps.filter(({ answer }) => answer === "no");
}

function formerContract({ contracts, fromDealer, lastOn }: SwitchFacts): SwitchStep {
  const former = contracts.filter(({ dealer, service }) => dealer === fromDealer && service);
  const open = former.find(({ untilOn }) => untilOn === null);
  const late = former.find(({ untilOn }) => (untilOn ?? "") > lastOn);
  const about = ({ id, number }: SwitchContract) => ({ subject: id, number });
  if (open) return step("former-contract", "no", "formerOpen", about(open));
  if (late) return step("former-contract", "no", "formerLate", { ...about(late), day: late.untilOn });
  const [last] = former.toSorted((a, b) => (b.untilOn ?? "").localeCompare(a.untilOn ?? ""));
  if (!last) return step("former-contract", "unknown", "formerUnknown");
  return step("former-contract", "yes", "formerEnded", { ...about(last), day: last.untilOn });
}

/** The day from which the new dealer must serve: the day after the last one, or today where that has passed without anybody. */
function firstDay({ lastOn }: SwitchFacts, today: Day): Day {
  const next = addDays(lastOn, 1);
  return next < today ? today : next;
}

function newContract(facts: SwitchFacts, key: "new-contract" | "new-consignment", today: Day): SwitchStep {
  const first = firstDay(facts, today);
  const ours = facts.contracts.filter(
    (contract) =>
      contract.dealer === facts.toDealer && (key === "new-contract" ? contract.service : contract.consignment),
  );
  const about = ({ id, number, fromOn }: SwitchContract) => ({ subject: id, number, day: fromOn });
  const reaches = ({ untilOn }: SwitchContract) => (untilOn ?? first) >= first;
  const there = ours.filter((contract) => contract.fromOn <= first && reaches(contract));
  const holds = there.find(({ approved }) => approved);
  if (holds) return step(key, "yes", "contractCovers", about(holds));
  if (there[0]) return step(key, "no", "contractDraft", about(there[0]));
  const late = ours.find(reaches);
  return late ? step(key, "no", "contractLate", about(late)) : step(key, "no", "contractMissing");
}

function newReconsignment(facts: SwitchFacts, today: Day): SwitchStep {
  const first = firstDay(facts, today);
  const valid = facts.reconsignments.filter(
    ({ dealer, validFrom, validUntil, withdrawnOn }) =>
      dealer === facts.toDealer &&
      validFrom <= first &&
      (validUntil === null || validUntil >= first) &&
      (withdrawnOn === null || withdrawnOn > first),
  );
  const signed = valid.find((one) => one.signed);
  if (signed)
    return step("new-reconsignment", "yes", "reconsignmentHolds", {
      day: signed.validFrom,
      subject: signed.contractId,
    });
  const [unsigned] = valid;
  if (unsigned) return step("new-reconsignment", "no", "reconsignmentUnsigned", { subject: unsigned.contractId });
  return step("new-reconsignment", "no", "reconsignmentMissing");
}

/** The sender key comes from the dealer (field-facts 1.1): the former one's opens nothing with the new one. */
function senderKey({ senderKey: now, senderKeyBefore }: SwitchFacts): SwitchStep {
  if (now === null) return step("new-sender-key", "no", "senderKeyMissing");
  return now === senderKeyBefore
    ? step("new-sender-key", "no", "senderKeySame")
    : step("new-sender-key", "yes", "senderKeyNew");
}

/** Farther than this is a slip of the keyboard: a year back, ten ahead. */
const earliest = -365;
const farthest = 3_653;

/**
 * @param open whether a switch of the channel is open already
 * @throws Refused beside its field
 */
export function assertMayBegin(
  channel: { dealer: string | null; ended: boolean },
  wish: { toDealer: string; lastOn: Day },
  open: boolean,
  today: Day,
): asserts channel is { dealer: string; ended: boolean } {
  if (channel.ended) throw new Refused("channels.refused.ended");
  if (channel.dealer === null) throw new Refused("channels.switch.refused.noDealer");
  if (open) throw new Refused("channels.switch.refused.open");
  if (channel.dealer === wish.toDealer) throw new Refused("channels.switch.refused.same", "toDealer");
  const [first, last] = [addDays(today, earliest), addDays(today, farthest)];
  if (wish.lastOn < first) throw new Refused("channels.switch.refused.past", "lastOn", { first });
  if (wish.lastOn > last) throw new Refused("channels.switch.refused.far", "lastOn", { last });
}

/**
 * @param dealer the channel's, now
 * @throws Refused while a step does not hold, or when the channel's dealer is not the one that the switch began with
 */
export function assertMayComplete(dealer: string | null, fromDealer: string, steps: readonly SwitchStep[]): void {
  if (dealer !== fromDealer) throw new Refused("channels.switch.refused.dealerChanged");
  const count = switchGaps(steps).length;
  if (count > 0) throw new Refused("channels.switch.refused.gaps", undefined, { count });
}
